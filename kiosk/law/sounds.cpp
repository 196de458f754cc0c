#include "kiosk/law/sounds.h"

#include <algorithm>
#include <tuple>

#include "kiosk/law/characters.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;
using std::u32string_view;

constexpr std::size_t shortest_word = 2;
constexpr std::size_t longest_word = 4;
// How much more often than the typed a word must occur to be what was meant.
constexpr std::uint64_t clearly_more = 10;

std::string small_letters(string_view typed) {
  std::string letters;
  for (const char c : typed) {
    if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
    if (c >= 'a' && c <= 'z') letters += c;
  }
  return letters;
}

// How a character may be typed: "zhong", "zh", "z".
std::vector<string_view> spellings(char32_t character) {
  std::vector<string_view> ways;
  for (const string_view syllable : readings(character)) {
    ways.push_back(syllable);
    ways.push_back(syllable.substr(0, 1));
    if (syllable.size() > 2 && syllable[1] == 'h') ways.push_back(syllable.substr(0, 2));
  }
  return ways;
}

// Every way to pronounce the word, "chong qing" and "zhong qing"; none when a character is unknown.
std::vector<std::string> sounds(u32string_view word) {
  std::vector<std::string> all = {""};
  for (const char32_t character : word) {
    std::vector<std::string> longer;
    for (const std::string& begun : all) {
      for (const string_view syllable : readings(character)) {
        longer.push_back(begun + std::string(syllable) + ' ');
      }
    }
    all = std::move(longer);
  }
  return all;
}

}  // namespace

PinyinMatch match_pinyin(string_view name, string_view typed) {
  const std::string letters = small_letters(typed);
  if (letters.size() < 2) return PinyinMatch::none;
  std::vector<bool> reached(letters.size() + 1);  // by the characters so far
  reached[0] = true;
  bool begins = false;
  for (std::size_t place = 0; place < name.size();) {
    const auto ways = spellings(base::next_character(name, place));
    if (ways.empty()) continue;
    std::vector<bool> next(letters.size() + 1);
    for (std::size_t at = 0; at <= letters.size(); ++at) {
      if (!reached[at]) continue;
      const string_view rest = string_view(letters).substr(at);
      for (const string_view way : ways) {
        if (rest.starts_with(way)) next[at + way.size()] = true;
        begins = begins || way.starts_with(rest);
      }
    }
    reached = std::move(next);
    if (std::ranges::find(reached, true) == reached.end()) break;
  }
  if (reached[letters.size()]) return PinyinMatch::whole;
  return begins ? PinyinMatch::begins : PinyinMatch::none;
}

std::vector<std::size_t> names_by_pinyin(std::span<const std::string> names, string_view letters,
                                         std::size_t limit) {
  struct Found {
    bool whole;
    std::size_t place;
  };
  std::vector<Found> found;
  for (std::size_t place = 0; place < names.size(); ++place) {
    const PinyinMatch match = match_pinyin(names[place], letters);
    if (match != PinyinMatch::none) found.push_back({match == PinyinMatch::whole, place});
  }
  std::ranges::sort(found, {}, [&](const Found& each) {
    return std::tuple(!each.whole, names[each.place].size(), each.place);
  });
  std::vector<std::size_t> places;
  for (const Found& each : found) {
    if (places.size() < limit) places.push_back(each.place);
  }
  return places;
}

Homophones::Homophones(std::span<const std::string> words) {
  for (const std::string& word : words) {
    const std::u32string characters = base::decode_utf8(word);
    if (characters.size() < shortest_word || characters.size() > longest_word) continue;
    for (std::string& sound : sounds(characters)) entries_.push_back({std::move(sound), word});
    words_.push_back(word);
  }
  std::ranges::sort(entries_, {},
                    [](const Entry& each) { return std::tie(each.sound, each.word); });
  std::ranges::sort(words_);
}

bool Homophones::knows(u32string_view word) const {
  return std::ranges::binary_search(words_, base::encode_utf8(word));
}

// The most frequent word of the same sound; "" when none occurs often enough.
std::string Homophones::meant_by(u32string_view typed, const Occurrences& count,
                                 std::uint64_t at_least) const {
  std::string best;
  std::uint64_t most = 0;
  for (const std::string& sound : sounds(typed)) {
    for (const Entry& each : std::ranges::equal_range(entries_, sound, {}, &Entry::sound)) {
      const std::uint64_t occurs = count(each.word);
      if (occurs < at_least || occurs <= most) continue;
      most = occurs;
      best = each.word;
    }
  }
  return best;
}

std::vector<Slip> Homophones::slips(string_view query, const Occurrences& count) const {
  std::vector<Slip> found;
  const std::u32string text = base::decode_utf8(query);
  const u32string_view all = text;
  const auto occurs = [&](std::size_t at, std::size_t length) -> std::uint64_t {
    return at + length <= all.size() ? count(base::encode_utf8(all.substr(at, length))) : 0;
  };
  for (std::size_t at = 0; at < all.size();) {
    std::size_t step = 1;
    for (std::size_t length = longest_word; length >= shortest_word; --length) {
      if (at + length > all.size()) continue;
      const u32string_view typed = all.substr(at, length);
      if (knows(typed)) {
        step = length;
        break;
      }
      const std::uint64_t before = at > 0 ? occurs(at - 1, 2) : 0;
      const std::uint64_t rival =
          std::max({occurs(at, length), before, occurs(at + length - 1, 2)});
      std::string meant = meant_by(typed, count, std::max<std::uint64_t>(1, rival * clearly_more));
      if (meant.empty()) continue;
      found.push_back({base::encode_utf8(typed), std::move(meant)});
      step = length;
      break;
    }
    at += step;
  }
  return found;
}

std::string without_slips(string_view query, const std::vector<Slip>& slips) {
  std::string text(query);
  for (const Slip& each : slips) text = base::replace_all(text, each.typed, each.meant);
  return text;
}

}  // namespace law
