// Draws icons as coverage with a round pen, by FreeType's stroker. Knows no texture and no colour.
// Internal to platform/device: screens ask the Atlas.
#pragma once

#include <memory>

#include "platform/base/result.h"
#include "platform/device/coverage.h"
#include "platform/device/icon.h"

namespace device {

class IconPen {
 public:
  // device: "no_font" when FreeType, whose stroker this is, does not start.
  static base::Result<IconPen> open();
  IconPen(IconPen&&) noexcept;
  IconPen& operator=(IconPen&&) noexcept;
  ~IconPen();

  // The icon in a box of px × px, the pen `stroke` units of the grid wide. Valid until the next
  // call.
  Coverage draw(const Icon& icon, int px, float stroke);

 private:
  struct State;
  explicit IconPen(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace device
