#include "kiosk/ui/painter.h"

#include <imgui/imgui.h>

#include <algorithm>
#include <cmath>

#include "platform/base/text.h"

namespace ui {
namespace {

constexpr float texel = 1.0F / device::Atlas::side;

ImVec2 point(int x, int y) {
  return {static_cast<float>(x), static_cast<float>(y)};
}

}  // namespace

Painter::Pixels Painter::pixels(Area area) const {
  const float scale = metrics_->scale();
  const auto px = [scale](float u) { return static_cast<int>(std::lround(u * scale)); };
  return {px(area.x), px(area.y), px(area.right()), px(area.bottom())};
}

void Painter::quad(Pixels place, Color color) {
  if (place.x0 >= place.x1 || place.y0 >= place.y1) return;
  const ImVec2 white{device::Atlas::white_uv, device::Atlas::white_uv};
  list_->PrimReserve(6, 4);
  list_->PrimRectUV(point(place.x0, place.y0), point(place.x1, place.y1), white, white, color);
}

void Painter::sprite(int x, int y, const device::Sprite& sprite, Color color) {
  if (sprite.w == 0 || sprite.h == 0) return;
  x += sprite.left;
  y += sprite.top;
  list_->PrimReserve(6, 4);
  list_->PrimRectUV(point(x, y), point(x + sprite.w, y + sprite.h),
                    {static_cast<float>(sprite.x) * texel, static_cast<float>(sprite.y) * texel},
                    {static_cast<float>(sprite.x + sprite.w) * texel,
                     static_cast<float>(sprite.y + sprite.h) * texel},
                    color);
}

void Painter::fill(Area area, Color color) {
  quad(pixels(area), color);
}

void Painter::fill_rounded(Area area, float radius, Color color) {
  const Pixels box = pixels(area);
  const int r = std::min({metrics_->px(radius), (box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2});
  if (r < 1) {
    quad(box, color);
    return;
  }
  quad({box.x0 + r, box.y0, box.x1 - r, box.y0 + r}, color);
  quad({box.x0, box.y0 + r, box.x1, box.y1 - r}, color);
  quad({box.x0 + r, box.y1 - r, box.x1 - r, box.y1}, color);
  const device::Sprite disc = atlas_->disc(r);
  device::Sprite quarter = disc;
  quarter.w = quarter.h = r;
  const auto corner = [&](int x, int y, bool right, bool lower) {
    quarter.x = disc.x + (right ? r : 0);
    quarter.y = disc.y + (lower ? r : 0);
    sprite(x, y, quarter, color);
  };
  corner(box.x0, box.y0, false, false);
  corner(box.x1 - r, box.y0, true, false);
  corner(box.x0, box.y1 - r, false, true);
  corner(box.x1 - r, box.y1 - r, true, true);
}

void Painter::ring(Area area, float radius, float thickness, Color color, Color inner) {
  fill_rounded(area, radius, color);
  fill_rounded(area.inset(thickness, thickness), std::max(0.0F, radius - thickness), inner);
}

void Painter::icon(Area box, std::string_view name, float size, Color color) {
  const int px = std::max(metrics_->px(size), 8);
  const Pixels place = pixels(box);
  // The sprite goes into the texture now, so that a copy of its place stays valid.
  const device::Sprite drawn = atlas_->icon(name, px);
  sprite(place.x0 + (place.x1 - place.x0 - px) / 2, place.y0 + (place.y1 - place.y0 - px) / 2,
         drawn, color);
}

void Painter::dashes(float x, float y, float width, Color color) {
  constexpr float dash = 7;
  constexpr float gap = 5;
  for (float at = 0; at < width; at += dash + gap) {
    fill({x + at, y, std::min(dash, width - at), 2}, color);
  }
}

float Painter::advance(std::string_view text, float size, Weight weight) const {
  const int px = metrics_->text_px(size);
  float width = 0;
  for (std::size_t at = 0; at < text.size();) {
    width += atlas_->advance(base::next_character(text, at), weight, px);
  }
  return width / metrics_->scale();
}

float Painter::line_height(const TextStyle& style) const {
  return static_cast<float>(metrics_->text_px(style.size)) / metrics_->scale() * style.line;
}

TextBlock Painter::layout(std::string_view text, const TextStyle& style, float width) const {
  const int px = metrics_->text_px(style.size);
  const float scale = metrics_->scale();
  const auto advance_px = [this, px, &style](char32_t c) {
    return atlas_->advance(c, style.weight, px);
  };
  TextBlock block;
  // A pixel of grace: what was measured to fit must not wrap by rounding.
  block.lines = break_lines(text, width * scale + 1, advance_px);
  for (Line& each : block.lines) {
    each.width /= scale;
    block.width = std::max(block.width, each.width);
  }
  std::size_t shown = block.lines.size();
  if (style.max_lines > 0) shown = std::min(shown, static_cast<std::size_t>(style.max_lines));
  block.height = static_cast<float>(shown) * line_height(style);
  return block;
}

void Painter::line(float x, float y, std::string_view text, const TextStyle& style) {
  const int px = metrics_->text_px(style.size);
  const float scale = metrics_->scale();
  const float leading = static_cast<float>(px) * (style.line - 1) / 2;
  const int baseline = static_cast<int>(std::lround(y * scale + leading)) + device::ascent(px);
  float pen = std::round(x * scale);
  for (std::size_t at = 0; at < text.size();) {
    const device::Sprite& glyph = atlas_->glyph(base::next_character(text, at), style.weight, px);
    sprite(static_cast<int>(std::lround(pen)), baseline, glyph, style.color);
    pen += glyph.advance;
  }
}

void Painter::block(float x, float y, float width, std::string_view text, const TextBlock& block,
                    const TextStyle& style) {
  const float step = line_height(style);
  std::size_t shown = block.lines.size();
  if (style.max_lines > 0) shown = std::min(shown, static_cast<std::size_t>(style.max_lines));
  for (std::size_t i = 0; i < shown; ++i) {
    const Line& each = block.lines[i];
    const bool cut = i + 1 == shown && shown < block.lines.size();
    const float free = width - each.width;
    const float shift = style.align == Align::left     ? 0
                        : style.align == Align::center ? free / 2
                                                       : free;
    std::string_view shown_text = text.substr(each.begin, each.end - each.begin);
    if (!cut) {
      line(x + shift, y, shown_text, style);
    } else {
      shown_text = shown_text.substr(0, base::previous_boundary(shown_text, shown_text.size()));
      line(x + shift, y, std::string(shown_text) + "…", style);
    }
    y += step;
  }
}

}  // namespace ui
