// Which keys the keyboard has and where they stand: tables, and the arithmetic that spreads them
// over an area. Pure: draws nothing, knows no field and no visitor. Lengths in u.
//
//   row    := cap { " " cap }
//   cap    := one character (what it types) | a name of named_caps
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "kiosk/ui/area.h"

namespace input {

// What a field takes.
enum class Kind {
  text,
  digits,
  phone,  // digits and the dash of an area code
  code,   // the letters and digits of a case code (kiosk/wire/case_code.h)
};

// The tabs of a text field.
enum class Mode { pinyin, abc, digits, symbols };

// A cap that is no character. `words` is a text key: on the cap where there is no icon, and read
// out in any case. Empty for "finish", whose words are the screen's, and for blanks.
struct NamedCap {
  std::string_view name;
  float weight;  // width, where a character has 1
  std::string_view icon;
  std::string_view words;
};

inline constexpr std::array named_caps = std::to_array<NamedCap>({
    {"shift", 1.4F, "shift", "keyboard.shift"},
    {"backspace", 1.4F, "backspace", "keyboard.backspace"},
    {"space", 3.6F, "", "keyboard.space"},
    {"finish", 2.4F, "", ""},
    {"half", 0.45F, "", ""},  // blank
    {"blank", 1.0F, "", ""},
    {"pinyin", 1.3F, "keyboard", "keyboard.pinyin"},
    {"abc", 1.3F, "", "keyboard.abc"},
    {"digits", 1.3F, "", "keyboard.digits"},
    {"symbols", 1.3F, "", "keyboard.symbols"},
});
const NamedCap* named_cap(std::string_view name);

// In the order they stand. Handwriting and strokes get their seats here.
struct Tab {
  std::string_view name;
  Mode mode;
};
inline constexpr std::array tabs = std::to_array<Tab>({
    {"pinyin", Mode::pinyin},
    {"abc", Mode::abc},
    {"digits", Mode::digits},
    {"symbols", Mode::symbols},
});

struct Layout {
  std::span<const std::string_view> rows;
  bool even = false;  // every cap as wide as the next
  float width = 0;    // 0: all there is; else in the middle
};
const Layout& layout(Kind kind, Mode mode);

struct Cap {
  std::string_view name;
  ui::Area area;
  std::size_t row = 0;
};
// Blanks are left out. `before_last` are caps to set before the last row's own.
std::vector<Cap> spread(const Layout& layout, ui::Area area, float gap,
                        std::span<const std::string_view> before_last);

// The cap a character of a real keyboard stands for, small letters raised where there are only
// capitals; empty when the layout has none.
std::string_view cap_of(const Layout& layout, char32_t character);

// Seats for things of these widths, line by line in a grid: each takes as many columns as it
// needs. As many seats as fit.
std::vector<ui::Area> seats(std::span<const float> widths, ui::Area area, int columns, int lines,
                            float gap);

}  // namespace input
