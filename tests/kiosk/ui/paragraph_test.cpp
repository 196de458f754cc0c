#include "kiosk/ui/paragraph.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

// Han characters are 10 wide, everything else 5.
std::vector<std::string> broken(std::string_view text, float width) {
  std::vector<std::string> lines;
  const auto advance = [](char32_t character) { return character < 0x2E80 ? 5.0F : 10.0F; };
  for (const ui::Line& each : ui::break_lines(text, width, advance)) {
    CHECK(each.width <= width);
    lines.emplace_back(text.substr(each.begin, each.end - each.begin));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("Chinese breaks between any two characters") {
  CHECK(broken("劳动合同法第三十八条", 40) == Lines{"劳动合同", "法第三十", "八条"});
}

TEST_CASE("no line begins with a closing mark") {
  for (const std::string& line : broken("借钱，不还。怎么办？找律师！", 40)) {
    for (const std::string mark : {"，", "。", "？", "！"}) CHECK_FALSE(line.starts_with(mark));
  }
}

TEST_CASE("no line ends with an opening mark") {
  for (const std::string& line : broken("依照《民法典》和《劳动法》办", 40)) {
    CHECK_FALSE(line.ends_with("《"));
  }
}

TEST_CASE("English breaks at blanks, and the blank goes") {
  CHECK(broken("a lawyer in person", 40) == Lines{"a lawyer", "in", "person"});
}

TEST_CASE("a word wider than the line is broken rather than lost") {
  const Lines lines = broken("abcdefghijkl", 25);
  std::string all;
  for (const std::string& each : lines) all += each;
  CHECK(all == "abcdefghijkl");
  CHECK(lines.size() == 3);
}

TEST_CASE("line ends of the text are kept, empty lines too") {
  CHECK(broken("一\n\n二", 100) == Lines{"一", "", "二"});
}

TEST_CASE("an empty text is one empty line") {
  CHECK(broken("", 100) == Lines{""});
}

TEST_CASE("a time and a number with a point stay on one line") {
  CHECK(broken("at 09:42", 25) == Lines{"at", "09:42"});
  CHECK(broken("in 1.5 hours", 25) == Lines{"in", "1.5", "hours"});
}

TEST_CASE("a word that is broken inside is noticed; words between blanks and Han are not") {
  const auto breaks = [](std::string_view text, float width) {
    const auto advance = [](char32_t character) { return character < 0x2E80 ? 5.0F : 10.0F; };
    return ui::breaks_a_word(text, ui::break_lines(text, width, advance));
  };
  CHECK(breaks("Challenge a decision", 40));
  CHECK_FALSE(breaks("Challenge a decision", 50));
  CHECK(breaks("12348", 20));
  CHECK_FALSE(breaks("劳动合同法第三十八条", 40));
  CHECK_FALSE(breaks("one\ntwo", 40));
  CHECK_FALSE(breaks("", 40));
}
