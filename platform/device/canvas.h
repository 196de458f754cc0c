// Pictures as plain values: what is drawn, shown and printed. Knows no window, file or printer.
// Pixels count from the upper left corner; a Rect holds x0 ≤ x < x1 and y0 ≤ y < y1.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace device {

struct Size {
  int width = 0;
  int height = 0;
  bool operator==(const Size&) const = default;
};

struct Rect {
  int x0 = 0;
  int y0 = 0;
  int x1 = 0;
  int y1 = 0;
  bool operator==(const Rect&) const = default;
  [[nodiscard]] int width() const { return x1 - x0; }
  [[nodiscard]] int height() const { return y1 - y0; }
  [[nodiscard]] bool empty() const { return x0 >= x1 || y0 >= y1; }
  [[nodiscard]] bool contains(const Rect& inner) const {
    return x0 <= inner.x0 && y0 <= inner.y0 && x1 >= inner.x1 && y1 >= inner.y1;
  }
};

// What both cover; may be empty().
inline Rect intersect(const Rect& a, const Rect& b) {
  return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

// A colour picture, row after row, 0x00RRGGBB.
struct Canvas {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;

  Canvas() = default;
  Canvas(int w, int h, std::uint32_t colour = 0)
      : width(w),
        height(h),
        pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), colour) {}
  [[nodiscard]] Rect bounds() const { return {0, 0, width, height}; }
  [[nodiscard]] std::uint32_t* row(int y) {
    return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
  [[nodiscard]] const std::uint32_t* row(int y) const {
    return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
};

// A picture of black and white as printers take it: row after row, eight dots a byte, the
// leftmost in the highest bit, 1 = black, every row filled up to whole bytes with white.
struct Bitmap {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bits;

  Bitmap() = default;
  Bitmap(int w, int h) : width(w), height(h), bits(stride() * static_cast<std::size_t>(h)) {}
  bool operator==(const Bitmap&) const = default;
  // Bytes a row.
  [[nodiscard]] std::size_t stride() const { return (static_cast<std::size_t>(width) + 7) / 8; }
  [[nodiscard]] bool black(int x, int y) const { return (bits[byte_at(x, y)] & mask_at(x)) != 0; }
  void blacken(int x, int y) {
    std::uint8_t& byte = bits[byte_at(x, y)];
    byte = static_cast<std::uint8_t>(byte | mask_at(x));
  }

 private:
  [[nodiscard]] std::size_t byte_at(int x, int y) const {
    return static_cast<std::size_t>(y) * stride() + static_cast<std::size_t>(x) / 8;
  }
  static unsigned mask_at(int x) { return 0x80U >> (static_cast<unsigned>(x) % 8U); }
};

// Black where the picture is darker than 55 % of white (ITU-R BT.601 luma).
Bitmap threshold(const Canvas& canvas);

}  // namespace device
