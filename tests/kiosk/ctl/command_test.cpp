#include "kiosk/ctl/command.h"

#include <doctest/doctest.h>

#include <array>
#include <ostream>

#include "console.h"

using ctl::Command;
using test::Answer;
using test::says;

namespace {

ctl::Exit echo(std::span<const std::string> arguments, ctl::Console& console) {
  for (const std::string& each : arguments) console.out << each << ';';
  return ctl::done;
}

ctl::Exit refuse(std::span<const std::string> /*arguments*/, ctl::Console& console) {
  return ctl::complain(console, {base::ErrorKind::storage, "disk_full", "the disk is full"});
}

Answer run(const std::vector<std::string>& words) {
  constexpr std::array commands{
      Command{"echo", "WORDS", "Says the words.", echo, "Twice is not better."},
      Command{"disk fill", "", "Always fails.", refuse, {}},
  };
  return test::answer_of(commands, words);
}

}  // namespace

TEST_CASE("A command is found by one or two words and gets the rest") {
  CHECK(run({"echo", "a", "b"}).out == "a;b;");
  CHECK(run({"disk", "fill"}).code == ctl::failed);
  CHECK(run({"disk", "fill"}).err == "kioskctl: the disk is full\n");
}

TEST_CASE("Help names all commands, or explains one") {
  const Answer table = run({"--help"});
  CHECK(table.code == ctl::done);
  CHECK(says(table.out, "disk fill"));
  CHECK(says(table.out, "Says the words."));
  const Answer one = run({"echo", "a", "--help"});
  CHECK(one.code == ctl::done);
  CHECK(says(one.out, "usage: kioskctl echo WORDS"));
  CHECK(says(one.out, "Twice is not better."));
}

TEST_CASE("What is no command is misuse, said on standard error") {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{}, {"disk"}, {"shout", "loud"}}) {
    const Answer answer = run(words);
    CHECK(answer.code == ctl::misused);
    CHECK(answer.out.empty());
    CHECK(says(answer.err, "usage: kioskctl"));
  }
  CHECK(says(run({"shout"}).err, "unknown command: shout"));
}
