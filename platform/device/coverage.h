// A small picture of coverage on its way into the Atlas. Internal to platform/device.
#pragma once

#include <cstddef>
#include <cstdint>

namespace device {

// Borrowed texels: 0 = no ink, 255 = all ink; `pitch` texels from a row to the next. The place is
// that of Sprite: from the pen on the baseline, or from the box's corner, to the upper left texel.
struct Coverage {
  const std::uint8_t* texels = nullptr;
  std::ptrdiff_t pitch = 0;
  int width = 0;
  int height = 0;
  int left = 0;
  int top = 0;
};

}  // namespace device
