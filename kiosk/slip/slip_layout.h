// A slip made visible: as dots for the printer, and as the same paper on the receipt screen. Knows
// how slips look and nothing of what they are for. UI thread only.
#pragma once

#include "kiosk/slip/slip.h"
#include "kiosk/ui/kinetic.h"
#include "kiosk/ui/ui.h"
#include "platform/device/atlas.h"
#include "platform/device/canvas.h"

namespace slip {

// The picture to print: 576 dots wide for paper of 80 mm, 384 for 58 mm (any other width prints as
// 58), as high as it needs to be. Black on white, cut at 55 % of white. Needs no frame, but see
// ui::draw_picture for what happens to one when the atlas is full.
device::Bitmap render(const Slip& slip, int paper_mm, device::Atlas& atlas);

// The slip as paper of 80 mm on a sunken panel at the top of the area, torn off below. It scrolls
// where it is higher than the area. Returns the height of the panel, at most the area's.
float show(ui::Ui& ui, ui::Area area, const Slip& slip, ui::Kinetic& kinetic);

}  // namespace slip
