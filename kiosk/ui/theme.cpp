#include "kiosk/ui/theme.h"

namespace ui {
namespace {

constexpr Palette day{.bg = rgb(0xF3F1EC),
                      .surface = rgb(0xFFFFFF),
                      .sunken = rgb(0xE8E5DD),
                      .ink = rgb(0x1B2426),
                      .ink2 = rgb(0x4A5659),
                      .line = rgb(0xD6D2C8),
                      .edge = rgb(0x717C7E),
                      .primary = rgb(0x12505B),
                      .primary_edge = rgb(0x08323A),
                      .primary_press = rgb(0x0C3F48),
                      .on_primary = rgb(0xFFFFFF),
                      .on_primary2 = rgb(0xD2E6E8),
                      .tint = rgb(0xDDEAEA),
                      .on_tint = rgb(0x12505B),
                      .attn = rgb(0x8A5A00),
                      .attn_tint = rgb(0xF8E9C8),
                      .on_attn = rgb(0x6B4500),
                      .ok = rgb(0x1E6B3C),
                      .ok_tint = rgb(0xE0F0E4),
                      .err = rgb(0xA8261C),
                      .err_tint = rgb(0xFBE4E0),
                      .focus = rgb(0xC2410C),
                      .mark = rgb(0xFFE08A),
                      .bar = rgb(0x1B2426),
                      .on_bar = rgb(0xFFFFFF),
                      .control_border = 2};

constexpr Palette dusk{.bg = rgb(0x141C1F),
                       .surface = rgb(0x1F2A2E),
                       .sunken = rgb(0x0D1315),
                       .ink = rgb(0xEEF2F1),
                       .ink2 = rgb(0xB5C0C2),
                       .line = rgb(0x354347),
                       .edge = rgb(0x7F8D91),
                       .primary = rgb(0x8FD0D6),
                       .primary_edge = rgb(0x4E8F96),
                       .primary_press = rgb(0x6FB7BE),
                       .on_primary = rgb(0x07252A),
                       .on_primary2 = rgb(0x123A40),
                       .tint = rgb(0x1D3B41),
                       .on_tint = rgb(0xA9DDE2),
                       .attn = rgb(0xF0C268),
                       .attn_tint = rgb(0x3B2F14),
                       .on_attn = rgb(0xF6D68F),
                       .ok = rgb(0x86D3A1),
                       .ok_tint = rgb(0x15331F),
                       .err = rgb(0xFFA499),
                       .err_tint = rgb(0x43201C),
                       .focus = rgb(0xFFB067),
                       .mark = rgb(0x6B5310),
                       .bar = rgb(0x0D1315),
                       .on_bar = rgb(0xEEF2F1),
                       .control_border = 2};

constexpr Palette high_contrast{.bg = rgb(0x000000),
                                .surface = rgb(0x000000),
                                .sunken = rgb(0x1A1A1A),
                                .ink = rgb(0xFFFFFF),
                                .ink2 = rgb(0xFFFFFF),
                                .line = rgb(0x8C8C8C),
                                .edge = rgb(0xFFFFFF),
                                .primary = rgb(0xFFE100),
                                .primary_edge = rgb(0xA39000),
                                .primary_press = rgb(0xFFFFFF),
                                .on_primary = rgb(0x000000),
                                .on_primary2 = rgb(0x000000),
                                .tint = rgb(0x262600),
                                .on_tint = rgb(0xFFE100),
                                .attn = rgb(0xFFE100),
                                .attn_tint = rgb(0x262600),
                                .on_attn = rgb(0xFFE100),
                                .ok = rgb(0x7CFF9B),
                                .ok_tint = rgb(0x00240B),
                                .err = rgb(0xFF9C8F),
                                .err_tint = rgb(0x3A0500),
                                .focus = rgb(0x4DE3FF),
                                .mark = rgb(0x5A5000),
                                .bar = rgb(0x000000),
                                .on_bar = rgb(0xFFFFFF),
                                .control_border = 4};

}  // namespace

const Palette& palette(Theme theme) {
  switch (theme) {
    case Theme::day: return day;
    case Theme::dusk: return dusk;
    case Theme::high_contrast: return high_contrast;
  }
  return day;
}

}  // namespace ui
