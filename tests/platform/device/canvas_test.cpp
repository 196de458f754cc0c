#include "platform/device/canvas.h"

#include <doctest/doctest.h>

using device::Bitmap;
using device::Canvas;
using device::Rect;

TEST_CASE("paper is black where the screen is darker than 55 percent of white") {
  Canvas canvas(6, 1);
  const std::uint32_t pixels[] = {0x000000, 0xffffff, 0x8b8b8b, 0x8d8d8d, 0xff0000, 0x00ff00};
  for (int x = 0; x < 6; ++x) canvas.row(0)[x] = pixels[x];
  const Bitmap bitmap = device::threshold(canvas);
  CHECK(bitmap.black(0, 0));
  CHECK_FALSE(bitmap.black(1, 0));
  CHECK(bitmap.black(2, 0));
  CHECK_FALSE(bitmap.black(3, 0));
  CHECK(bitmap.black(4, 0));        // pure red is dark to the eye
  CHECK_FALSE(bitmap.black(5, 0));  // pure green is not
}

TEST_CASE("a row of dots fills whole bytes, the leftmost dot in the highest bit") {
  Bitmap bitmap(10, 2);
  CHECK(bitmap.stride() == 2);
  bitmap.blacken(0, 0);
  bitmap.blacken(9, 1);
  CHECK(bitmap.bits == std::vector<std::uint8_t>{0x80, 0, 0, 0x40});
  CHECK(bitmap.black(9, 1));
  CHECK_FALSE(bitmap.black(8, 1));
}

TEST_CASE("what two places share is empty when they only touch") {
  CHECK(device::intersect({0, 0, 10, 10}, {5, 6, 20, 20}) == Rect{5, 6, 10, 10});
  CHECK(device::intersect({0, 0, 10, 10}, {10, 0, 20, 10}).empty());
  CHECK(Rect{0, 0, 10, 10}.contains({0, 0, 10, 10}));
  CHECK_FALSE(Rect{0, 0, 10, 10}.contains({0, 0, 10, 11}));
}
