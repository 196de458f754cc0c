#include "kiosk/law/numerals.h"

#include <array>

#include "platform/base/text.h"

namespace law {
namespace {

constexpr int largest = 99'999;

std::optional<int> digit(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
  if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
  switch (c) {
    case U'〇':
    case U'零':
    case U'○': return 0;
    case U'一': return 1;
    case U'二':
    case U'两': return 2;
    case U'三': return 3;
    case U'四': return 4;
    case U'五': return 5;
    case U'六': return 6;
    case U'七': return 7;
    case U'八': return 8;
    case U'九': return 9;
    default: return std::nullopt;
  }
}

int unit(char32_t c) {
  switch (c) {
    case U'十': return 10;
    case U'百': return 100;
    case U'千': return 1'000;
    case U'万': return 10'000;
    default: return 0;
  }
}

}  // namespace

bool is_numeral(char32_t c) {
  return digit(c) || unit(c) > 0;
}

std::optional<int> parse_number(std::string_view text) {
  int total = 0;
  int pending = 0;
  bool counted = false;  // a unit has been read: from here a digit stands alone before its unit
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = base::next_character(text, at);
    if (const auto value = digit(c)) {
      pending = counted ? *value : pending * 10 + *value;
    } else if (unit(c) > 0) {
      total += (pending == 0 ? 1 : pending) * unit(c);
      pending = 0;
      counted = true;
    } else {
      return std::nullopt;
    }
    if (total + pending > largest) return std::nullopt;
  }
  if (text.empty()) return std::nullopt;
  return total + pending;
}

std::string chinese_number(int number) {
  constexpr std::array digits{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  constexpr std::array<std::pair<int, const char*>, 4> units{
      {{1'000, "千"}, {100, "百"}, {10, "十"}, {1, ""}}};
  std::string text;
  bool gap = false;
  for (const auto& [value, name] : units) {
    const int count = number / value % 10;
    if (count == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap) text += digits[0];
    gap = false;
    const bool plain_ten = value == 10 && count == 1 && text.empty();
    if (!plain_ten) text += digits[static_cast<std::size_t>(count)];
    text += name;
  }
  return text;
}

}  // namespace law
