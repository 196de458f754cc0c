#include "platform/device/icon_pen.h"

#include <doctest/doctest.h>

namespace {

device::Icon line_from(device::IconPoint start, device::IconPoint end) {
  return {{.start = start, .steps = {{.end = end}}}};
}

}  // namespace

TEST_CASE("a level line is as thick as its stroke and has round ends") {
  auto pen = device::IconPen::open();
  REQUIRE(pen.has_value());
  const device::Coverage line =
      pen->draw(line_from({6, 12}, {18, 12}), 96, 2);  // four pixels a unit
  const auto texel = [&line](int x, int y) { return line.texels[y * line.pitch + x]; };
  CHECK(texel(48, 43) == 0);
  CHECK(texel(48, 44) == 255);
  CHECK(texel(48, 51) == 255);
  CHECK(texel(48, 52) == 0);
  CHECK(texel(20, 48) > 200);  // the cap reaches one unit before the start
  CHECK(texel(20, 44) < 30);   // and is round
  CHECK(texel(18, 48) == 0);
}

TEST_CASE("a dot is a stroke of a tenth") {
  auto pen = device::IconPen::open();
  REQUIRE(pen.has_value());
  const device::Coverage dot = pen->draw(line_from({12, 12}, {12, 12.1}), 96, 2);
  CHECK(dot.texels[48 * dot.pitch + 48] == 255);
  CHECK(dot.texels[48 * dot.pitch + 54] == 0);
}
