#include "kiosk/input/keyboard_layout.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>

#include "platform/base/text.h"

using input::Kind;
using input::Mode;

namespace {

std::string characters(const input::Layout& layout) {
  std::string all;
  for (const input::Cap& cap : input::spread(layout, {0, 0, 1000, 500}, 10, {})) {
    if (input::named_cap(cap.name) == nullptr) all += cap.name;
  }
  return all;
}

}  // namespace

TEST_CASE("every cap is one character or has a name, and no layout has one twice") {
  for (const Kind kind : {Kind::text, Kind::digits, Kind::phone, Kind::code}) {
    for (const Mode mode : {Mode::pinyin, Mode::abc, Mode::digits, Mode::symbols}) {
      std::set<std::string_view> seen;
      for (const input::Cap& cap :
           input::spread(input::layout(kind, mode), {0, 0, 1000, 500}, 10, {})) {
        CAPTURE(cap.name);
        CHECK(seen.insert(cap.name).second);
        if (input::named_cap(cap.name) == nullptr) CHECK(base::count_characters(cap.name) == 1);
      }
      CHECK(seen.contains("finish"));
      CHECK(seen.contains("backspace"));
    }
  }
}

TEST_CASE("the keys of a code are the characters of a case code and its dash") {
  CHECK(characters(input::layout(Kind::code, Mode::digits)) == "1234567890ABCDEFGHJKMNPQRSTVWXYZ-");
}

TEST_CASE("the keys of a phone number are digits and the dash") {
  CHECK(characters(input::layout(Kind::phone, Mode::digits)) == "123456789-0");
  CHECK(characters(input::layout(Kind::digits, Mode::digits)) == "1234567890");
}

TEST_CASE("a character finds its cap, a small letter its capital where there is only that") {
  const input::Layout& code = input::layout(Kind::code, Mode::digits);
  CHECK(input::cap_of(code, U'7') == "7");
  CHECK(input::cap_of(code, U'q') == "Q");
  CHECK(input::cap_of(code, U'o').empty());
  CHECK(input::cap_of(code, U'好').empty());
  CHECK(input::cap_of(code, U' ').empty());
}

TEST_CASE("rows fill the area, caps of a row stand side by side") {
  const ui::Area area{20, 30, 1000, 500};
  const auto caps = input::spread(input::layout(Kind::text, Mode::abc), area, 10, {});
  CHECK(caps.front().area.x == doctest::Approx(area.x));
  CHECK(caps.front().area.y == doctest::Approx(area.y));
  CHECK(caps.back().area.right() == doctest::Approx(area.right()));
  CHECK(caps.back().area.bottom() == doctest::Approx(area.bottom()));
  for (std::size_t i = 1; i < caps.size(); ++i) {
    CAPTURE(caps[i].name);
    if (caps[i].row == caps[i - 1].row) {
      CHECK(caps[i].area.x - caps[i - 1].area.right() == doctest::Approx(10));
    } else {
      CHECK(caps[i].area.y - caps[i - 1].area.bottom() == doctest::Approx(10));
    }
  }
}

TEST_CASE("a wide word takes several seats of the grid, and the next line when there is no room") {
  const std::vector<float> widths = {90, 150, 90, 1000, 90};
  const auto places = input::seats(widths, {0, 0, 430, 210}, 4, 3, 10);
  REQUIRE(places.size() == 5);
  CHECK(places[0].w == doctest::Approx(100));
  CHECK(places[1].w == doctest::Approx(210));
  CHECK(places[2].right() == doctest::Approx(430));
  CHECK(places[3].w == doctest::Approx(430));
  CHECK(places[3].y == doctest::Approx(places[0].bottom() + 10));
  CHECK(places[4].y > places[3].bottom());
  CHECK(input::seats(widths, {0, 0, 430, 210}, 4, 1, 10).size() == 3);
}
