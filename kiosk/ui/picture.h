// A picture drawn by a Painter apart from the screen: what goes on paper. Knows neither slips nor
// printers. Needs no frame and no ImGui context, disturbs neither. UI thread only.
#pragma once

#include <functional>

#include "kiosk/ui/metrics.h"
#include "kiosk/ui/painter.h"
#include "platform/device/canvas.h"

namespace ui {

// White, then what `draw` paints on it; `size` in pixels. What lies outside is cut off.
//
// When the atlas overflows it is reset and `draw` called once more. A frame of the screen that was
// being drawn meanwhile has lost its glyphs: who calls this inside a frame compares
// Atlas::generation() and draws that frame again.
device::Canvas draw_picture(device::Atlas& atlas, const Metrics& metrics, device::Size size,
                            const std::function<void(Painter&)>& draw);

}  // namespace ui
