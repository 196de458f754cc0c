// Puts primitives into a canvas. Internal to platform/device: raster.h is the face.
#pragma once

#include <cstddef>
#include <cstdint>

#include "platform/device/atlas.h"
#include "platform/device/canvas.h"
#include "platform/device/primitive.h"

namespace device {

// The texels of an Atlas, borrowed for one frame.
struct Texture {
  const std::uint8_t* texels;

  [[nodiscard]] const std::uint8_t* at(int x, int y) const {
    return texels + static_cast<std::ptrdiff_t>(y) * Atlas::side + x;
  }
};

// Draws what lies inside `place`. A pixel comes out the same whatever place it is drawn for.
void paint(const Primitive& primitive, const Rect& place, const Texture& texture, Canvas& canvas);

}  // namespace device
