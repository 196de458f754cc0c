#include "platform/device/icon.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>

namespace {

using device::Icon;
using device::IconPoint;

std::string svg(std::string_view path) {
  return fmt::format("<svg viewBox=\"0 0 24 24\">\n  <path d=\"{}\"/>\n</svg>\n", path);
}

Icon parse(std::string_view path) {
  auto icon = device::parse_icon(svg(path));
  REQUIRE_MESSAGE(icon.has_value(), icon.error().detail);
  return std::move(*icon);
}

bool near(IconPoint a, IconPoint b) {
  return std::hypot(a.x - b.x, a.y - b.y) < 1e-6;
}

}  // namespace

TEST_CASE("absolute and relative commands draw the same icon") {
  const Icon absolute = parse("M2 3L5 7H9V11C10 12 11 13 12 14S13 16 15 17Z");
  const Icon relative = parse("m2 3l3 4h4v4c1 1 2 2 3 3s1 2 3 3z");
  REQUIRE(absolute.size() == 1);
  REQUIRE(relative.size() == 1);
  CHECK(absolute[0].closed);
  CHECK(relative[0].closed);
  REQUIRE(absolute[0].steps.size() == 5);
  REQUIRE(relative[0].steps.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) {
    const device::IconStep& a = absolute[0].steps[i];
    const device::IconStep& b = relative[0].steps[i];
    CHECK(a.curved == b.curved);
    CHECK(near(a.control[0], b.control[0]));
    CHECK(near(a.control[1], b.control[1]));
    CHECK(near(a.end, b.end));
  }
  // A smooth curve goes on as the one before it ended.
  CHECK(near(absolute[0].steps[4].control[0], {13, 15}));
}

TEST_CASE("numbers may follow each other without blanks, and a pair after M is a line") {
  const Icon icon = parse("M1.5.5-.5-2 4,4");
  REQUIRE(icon.size() == 1);
  CHECK(near(icon[0].start, {1.5, 0.5}));
  REQUIRE(icon[0].steps.size() == 2);
  CHECK(near(icon[0].steps[0].end, {-0.5, -2}));
  CHECK(near(icon[0].steps[1].end, {4, 4}));
}

TEST_CASE("an arc becomes curves that stay on its circle") {
  // Three quarters of a circle of radius 9 around (12, 12), flags written without blanks.
  const Icon icon = parse("M12 3A9 9 0 113 12");
  REQUIRE(icon.size() == 1);
  REQUIRE(icon[0].steps.size() == 3);
  CHECK(near(icon[0].steps[0].end, {21, 12}));
  CHECK(near(icon[0].steps[1].end, {12, 21}));
  CHECK(near(icon[0].steps[2].end, {3, 12}));
  IconPoint from = icon[0].start;
  for (const device::IconStep& step : icon[0].steps) {
    const double x = (from.x + 3 * step.control[0].x + 3 * step.control[1].x + step.end.x) / 8;
    const double y = (from.y + 3 * step.control[0].y + 3 * step.control[1].y + step.end.y) / 8;
    CHECK(std::hypot(x - 12, y - 12) == doctest::Approx(9).epsilon(0.001));
    from = step.end;
  }
}

TEST_CASE("an arc too small for its end points grows until it reaches them") {
  const Icon icon = parse("M0 0A1 1 0 0 1 10 0");
  REQUIRE(icon.size() == 1);
  CHECK(near(icon[0].steps.back().end, {10, 0}));
  CHECK(near(icon[0].steps.front().end, {5, -5}));
}

TEST_CASE("what could look other than drawn is refused") {
  for (const char* path :
       {"L1 1", "M1", "M1 1Q2 2 3 3", "M1 1a2 2 0 2 1 3 3", "M1 1zz", "M1 1z5"}) {
    INFO(path);
    const auto icon = device::parse_icon(svg(path));
    REQUIRE_FALSE(icon.has_value());
    CHECK(icon.error().code == "bad_icon");
  }
  CHECK_FALSE(device::parse_icon("").has_value());
  CHECK_FALSE(
      device::parse_icon("<svg viewBox=\"0 0 32 32\"><path d=\"M1 1h2\"/></svg>").has_value());
  CHECK_FALSE(
      device::parse_icon("<svg viewBox=\"0 0 24 24\"><path fill=\"red\" d=\"M1 1h2\"/></svg>")
          .has_value());
}
