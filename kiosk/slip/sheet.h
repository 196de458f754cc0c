// Where everything on a slip stands: the one walk over its blocks that paper and screen share.
// Knows no printer and no screen, only a Painter to measure and to draw with. Lengths are the
// Painter's u: dots where it paints for paper, so whole modules of QR codes are whole pixels there.
// Nothing is cut: words wrap, numbers shrink, the sheet grows. UI thread only.
//
// Design: look.md section 11 and shots/slip.png.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "kiosk/slip/slip.h"
#include "kiosk/ui/painter.h"
#include "platform/device/qr.h"

namespace slip {

// Widths that receipt printers of 203 dpi can print on: 72 of 80 mm, 48 of 58 mm.
inline constexpr float paper_80_dots = 576;
inline constexpr float paper_58_dots = 384;

struct Words {
  ui::Area box;
  std::string text;
  ui::TextStyle style;
};

struct Dashes {
  ui::Area box;
};

struct TickBox {
  ui::Area box;
  bool ticked = false;
};

struct QrPicture {
  ui::Area box;  // with the quiet zone of four modules
  device::QrCode code;
};

using Piece = std::variant<Words, Dashes, TickBox, QrPicture>;

struct Sheet {
  float width = 0;
  float height = 0;
  std::vector<Piece> pieces;
};

// Lays the slip out on paper so wide, one of the two above.
Sheet lay_out(const Slip& slip, float width, const ui::Painter& painter);

// Black, with the sheet's upper left corner at x, y. The white below is the caller's.
void draw(const Sheet& sheet, float x, float y, ui::Painter& painter);

}  // namespace slip
