// The seam of kioskctl: a command is a name, a line of help and a function. main.cpp holds the
// table and nothing else; every command lives in a file of its own and knows no other.
#pragma once

#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/ids.h"
#include "platform/base/options.h"
#include "platform/base/result.h"

namespace ctl {

// What main() returns; the contract for scripts.
enum Exit : int {
  done = 0,
  failed = 1,  // understood, but it did not work or something is wrong
  misused = 2  // not understood: unknown command or option, value missing
};

// Answers go to `out`, everything else (progress, errors) to `err`.
struct Console {
  std::ostream& out;
  std::ostream& err;
  base::World world;
};

struct Command {
  std::string_view name;      // "laws import": one or two words
  std::string_view synopsis;  // "PATH --db FILE [--region NAME]"
  std::string_view summary;   // one line
  // The words after the name. `--help` never arrives here.
  Exit (*run)(std::span<const std::string> arguments, Console& console);
  // Printed by `kioskctl NAME --help` below synopsis and summary; may be empty.
  std::string_view details;
};

// Finds the command the words begin with and runs it. Without words or with `--help` the table
// is printed; `NAME --help` prints the one command.
Exit run(std::span<const Command> commands, std::span<const std::string> words, Console& console);

using base::OptionNames;
using base::Options;
using base::parse_options;

// "kioskctl: SENTENCE" on console.err; returns the code, so that a command can end with it.
Exit complain(Console& console, Exit code, std::string_view sentence);
Exit complain(Console& console, const base::Error& error);

}  // namespace ctl
