#include "kiosk/ui/metrics.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double mm_per_inch = 25.4;
constexpr double px_per_u_and_ppi = 0.01225;  // 0.311 mm / 25.4 mm
constexpr double reference_cm = 70.0;
constexpr double text_floor_mm = 6.6;  // em whose capital I is 4.8 mm high
constexpr int text_floor_px = 20;
constexpr double widest_short_side = 1200.0;
constexpr double reference_short_side = 1080.0;
constexpr double reference_long_side = 1920.0;
constexpr float compact_below = 960.0F;
constexpr float refused_below = 860.0F;

}  // namespace

Metrics::Metrics(const Display& display) {
  const double short_px = std::min(display.width_px, display.height_px);
  double scale = 0;
  if (display.preview) {
    const double long_px = std::max(display.width_px, display.height_px);
    scale = std::min(short_px / reference_short_side, long_px / reference_long_side);
  } else {
    const double ppi = std::hypot(display.width_px, display.height_px) / display.diagonal_inch;
    scale = std::max(ppi * px_per_u_and_ppi * display.viewing_cm / reference_cm,
                     short_px / widest_short_side);
    const int floor_px = static_cast<int>(std::ceil(text_floor_mm * ppi / mm_per_inch));
    text_floor_px_ = std::max(floor_px, text_floor_px);
  }
  scale_ = static_cast<float>(scale);
  width_ = static_cast<float>(display.width_px / scale);
  height_ = static_cast<float>(display.height_px / scale);
}

bool Metrics::compact() const {
  return std::min(width_, height_) < compact_below;
}

bool Metrics::usable() const {
  return std::min(width_, height_) >= refused_below;
}

float Metrics::bottom_bar() const {
  if (portrait()) return 120;
  return compact() ? 96 : 110;
}

int Metrics::px(float u) const {
  return static_cast<int>(std::lround(u * scale_));
}

int Metrics::text_px(float u) const {
  const int size = std::max({px(u), text_floor_px_, 1});
  return size + size % 2;
}

}  // namespace ui
