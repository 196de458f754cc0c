#include "kiosk/ctl/command.h"

#include <algorithm>
#include <iomanip>
#include <ostream>

namespace ctl {
namespace {

bool is_help(std::string_view word) {
  return word == "--help" || word == "-h";
}

std::size_t count_words(std::string_view name) {
  return static_cast<std::size_t>(std::count(name.begin(), name.end(), ' ')) + 1;
}

bool begins_with(std::span<const std::string> words, std::string_view name) {
  if (words.size() < count_words(name)) return false;
  std::string joined = words[0];
  for (std::size_t i = 1; i < count_words(name); ++i) joined += " " + words[i];
  return joined == name;
}

void print_table(std::span<const Command> commands, std::ostream& stream) {
  stream << "usage: kioskctl COMMAND [OPTIONS]\n\n";
  std::size_t width = 0;
  for (const Command& each : commands) width = std::max(width, each.name.size());
  for (const Command& each : commands) {
    stream << "  " << std::left << std::setw(static_cast<int>(width) + 2) << each.name
           << each.summary << '\n';
  }
  stream << "\n'kioskctl COMMAND --help' explains one. Exit code: 0 done, 1 failed, 2 misused.\n";
}

void print_help(const Command& command, std::ostream& stream) {
  stream << "usage: kioskctl " << command.name << ' ' << command.synopsis << "\n\n"
         << command.summary << '\n';
  if (!command.details.empty()) stream << '\n' << command.details << '\n';
}

}  // namespace

Exit run(std::span<const Command> commands, std::span<const std::string> words, Console& console) {
  for (const Command& each : commands) {
    if (!begins_with(words, each.name)) continue;
    const auto arguments = words.subspan(count_words(each.name));
    if (std::any_of(arguments.begin(), arguments.end(), is_help)) {
      print_help(each, console.out);
      return done;
    }
    return each.run(arguments, console);
  }
  if (!words.empty() && std::any_of(words.begin(), words.end(), is_help)) {
    print_table(commands, console.out);
    return done;
  }
  if (!words.empty()) complain(console, misused, "unknown command: " + words[0]);
  print_table(commands, console.err);
  return misused;
}

Exit complain(Console& console, Exit code, std::string_view sentence) {
  console.err << "kioskctl: " << sentence << '\n';
  return code;
}

Exit complain(Console& console, const base::Error& error) {
  return complain(console, failed, error.detail.empty() ? error.code : error.detail);
}

}  // namespace ctl
