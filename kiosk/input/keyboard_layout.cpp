#include "kiosk/input/keyboard_layout.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "platform/base/text.h"

namespace input {
namespace {

using Rows = std::array<std::string_view, 5>;

constexpr std::string_view letters_1 = "q w e r t y u i o p";
constexpr std::string_view letters_2 = "half a s d f g h j k l half";
constexpr std::string_view letters_3 = "shift z x c v b n m backspace";
constexpr std::string_view figures = "1 2 3 4 5 6 7 8 9 0";

// While pinyin is being composed the candidates stand where the first row is.
constexpr Rows pinyin_rows = {figures, letters_1, letters_2, letters_3, "， space 。 finish"};
constexpr Rows abc_rows = {figures, letters_1, letters_2, letters_3, ", space . finish"};
constexpr Rows digits_rows = {"1 2 3 -", "4 5 6 /", "7 8 9 :", ". 0 , backspace", "space finish"};
constexpr Rows symbols_rows = {"， 。 、 ？ ！ ： ； … — ·", "“ ” ‘ ’ （ ） 《 》 【 】",
                               "@ . - _ / : + # & =", "¥ $ % * ~ ' \" ( ) backspace",
                               "space finish"};
// A field of digits alone: a pad of keys as large as the hand knows them from a till.
constexpr Rows pad_rows = {"1 2 3", "4 5 6", "7 8 9", "blank 0 backspace", "finish"};
constexpr Rows phone_rows = {"1 2 3", "4 5 6", "7 8 9", "- 0 backspace", "finish"};
// In the order of the alphabet, without I, L, O and U, which no case code has.
constexpr std::array<std::string_view, 4> code_rows = {
    figures, "A B C D E F G H J K", "M N P Q R S T V W X", "Y Z - backspace finish"};

constexpr float pad_width = 620;
constexpr Layout pinyin_layout{pinyin_rows};
constexpr Layout abc_layout{abc_rows};
constexpr Layout digits_layout{digits_rows, true};
constexpr Layout symbols_layout{symbols_rows};
constexpr Layout pad_layout{pad_rows, true, pad_width};
constexpr Layout phone_layout{phone_rows, true, pad_width};
constexpr Layout code_layout{code_rows};

bool is_blank(std::string_view name) {
  return name == "half" || name == "blank";
}

float weight(const Layout& layout, std::string_view name) {
  const NamedCap* named = named_cap(name);
  return named == nullptr || layout.even ? 1 : named->weight;
}

}  // namespace

const NamedCap* named_cap(std::string_view name) {
  const auto found = std::ranges::find(named_caps, name, &NamedCap::name);
  return found == named_caps.end() ? nullptr : &*found;
}

const Layout& layout(Kind kind, Mode mode) {
  switch (kind) {
    case Kind::digits: return pad_layout;
    case Kind::phone: return phone_layout;
    case Kind::code: return code_layout;
    case Kind::text: break;
  }
  switch (mode) {
    case Mode::pinyin: return pinyin_layout;
    case Mode::digits: return digits_layout;
    case Mode::symbols: return symbols_layout;
    case Mode::abc: break;
  }
  return abc_layout;
}

std::vector<Cap> spread(const Layout& layout, ui::Area area, float gap,
                        std::span<const std::string_view> before_last) {
  if (layout.width > 0) area = area.centered(std::min(layout.width, area.w), area.h);
  const auto count = static_cast<float>(layout.rows.size());
  const float height = (area.h - gap * (count - 1)) / count;
  std::vector<Cap> caps;
  for (std::size_t row = 0; row < layout.rows.size(); ++row) {
    std::vector<std::string_view> names;
    if (row + 1 == layout.rows.size()) names.assign(before_last.begin(), before_last.end());
    for (const std::string_view name : base::split(layout.rows[row], ' ')) names.push_back(name);
    std::vector<float> weights;
    for (const std::string_view name : names) weights.push_back(weight(layout, name));
    const std::vector<ui::Area> places = area.take_top(height, gap).columns(weights, gap);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!is_blank(names[i])) caps.push_back({names[i], places[i], row});
    }
  }
  return caps;
}

std::string_view cap_of(const Layout& layout, char32_t character) {
  if (character >= U'a' && character <= U'z') character -= U'a' - U'A';
  std::string wanted;
  base::append_utf8(wanted, character);
  for (const std::string_view row : layout.rows) {
    for (const std::string_view name : base::split(row, ' ')) {
      if (name == wanted) return name;
    }
  }
  return {};
}

std::vector<ui::Area> seats(std::span<const float> widths, ui::Area area, int columns, int lines,
                            float gap) {
  const float column = (area.w + gap) / static_cast<float>(columns);
  const float line = (area.h + gap) / static_cast<float>(lines);
  std::vector<ui::Area> places;
  int at = 0;
  int on = 0;
  for (const float width : widths) {
    const int span = std::clamp(static_cast<int>(std::ceil((width + gap) / column)), 1, columns);
    if (at + span > columns) at = 0, ++on;
    if (on == lines) break;
    places.push_back({area.x + static_cast<float>(at) * column,
                      area.y + static_cast<float>(on) * line,
                      static_cast<float>(span) * column - gap, line - gap});
    at += span;
  }
  return places;
}

}  // namespace input
