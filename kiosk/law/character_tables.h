// The tables of Han characters behind characters.h, written while building by
// kiosk/law/make-characters from Debian's opencc and rime-data-luna-pinyin. 90 KB, read-only
// and shared. Knows nothing of laws.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace law {

struct Variant {
  char32_t traditional;
  char32_t simplified;
};
// Ascending by `traditional`, each once.
std::span<const Variant> variant_table();

struct Reading {
  char32_t character;
  std::uint16_t syllable;  // into syllable_table()
};
// Ascending by `character`, once for each of its readings.
std::span<const Reading> reading_table();

// "fa", "lv": without tones, ü written v.
std::span<const std::string_view> syllable_table();

}  // namespace law
