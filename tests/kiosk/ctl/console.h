// Runs a command of kioskctl and keeps what it says.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "kiosk/ctl/command.h"
#include "tests/support/world.h"

namespace test {

struct Answer {
  ctl::Exit code = ctl::failed;
  std::string out;
  std::string err;
};

inline Answer answer_of(std::span<const ctl::Command> commands,
                        const std::vector<std::string>& words) {
  const FakeClock clock;
  SeededChance chance;
  std::ostringstream out;
  std::ostringstream err;
  ctl::Console console{out, err, {clock, chance}};
  const ctl::Exit code = ctl::run(commands, words, console);
  return {code, out.str(), err.str()};
}

inline bool says(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

}  // namespace test
