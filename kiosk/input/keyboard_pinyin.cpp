#include "kiosk/input/keyboard_pinyin.h"

#include <algorithm>

namespace input {

std::string PinyinComposer::letters() const {
  Pinyin::Composition composition = pinyin_.composition();
  // Chosen words stand in the preedit in their own characters.
  const bool chosen = std::ranges::any_of(
      composition.preedit, [](char each) { return static_cast<unsigned char>(each) > 0x7f; });
  return chosen ? std::string() : std::move(composition.typed);
}

std::vector<std::string> PinyinComposer::candidates(std::size_t from, std::size_t count) const {
  std::vector<std::string> texts;
  std::size_t skip = from % Pinyin::page_size;
  for (std::size_t page = from / Pinyin::page_size; texts.size() < count; ++page) {
    const Pinyin::Candidates found = pinyin_.candidates(page);
    for (std::size_t i = skip; i < found.texts.size() && texts.size() < count; ++i) {
      texts.push_back(found.texts[i]);
    }
    if (!found.has_more) break;
    skip = 0;
  }
  return texts;
}

}  // namespace input
