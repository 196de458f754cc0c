// QR codes (ISO/IEC 18004) as a matrix of modules, by libqrencode. Draws nothing: the caller
// leaves four modules of white around it. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace device {

// How much of the code may be unreadable: about 7, 15, 25, 30 %.
enum class QrLevel { low, medium, quartile, high };

struct QrCode {
  int side = 0;                       // modules, 21 to 177
  std::vector<std::uint8_t> modules;  // side × side, row after row, 1 = black
  [[nodiscard]] bool black(int x, int y) const {
    return modules[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) +
                   static_cast<std::size_t>(x)] != 0;
  }
};

// The smallest code that holds the text as UTF-8 bytes. invalid: "qr_empty"; "qr_too_long" above
// 2,331 bytes at level medium (zxing and zbar guess UTF-8 rightly without an ECI header).
base::Result<QrCode> qr(std::string_view utf8, QrLevel level = QrLevel::medium);

}  // namespace device
