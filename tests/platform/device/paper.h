// What a receipt printer would put on paper: the reader of ESC/POS raster that tests hold against
// the writer.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

#include "platform/device/canvas.h"
#include "platform/device/escpos.h"

namespace test {

// A picture without symmetry in which every row and column differs.
inline device::Bitmap speckled(device::Size size) {
  device::Bitmap bitmap(size.width, size.height);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      if ((x * x + 3 * y * y + x * y) % 7 < 3) bitmap.blacken(x, y);
    }
  }
  return bitmap;
}

struct Paper {
  device::Bitmap picture;  // as wide as whole bytes
  int tallest_band = 0;
  bool cut = false;
};

// Fails the test at anything but: status requests, ESC @, GS v 0 …, ESC d n, GS V 66 n.
inline Paper read_escpos(std::string_view bytes) {
  Paper paper;
  const auto next = [&bytes](std::size_t count) {
    REQUIRE(bytes.size() >= count);
    const std::string_view taken = bytes.substr(0, count);
    bytes.remove_prefix(count);
    return taken;
  };
  const auto count_at = [](std::string_view text) {
    return static_cast<unsigned char>(text[0]) + 256 * static_cast<unsigned char>(text[1]);
  };
  while (!bytes.empty()) {
    const std::string_view command = next(2);
    if (command == "\x1b@") continue;
    if (command == "\x10\x04" || command ==
                                     "\x1b"
                                     "d") {
      next(1);
    } else if (command == "\x1dV") {
      REQUIRE(next(2)[0] == 66);
      paper.cut = true;
    } else {
      REQUIRE(command == "\x1dv");
      REQUIRE(next(2) == std::string_view("0\0", 2));
      const int stride = count_at(next(2));
      const int height = count_at(next(2));
      const std::string_view rows = next(static_cast<std::size_t>(stride * height));
      paper.picture.width = stride * 8;
      paper.picture.height += height;
      paper.tallest_band = std::max(paper.tallest_band, height);
      paper.picture.bits.insert(paper.picture.bits.end(), rows.begin(), rows.end());
    }
  }
  return paper;
}

}  // namespace test
