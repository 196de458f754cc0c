#include "kiosk/law/characters.h"

#include <algorithm>

#include "kiosk/law/character_tables.h"
#include "platform/base/text.h"

namespace law {

std::string simplified(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t character = base::next_character(text, at);
    const auto variants = variant_table();
    const auto found = std::ranges::lower_bound(variants, character, {}, &Variant::traditional);
    if (found != variants.end() && found->traditional == character) {
      base::append_utf8(result, found->simplified);
    } else {
      result += text.substr(begin, at - begin);
    }
  }
  return result;
}

std::vector<std::string_view> readings(char32_t character) {
  std::vector<std::string_view> syllables;
  for (const Reading& each :
       std::ranges::equal_range(reading_table(), character, {}, &Reading::character)) {
    syllables.push_back(syllable_table()[each.syllable]);
  }
  return syllables;
}

}  // namespace law
