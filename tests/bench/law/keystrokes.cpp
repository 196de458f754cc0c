// How long a key takes until the ranked list stands on the screen: the whole kiosk without a window
// (tests/support/kiosk_driver.h), every question typed character by character into the law look-up.
// The time of a character runs from its event to the last picture it causes, all of them laid out
// and turned into triangles; handing them to the graphics card is not in it.
//
//   KIOSK_LIBRARY=FILE KIOSK_QUESTIONS=FILE keystrokes
//
// QUESTIONS as for learn_ranking. Prints one JSON object, milliseconds.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "tests/support/kiosk_driver.h"

namespace {

constexpr std::size_t questions_typed = 100;

std::string setting(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::vector<std::string> questions() {
  std::vector<std::string> list;
  const std::string content = test::must(base::read_file(setting("KIOSK_QUESTIONS")));
  for (const std::string_view line : base::split(content, '\n')) {
    const auto cells = base::split(line, '\t');
    if (cells.size() >= 2 && list.size() < questions_typed) list.emplace_back(cells[1]);
  }
  return list;
}

}  // namespace

TEST_CASE("every character of every question, timed") {
  test::KioskDriver visitor({.laws = setting("KIOSK_LIBRARY")});
  visitor.tap("home.law");
  std::vector<double> times;
  for (const std::string& question : questions()) {
    for (const char32_t each : base::decode_utf8(question)) {
      std::string character;
      base::append_utf8(character, each);
      const auto begin = std::chrono::steady_clock::now();
      visitor.type(character);
      const auto end = std::chrono::steady_clock::now();
      times.push_back(std::chrono::duration<double, std::milli>(end - begin).count());
    }
    visitor.tap("search.clear");
  }
  REQUIRE(times.size() > questions_typed);
  std::sort(times.begin(), times.end());
  std::cout << fmt::format("{{\"keys\": {}, \"p50_ms\": {:.2f}, \"p99_ms\": {:.2f}}}\n",
                           times.size(), times[times.size() / 2], times[times.size() * 99 / 100]);
}
