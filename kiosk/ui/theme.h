// Colours by role and the table of type and space (design: paper, ink and one deep blue-green).
// Sizes in u. Knows no widget. Contrast of every pair that carries text is proven in
// tests/kiosk/ui/theme_test.cpp (WCAG 2.1 relative luminance; text 4.5, parts 3).
#pragma once

#include <cstdint>
#include <string_view>

namespace ui {

using Color = std::uint32_t;  // 0xAABBGGRR, as Dear ImGui packs it

constexpr Color rgb(std::uint32_t hex) {
  return 0xFF000000U | (hex & 0xFFU) << 16U | (hex & 0xFF00U) | hex >> 16U;
}

struct Palette {
  Color bg, surface, sunken, ink, ink2, line, edge;
  Color primary, primary_edge, primary_press, on_primary, on_primary2;
  Color tint, on_tint;
  Color attn, attn_tint, on_attn;
  Color ok, ok_tint, err, err_tint;
  Color focus, mark, bar, on_bar;
  float control_border;  // u
};

enum class Theme { day, dusk, high_contrast };

const Palette& palette(Theme theme);

// Type, in u.
namespace type {
inline constexpr float number = 184, h1 = 56, question = 46, card = 34, tile = 38, button = 30;
inline constexpr float read = 34, body = 26, caption = 22;
}  // namespace type

// Space and shape, in u.
namespace space {
inline constexpr float gap = 16, group = 28, ledge = 6, hero_ledge = 10;
inline constexpr float radius_chip = 8, radius_key = 12, radius_button = 14, radius_card = 20,
                       radius_hero = 24;
inline constexpr float state_bar = 76, head = 146, action_bar = 140, target = 72, row = 112;
}  // namespace space

}  // namespace ui
