#include "kiosk/ctl/pin_command.h"

#include <termios.h>
#include <unistd.h>

#include <ostream>

#include "kiosk/ctl/data_folder.h"
#include "kiosk/store/staff_pin.h"

namespace ctl {
namespace {

constexpr std::size_t longest_line = 256;

// A terminal that shows nothing of what is typed while this lives. Ctrl-C is held off as well:
// a program that ends in between would leave the terminal blind.
class Unseen {
 public:
  explicit Unseen(int terminal) : terminal_(terminal) {
    if (::tcgetattr(terminal_, &before_) != 0) return;
    changed_ = true;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    ::tcsetattr(terminal_, TCSAFLUSH, &silent);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;
  ~Unseen() {
    if (changed_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }

 private:
  int terminal_;
  termios before_{};
  bool changed_ = false;
};

// Byte by byte: what stands behind the line is not ours.
base::Result<std::string> read_line(int input) {
  std::string line;
  char byte = 0;
  while (line.size() < longest_line) {
    const ssize_t got = ::read(input, &byte, 1);
    if (got < 0) return base::fail(base::ErrorKind::device, "input", "the PIN cannot be read");
    if (got == 0 || byte == '\n') break;
    line += byte;
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

base::Result<std::string> ask(std::string_view question, std::ostream& terminal, int input) {
  terminal << question << ": " << std::flush;
  std::string answer = TRY(read_line(input));
  terminal << '\n';
  return answer;
}

base::Result<std::string> read_new_pin(std::ostream& prompts, int input) {
  if (::isatty(input) == 0) return read_line(input);
  const Unseen unseen(input);
  std::string pin = TRY(ask("new PIN, 6 to 12 digits", prompts, input));
  if (TRY(ask("the same once more", prompts, input)) == pin) return pin;
  return base::fail(base::ErrorKind::invalid, "pin_differs",
                    "the two are not the same; nothing was changed");
}

base::Result<void> read_and_store(store::Store store, std::ostream& prompts, int input) {
  const std::string pin = TRY(read_new_pin(prompts, input));
  const auto stored = store::set_pin(store, pin);
  if (stored || stored.error().code != "pin_form") return stored;
  return base::fail(base::ErrorKind::invalid, "pin_form",
                    "a PIN has 6 to 12 digits and nothing else; nothing was changed");
}

Exit set_pin_from_standard_input(std::span<const std::string> arguments, Console& console) {
  return set_pin(arguments, console, STDIN_FILENO);
}

}  // namespace

Exit set_pin(std::span<const std::string> arguments, Console& console, int input) {
  const auto options = parse_options(arguments, {{"data"}, {}});
  if (!options) return complain(console, misused, options.error().detail);
  if (!options->positional.empty() || options->value("data").empty()) {
    return complain(console, misused, "pin set needs --data DIR and nothing else");
  }
  auto store = open_data_folder(options->value("data"), console.world);
  if (!store) return complain(console, store.error());
  const auto stored = read_and_store(*std::move(store), console.err, input);
  if (!stored) return complain(console, stored.error());
  console.out << "the PIN is set; a running kiosk asks for it from now on\n";
  return done;
}

Command pin_set_command() {
  return {.name = "pin set",
          .synopsis = "--data DIR",
          .summary = "gives the staff screens of a kiosk their PIN, in place of an earlier one",
          .run = set_pin_from_standard_input,
          .details =
              "DIR is the data folder of the kiosk, which may be running. On a terminal the PIN\n"
              "is asked for twice and not shown; otherwise the first line of standard input is\n"
              "taken. 6 to 12 digits. Wrong tries counted so far are forgotten."};
}

}  // namespace ctl
