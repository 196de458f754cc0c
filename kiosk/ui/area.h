// A rectangle in u that layouts cut pieces from. Pure.
#pragma once

#include <algorithm>
#include <vector>

namespace ui {

struct Area {
  float x = 0, y = 0, w = 0, h = 0;

  [[nodiscard]] float right() const { return x + w; }
  [[nodiscard]] float bottom() const { return y + h; }
  [[nodiscard]] float center_x() const { return x + w / 2; }
  [[nodiscard]] float center_y() const { return y + h / 2; }
  [[nodiscard]] bool contains(float px, float py) const {
    return px >= x && px < right() && py >= y && py < bottom();
  }

  // Each cut takes a strip off this area, and a gap behind it, and returns the strip.
  Area take_top(float height, float gap = 0) {
    const Area strip{x, y, w, std::min(height, h)};
    const float used = std::min(height + gap, h);
    y += used, h -= used;
    return strip;
  }
  Area take_bottom(float height, float gap = 0) {
    const float taken = std::min(height, h);
    const Area strip{x, bottom() - taken, w, taken};
    h -= std::min(height + gap, h);
    return strip;
  }
  Area take_left(float width, float gap = 0) {
    const Area strip{x, y, std::min(width, w), h};
    const float used = std::min(width + gap, w);
    x += used, w -= used;
    return strip;
  }
  Area take_right(float width, float gap = 0) {
    const float taken = std::min(width, w);
    const Area strip{right() - taken, y, taken, h};
    w -= std::min(width + gap, w);
    return strip;
  }
  [[nodiscard]] Area inset(float dx, float dy) const {
    return {x + dx, y + dy, w - 2 * dx, h - 2 * dy};
  }
  [[nodiscard]] Area moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
  // A piece of that size in the middle.
  [[nodiscard]] Area centered(float width, float height) const {
    return {x + (w - width) / 2, y + (h - height) / 2, width, height};
  }
  // Columns whose widths are in the given proportions.
  [[nodiscard]] std::vector<Area> columns(const std::vector<float>& weights, float gap) const {
    float sum = 0;
    for (const float weight : weights) sum += weight;
    const float free = w - gap * static_cast<float>(weights.size() - 1);
    std::vector<Area> parts;
    float at = x;
    for (const float weight : weights) {
      parts.push_back({at, y, free * weight / sum, h});
      at += parts.back().w + gap;
    }
    return parts;
  }
  // The n-th cell of a grid filled row by row.
  [[nodiscard]] Area cell(int index, int per_row, float height, float gap) const {
    const float width = (w - gap * static_cast<float>(per_row - 1)) / static_cast<float>(per_row);
    const auto column = static_cast<float>(index % per_row);
    const auto line = static_cast<float>(index / per_row);
    return {x + column * (width + gap), y + line * (height + gap), width, height};
  }
};

// Height of `count` cells laid out by Area::cell.
inline float grid_height(int count, int per_row, float height, float gap) {
  const int lines = (count + per_row - 1) / per_row;
  return lines == 0 ? 0 : static_cast<float>(lines) * (height + gap) - gap;
}

}  // namespace ui
