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

// "--db FILE --json PATH" taken apart: `--name value`, `--name=value` and flags in any order;
// after a lone `--` every word is positional.
struct Options {
  std::map<std::string, std::string, std::less<>> values;  // without the dashes; a flag has ""
  std::vector<std::string> positional;

  [[nodiscard]] bool has(std::string_view name) const { return values.find(name) != values.end(); }
  // "" when not given.
  [[nodiscard]] std::string_view value(std::string_view name) const;
};

struct OptionNames {
  std::vector<std::string_view> with_value;
  std::vector<std::string_view> flags;
};

// invalid ("option_unknown", "value_missing") with a sentence for people in Error::detail.
base::Result<Options> parse_options(std::span<const std::string> arguments,
                                    const OptionNames& known);

// "kioskctl: SENTENCE" on console.err; returns the code, so that a command can end with it.
Exit complain(Console& console, Exit code, std::string_view sentence);
Exit complain(Console& console, const base::Error& error);

}  // namespace ctl
