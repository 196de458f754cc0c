// What ImGui's draw lists consist of once read: plain rectangles, sprites and triangles, clipped
// and in drawing order. Internal to platform/device: raster.h is the face.
#pragma once

#include <imgui/imgui.h>

#include <array>
#include <cstdint>
#include <vector>

#include "platform/device/canvas.h"

namespace device {

struct Colour {
  std::uint32_t rgb;    // 0x00RRGGBB
  std::uint32_t alpha;  // 0 to 255
};

Colour colour_of(ImU32 packed);

inline bool same(const ImVec2& a, const ImVec2& b) {
  return a.x == b.x && a.y == b.y;
}

// A plain rectangle, a rectangle of texels one to a pixel, or a triangle.
struct Primitive {
  enum class Kind : std::uint8_t { fill, sprite, triangle };
  Kind kind;
  Colour colour;
  Rect bounds;                                // clipped
  int texel_x = 0, texel_y = 0;               // of a sprite: texel = pixel + this
  std::array<const ImDrawVert*, 3> corner{};  // of a triangle

  [[nodiscard]] bool hides(const Rect& place) const {
    return kind == Kind::fill && colour.alpha == 255 && bounds.contains(place);
  }
};

// Replaces `primitives` by those of the frame that are to be seen on the screen. They point into
// the frame's vertices.
void read_primitives(const ImDrawData& frame, Size screen, std::vector<Primitive>& primitives);

}  // namespace device
