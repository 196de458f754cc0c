// One mistake in a configuration file, said to the person who wrote it. Knows no format.
#pragma once

#include <string>
#include <vector>

namespace service {

struct Problem {
  std::string file;     // as named by the caller: "services/consult.toml"
  int line = 1;         // from 1
  int column = 1;       // from 1, in characters
  std::string message;  // English: what is wrong and what to write instead
};

// "services/consult.toml:14:9: unknown key `capacty`: did you mean `capacity`?"
std::string to_line(const Problem& problem);

}  // namespace service
