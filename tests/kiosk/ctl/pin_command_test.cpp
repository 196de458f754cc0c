#include "kiosk/ctl/pin_command.h"

#include <doctest/doctest.h>
#include <pty.h>
#include <unistd.h>

#include <ostream>

#include "kiosk/store/staff_pin.h"
#include "tests/kiosk/ctl/console.h"
#include "tests/support/stored.h"

using store::PinAnswer;
using test::must;
using test::says;

namespace {

// Both ends of something a program can read from; closed with the test.
class Ends {
 public:
  static Ends pipe() {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    return {ends[0], ends[1]};
  }
  static Ends terminal() {
    int ours = -1;
    int program = -1;
    REQUIRE(::openpty(&ours, &program, nullptr, nullptr, nullptr) == 0);
    return {program, ours};
  }
  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;
  ~Ends() {
    ::close(program_);
    if (ours_ >= 0) ::close(ours_);
  }

  [[nodiscard]] int program() const { return program_; }
  void type(std::string_view text) const {
    REQUIRE(::write(ours_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  // The line that reached the program. The terminal has echoed it by then, or never will.
  [[nodiscard]] std::string received() const {
    std::string line;
    char byte = 0;
    while (::read(program_, &byte, 1) == 1 && byte != '\n') line += byte;
    return line;
  }
  void hang_up() { ::close(std::exchange(ours_, -1)); }
  // What a terminal has shown of what was typed.
  [[nodiscard]] std::string shown() const {
    // A mark behind everything: reading ends with it, whether something stands before it or not.
    REQUIRE(::write(program_, "\x01", 1) == 1);
    std::string all;
    char byte = 0;
    while (::read(ours_, &byte, 1) == 1 && byte != '\x01') all += byte;
    return all;
  }

 private:
  Ends(int program, int ours) : program_(program), ours_(ours) {}
  int program_;
  int ours_;
};

// A person at the terminal: types the next line whenever the program has asked.
class Typist final : public std::stringbuf {
 public:
  Typist(const Ends& ends, std::vector<std::string> lines)
      : ends_(ends), lines_(std::move(lines)) {}

 private:
  int sync() override {
    REQUIRE(next_ < lines_.size());
    ends_.type(lines_[next_++] + "\n");
    return std::stringbuf::sync();
  }
  const Ends& ends_;
  std::vector<std::string> lines_;
  std::size_t next_ = 0;
};

// A kiosk that has been started before.
struct Fixture {
  test::Stored kiosk;
  store::Store store = kiosk.open();

  test::Answer set(int input, std::streambuf* person = nullptr) {
    std::ostringstream out;
    std::stringbuf err;
    std::ostream prompts(person != nullptr ? person : &err);
    ctl::Console console{out, prompts, {kiosk.clock, kiosk.chance}};
    const std::vector<std::string> words{"--data", kiosk.folder.path().string()};
    const ctl::Exit code = ctl::set_pin(words, console, input);
    return {code, out.str(), err.str()};
  }
  test::Answer set_piped(std::string_view text) {
    Ends ends = Ends::pipe();
    ends.type(text);
    ends.hang_up();
    return set(ends.program());
  }
  PinAnswer check(std::string_view pin) { return must(store::check_pin(store, pin)); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "A PIN from a pipe opens the staff screens of the kiosk that runs") {
  CHECK(check("123456") == PinAnswer::not_set);
  CHECK(set_piped("123456\n").code == ctl::done);
  CHECK(check("123456") == PinAnswer::right);
  CHECK(set_piped("987654321012").code == ctl::done);
  CHECK(check("123456") == PinAnswer::wrong);
  CHECK(check("987654321012") == PinAnswer::right);
}

TEST_CASE_FIXTURE(Fixture, "Only the first line of a pipe is taken") {
  CHECK(set_piped("246810\r\n13579\n").code == ctl::done);
  CHECK(check("246810") == PinAnswer::right);
}

TEST_CASE_FIXTURE(Fixture, "A terminal is asked twice and shows nothing of what is typed") {
  const Ends ends = Ends::terminal();
  Typist person(ends, {"314159", "314159"});
  CHECK(set(ends.program(), &person).code == ctl::done);
  CHECK(person.str() == "new PIN, 6 to 12 digits: \nthe same once more: \n");
  CHECK(ends.shown().empty());
  CHECK(check("314159") == PinAnswer::right);
}

TEST_CASE_FIXTURE(Fixture, "A terminal shows what is typed again once the PIN is read") {
  const Ends ends = Ends::terminal();
  Typist person(ends, {"314159", "314159"});
  REQUIRE(set(ends.program(), &person).code == ctl::done);
  ends.type("ls\n");
  REQUIRE(ends.received() == "ls");
  CHECK(says(ends.shown(), "ls"));
}

TEST_CASE_FIXTURE(Fixture, "Two different PINs on a terminal change nothing") {
  const Ends ends = Ends::terminal();
  Typist person(ends, {"314159", "314158"});
  CHECK(set(ends.program(), &person).code == ctl::failed);
  CHECK(says(person.str(), "kioskctl: the two are not the same; nothing was changed\n"));
  CHECK(check("314159") == PinAnswer::not_set);
}

TEST_CASE_FIXTURE(Fixture, "What is no PIN is refused in one clear line and changes nothing") {
  REQUIRE(set_piped("123456").code == ctl::done);
  for (const std::string wrong : {"", "\n", "12345", "1234567890123", "12345a", " 123456"}) {
    CAPTURE(wrong);
    const test::Answer answer = set_piped(wrong);
    CHECK(answer.code == ctl::failed);
    CHECK(answer.err ==
          "kioskctl: a PIN has 6 to 12 digits and nothing else; nothing was changed\n");
  }
  CHECK(check("123456") == PinAnswer::right);
}

TEST_CASE("A folder no kiosk has run on is named and not made") {
  const test::TempFolder folder;
  const std::string nowhere = (folder / "kiosk").string();
  const std::array commands{ctl::pin_set_command()};
  const test::Answer answer = test::answer_of(commands, {"pin", "set", "--data", nowhere});
  CHECK(answer.code == ctl::failed);
  CHECK(answer.err == "kioskctl: no kiosk has run on " + nowhere + " yet; start it once first\n");
  CHECK_FALSE(std::filesystem::exists(nowhere));
}

TEST_CASE("A PIN on the command line is refused as misuse, and so is a missing folder") {
  const std::array commands{ctl::pin_set_command()};
  CHECK(test::answer_of(commands, {"pin", "set", "--data", "x", "123456"}).code == ctl::misused);
  CHECK(test::answer_of(commands, {"pin", "set", "--pin", "123456"}).code == ctl::misused);
  const test::Answer answer = test::answer_of(commands, {"pin", "set"});
  CHECK(answer.code == ctl::misused);
  CHECK(answer.err == "kioskctl: pin set needs --data DIR and nothing else\n");
}

TEST_CASE("The help of pin set says where the PIN is read from") {
  const std::array commands{ctl::pin_set_command()};
  const test::Answer answer = test::answer_of(commands, {"pin", "set", "--help"});
  CHECK(answer.code == ctl::done);
  CHECK(says(answer.out, "usage: kioskctl pin set --data DIR"));
  CHECK(says(answer.out, "first line of standard input"));
}
