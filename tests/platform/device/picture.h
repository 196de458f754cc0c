// Pictures for tests of paper: reading PNG files back and letting zbar read QR codes.
#pragma once

#include <doctest/doctest.h>
#include <png.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "platform/base/file.h"
#include "platform/device/canvas.h"
#include "platform/device/qr.h"

namespace test {

inline device::Canvas decode_png(const std::string& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  REQUIRE(png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) != 0);
  image.format = PNG_FORMAT_BGRA;
  device::Canvas canvas(static_cast<int>(image.width), static_cast<int>(image.height));
  REQUIRE(png_image_finish_read(&image, nullptr, canvas.pixels.data(), 0, nullptr) != 0);
  for (std::uint32_t& pixel : canvas.pixels) pixel &= 0xffffffU;
  return canvas;
}

// The code with its quiet zone, `module` dots a module.
inline device::Bitmap draw_code(const device::QrCode& code, int module) {
  const int side = (code.side + 8) * module;
  device::Bitmap bitmap(side, side);
  for (int y = 0; y < code.side * module; ++y) {
    for (int x = 0; x < code.side * module; ++x) {
      if (code.black(x / module, y / module)) bitmap.blacken(x + 4 * module, y + 4 * module);
    }
  }
  return bitmap;
}

inline bool has_zbar() {
  return std::system("command -v zbarimg >/dev/null") == 0;
}

// What zbarimg reads in the picture file, without its last line break.
inline std::string zbar(const base::Path& file) {
  const std::string command = "zbarimg --quiet --raw '" + file.string() + "' 2>/dev/null";
  FILE* const pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  std::array<char, 4096> block{};
  while (const std::size_t got = std::fread(block.data(), 1, block.size(), pipe)) {
    text.append(block.data(), got);
  }
  ::pclose(pipe);
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace test
