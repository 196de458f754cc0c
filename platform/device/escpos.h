// The language of receipt printers: pictures as bytes to print, and what the printer answers about
// itself. Knows no device; printer.h sends it. Commands are those of the Epson ESC/POS Command
// Reference for TM printers, which the makers of kiosk printers follow.
#pragma once

#include <string>
#include <string_view>

#include "platform/base/result.h"
#include "platform/device/canvas.h"

namespace device {

// The bytes that print the picture and cut the paper behind it:
//   ESC @   { GS v 0 m=0 xL xH yL yH  rows }*   ESC d 3   GS V 66 0
// in bands of at most 128 rows, because small printers have small buffers. x counts bytes a
// row, y counts rows, both low byte first.
std::string escpos_raster(const Bitmap& picture);

// DLE EOT 2 and DLE EOT 4: asks why the printer is off line, and for the paper sensor. It answers
// with a byte each, at once, also while it prints or stands still.
inline constexpr std::string_view escpos_status_request = "\x10\x04\x02\x10\x04\x04";
inline constexpr std::size_t escpos_status_size = 2;

// What the answer means. device: "cover_open", "paper_out". Success when all is well, and for
// anything that is no answer: what is not known is not claimed.
base::Result<void> escpos_status(std::string_view answer);

}  // namespace device
