#include "platform/device/escpos.h"

#include <algorithm>

namespace device {
namespace {

constexpr int band_height = 128;

constexpr std::string_view start = "\x1b@";  // ESC @: forget what others set
constexpr std::string_view feed =
    "\x1b"
    "d\x03";                                         // ESC d 3: three lines, past the tear bar
constexpr std::string_view cut{"\x1dV\x42\x00", 4};  // GS V 66 0: feed to the knife and cut
constexpr std::string_view raster{"\x1dv0\x00", 4};  // GS v 0, m = 0: one dot a bit

void append_count(std::string& bytes, std::size_t count) {
  bytes += static_cast<char>(count & 0xffU);
  bytes += static_cast<char>(count >> 8U & 0xffU);
}

// Bits 0, 1, 4 and 7 of every answer to DLE EOT are fixed.
bool is_answer(char byte) {
  return (static_cast<unsigned char>(byte) & 0x93U) == 0x12;
}

bool any_bit(char byte, unsigned mask) {
  return (static_cast<unsigned char>(byte) & mask) != 0;
}

}  // namespace

std::string escpos_raster(const Bitmap& picture) {
  std::string bytes(start);
  const auto* rows = reinterpret_cast<const char*>(picture.bits.data());
  for (int y = 0; y < picture.height; y += band_height) {
    const auto height = static_cast<std::size_t>(std::min(band_height, picture.height - y));
    bytes += raster;
    append_count(bytes, picture.stride());
    append_count(bytes, height);
    bytes.append(rows + static_cast<std::size_t>(y) * picture.stride(), height * picture.stride());
  }
  bytes += feed;
  bytes += cut;
  return bytes;
}

base::Result<void> escpos_status(std::string_view answer) {
  if (answer.size() != escpos_status_size ||
      !std::all_of(answer.begin(), answer.end(), is_answer)) {
    return {};
  }
  const char cause = answer[0];   // bit 2: cover open; bit 5: stopped at the paper's end
  const char sensor = answer[1];  // bits 5 and 6: no paper at the sensor
  if (any_bit(cause, 0x04)) return base::fail(base::ErrorKind::device, "cover_open");
  if (any_bit(cause, 0x20) || any_bit(sensor, 0x60)) {
    return base::fail(base::ErrorKind::device, "paper_out");
  }
  return {};
}

}  // namespace device
