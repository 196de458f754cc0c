// Contrast of every pair that carries words or marks a control (look: Colour roles), by WCAG 2.1:
// relative luminance, (lighter + 0.05) / (darker + 0.05); words need 4.5, parts 3.
#include "kiosk/ui/theme.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace {

double channel(ui::Color color, unsigned shift) {
  const double value = ((color >> shift) & 0xFFU) / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(ui::Color color) {
  return 0.2126 * channel(color, 0) + 0.7152 * channel(color, 8) + 0.0722 * channel(color, 16);
}

double contrast(ui::Color one, ui::Color other) {
  const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
  return (lighter + 0.05) / (darker + 0.05);
}

struct Pair {
  const char* name;
  ui::Color ui::Palette::* front;
  ui::Color ui::Palette::* back;
  double needs;
};

using P = ui::Palette;
constexpr double words = 4.5;
constexpr double parts = 3;
constexpr auto pairs = std::to_array<Pair>({
    {"ink on bg", &P::ink, &P::bg, words},
    {"ink on surface", &P::ink, &P::surface, words},
    {"ink2 on bg", &P::ink2, &P::bg, words},
    {"ink2 on surface", &P::ink2, &P::surface, words},
    {"ink2 on sunken", &P::ink2, &P::sunken, words},
    {"ink on sunken", &P::ink, &P::sunken, words},
    {"ink on mark", &P::ink, &P::mark, words},
    {"on-primary on primary", &P::on_primary, &P::primary, words},
    {"on-primary2 on primary", &P::on_primary2, &P::primary, words},
    {"on-primary on primary-press", &P::on_primary, &P::primary_press, words},
    {"on-tint on tint", &P::on_tint, &P::tint, words},
    {"on-tint on bg", &P::on_tint, &P::bg, words},
    {"on-tint on surface", &P::on_tint, &P::surface, words},
    {"on-attn on attn-tint", &P::on_attn, &P::attn_tint, words},
    {"ok on ok-tint", &P::ok, &P::ok_tint, words},
    {"ok on surface", &P::ok, &P::surface, words},
    {"ok on bg", &P::ok, &P::bg, words},
    {"err on err-tint", &P::err, &P::err_tint, words},
    {"err on bg", &P::err, &P::bg, words},
    {"on-bar on bar", &P::on_bar, &P::bar, words},
    {"edge on bg", &P::edge, &P::bg, parts},
    {"edge on surface", &P::edge, &P::surface, parts},
    {"edge on sunken", &P::edge, &P::sunken, parts},
    {"primary on bg", &P::primary, &P::bg, parts},
    {"primary on tint", &P::primary, &P::tint, parts},
    {"attn on attn-tint", &P::attn, &P::attn_tint, parts},
    {"attn on sunken", &P::attn, &P::sunken, parts},
    {"err on surface", &P::err, &P::surface, parts},
    {"focus on bg", &P::focus, &P::bg, parts},
    {"focus on surface", &P::focus, &P::surface, parts},
    {"focus on sunken", &P::focus, &P::sunken, parts},
});

}  // namespace

TEST_CASE("black on white is 21 to 1, as WCAG defines it") {
  CHECK(contrast(ui::rgb(0x000000), ui::rgb(0xFFFFFF)) == doctest::Approx(21));
  CHECK(contrast(ui::rgb(0x777777), ui::rgb(0xFFFFFF)) == doctest::Approx(4.48).epsilon(0.001));
}

TEST_CASE("every pair of colours can be told apart by day, at dusk and in high contrast") {
  for (const ui::Theme theme : {ui::Theme::day, ui::Theme::dusk, ui::Theme::high_contrast}) {
    for (const Pair& each : pairs) {
      const std::string name = each.name;
      CAPTURE(name);
      CAPTURE(static_cast<int>(theme));
      const ui::Palette& colors = ui::palette(theme);
      CHECK(contrast(colors.*each.front, colors.*each.back) >= each.needs);
    }
  }
}
