// A frame of ImGui draw commands without an ImGui context, and an Atlas with the real fonts and
// icons.
#pragma once

#include <doctest/doctest.h>
#include <imgui/imgui.h>
#include <imgui/imgui_internal.h>

#include "platform/device/atlas.h"
#include "platform/device/canvas.h"

namespace test {

inline device::Atlas open_atlas() {
  auto atlas = device::Atlas::open(device::find_fonts(), KIOSK_ICONS);
  REQUIRE_MESSAGE(atlas.has_value(), atlas.error().detail);
  return std::move(*atlas);
}

class Drawing {
 public:
  explicit Drawing(device::Size size) : list_(&shared_) {
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    shared_.TexUvWhitePixel = {device::Atlas::white_uv, device::Atlas::white_uv};
    shared_.ClipRectFullscreen = {0, 0, width, height};
    shared_.SetCircleTessellationMaxError(0.3F);
    list_._ResetForNewFrame();
    list_.PushClipRectFullScreen();
    data_.DisplaySize = {width, height};
  }

  ImDrawList& list() { return list_; }

  void fill(const device::Rect& place, ImU32 colour) {
    list_.AddRectFilled(corner(place.x0, place.y0), corner(place.x1, place.y1), colour);
  }

  // The sprite with its upper left texel at (x, y).
  void sprite(const device::Sprite& sprite, int x, int y, ImU32 colour) {
    list_.PrimReserve(6, 4);
    list_.PrimRectUV(corner(x, y), corner(x + sprite.w, y + sprite.h), texel(sprite.x, sprite.y),
                     texel(sprite.x + sprite.w, sprite.y + sprite.h), colour);
  }

  const ImDrawData& data() {
    pointer_ = &list_;
    data_.CmdLists = &pointer_;
    data_.CmdListsCount = 1;
    data_.Valid = true;
    return data_;
  }

 private:
  static ImVec2 corner(int x, int y) { return {static_cast<float>(x), static_cast<float>(y)}; }
  static ImVec2 texel(int x, int y) {
    const auto side = static_cast<float>(device::Atlas::side);
    return {static_cast<float>(x) / side, static_cast<float>(y) / side};
  }

  ImDrawListSharedData shared_;
  ImDrawList list_;
  ImDrawList* pointer_ = nullptr;
  ImDrawData data_;
};

inline constexpr ImU32 white = IM_COL32(255, 255, 255, 255);
inline constexpr ImU32 red = IM_COL32(255, 0, 0, 255);
inline constexpr ImU32 blue = IM_COL32(0, 0, 255, 255);

}  // namespace test
