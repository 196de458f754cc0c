#include "kiosk/ui/picture.h"

#include <imgui/imgui.h>
#include <imgui/imgui_internal.h>

#include "platform/device/raster.h"

namespace ui {
namespace {

device::Canvas draw_once(device::Atlas& atlas, const Metrics& metrics, device::Size size,
                         const std::function<void(Painter&)>& draw) {
  const ImVec2 corner{static_cast<float>(size.width), static_cast<float>(size.height)};
  ImDrawListSharedData shared;
  shared.InitialFlags = ImDrawListFlags_AllowVtxOffset;  // more than 65,536 corners
  ImDrawList list(&shared);
  list._ResetForNewFrame();
  list.PushClipRect({0, 0}, corner);

  Painter painter(atlas, metrics);
  painter.target(list);
  painter.fill({0, 0, corner.x / metrics.scale(), corner.y / metrics.scale()}, rgb(0xFFFFFF));
  draw(painter);

  ImDrawList* lists = &list;
  ImDrawData frame;
  frame.Valid = true;
  frame.CmdLists = &lists;
  frame.CmdListsCount = 1;
  frame.DisplaySize = corner;
  device::Canvas canvas;
  device::Raster().draw(frame, atlas, canvas);
  return canvas;
}

}  // namespace

device::Canvas draw_picture(device::Atlas& atlas, const Metrics& metrics, device::Size size,
                            const std::function<void(Painter&)>& draw) {
  device::Canvas canvas = draw_once(atlas, metrics, size, draw);
  if (!atlas.overflowed()) return canvas;
  atlas.reset();
  return draw_once(atlas, metrics, size, draw);
}

}  // namespace ui
