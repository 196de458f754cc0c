#include "platform/device/canvas.h"

namespace device {
namespace {

// In parts of 255,000: red 299, green 587, blue 114 of a thousand.
constexpr std::uint32_t darkest_white = 55 * 255 * 10;

std::uint32_t luma(std::uint32_t pixel) {
  return 299 * (pixel >> 16U & 0xffU) + 587 * (pixel >> 8U & 0xffU) + 114 * (pixel & 0xffU);
}

}  // namespace

Bitmap threshold(const Canvas& canvas) {
  Bitmap bitmap(canvas.width, canvas.height);
  for (int y = 0; y < canvas.height; ++y) {
    const std::uint32_t* const row = canvas.row(y);
    for (int x = 0; x < canvas.width; ++x) {
      if (luma(row[x]) < darkest_white) bitmap.blacken(x, y);
    }
  }
  return bitmap;
}

}  // namespace device
