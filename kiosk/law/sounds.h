// What was typed by its sound: names of laws by pinyin letters ("ldhtf"), and words that a pinyin
// keyboard wrote with the wrong characters (压金 for 押金). Pure; how often a word occurs in the
// library is asked of the caller.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace law {

enum class PinyinMatch { none, begins, whole };

// Whether the letters are the pinyin of the name, each character by its first letter, by zh, ch, sh
// or by its syllable: "ldhtf", "laodonghetongfa", "laodonghtf". `begins`: of a part from the start,
// the last syllable perhaps unfinished. Capitals, blanks and "'" in the letters do not count, signs
// and Latin letters of the name neither. Fewer than two letters match nothing.
PinyinMatch match_pinyin(std::string_view name, std::string_view letters);

// Places in `names` of those the letters match, whole ones first, then shorter before longer. About
// 1 ms for 3,400 names.
std::vector<std::size_t> names_by_pinyin(std::span<const std::string> names,
                                         std::string_view letters, std::size_t limit);

// How often the library has a word; a caller with an index of pairs may give the lowest count among
// the pairs of a longer word.
using Occurrences = std::function<std::uint64_t(std::string_view word)>;

struct Slip {
  std::string typed;
  std::string meant;
  bool operator==(const Slip&) const = default;
};

// Words that people mean, found by their sound.
class Homophones {
 public:
  // Words of two to four Han characters; others are left out.
  explicit Homophones(std::span<const std::string> words);

  // What in the query sounds like one of the words but is written otherwise, in order. Only where
  // the library speaks for it: the word ten times as often as what was typed, and as the pairs that
  // what was typed makes with its neighbours (提供资料 holds no 工资). Of 1,235 questions without a
  // slip 8 still had a rare word taken for one (古董 for 股东): look for both, do not replace.
  [[nodiscard]] std::vector<Slip> slips(std::string_view query, const Occurrences& count) const;

 private:
  struct Entry {
    std::string sound;  // "ya jin"
    std::string word;
  };
  [[nodiscard]] std::string meant_by(std::u32string_view typed, const Occurrences& count,
                                     std::uint64_t at_least) const;
  [[nodiscard]] bool knows(std::u32string_view word) const;

  std::vector<Entry> entries_;      // by sound
  std::vector<std::string> words_;  // sorted
};

// The query with every slip put right.
std::string without_slips(std::string_view query, const std::vector<Slip>& slips);

}  // namespace law
