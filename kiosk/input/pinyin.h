// Pinyin to Chinese through librime (rime_api.h 1.8.5): letters in, candidates and chosen text
// out. Knows no key on a screen and no text field, and keeps nothing: the dictionary folder is
// built once at set-up (platform/debian/deploy-pinyin) without a user dictionary and only read.
//
// librime is one per process, whoever holds it: its service, its dictionaries and its logging are
// globals of the library. So the program builds one Pinyin, in main.cpp, and hands out a
// reference; open() refuses a second one while the first lives. One thread: the UI thread.
//
// Ready in about 20 ms, 11 MB; a key with its candidates takes 0.2 ms, at worst 20 ms (a full input
// of abbreviations).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "platform/base/file.h"
#include "platform/base/result.h"

namespace input {

class Pinyin {
 public:
  // Longest input taken; a sentence of twenty characters.
  static constexpr std::size_t max_letters = 60;
  static constexpr std::size_t page_size = 9;

  struct Composition {
    std::string typed;    // the letters, "tiaojiexieyi"; empty when nothing is being composed
    std::string preedit;  // the same for reading: chosen words, then syllables, "调解xie yi"
  };
  struct Candidates {
    std::vector<std::string> texts;  // at most page_size
    bool has_more = false;
  };

  // `folder` is what deploy-pinyin made. not_found ("pinyin_not_deployed") when a file of it is
  // missing, refused ("pinyin_already_open") while another Pinyin lives in this process, device
  // ("pinyin_failed") when librime gives no session on it.
  static base::Result<Pinyin> open(const base::Path& folder);
  Pinyin(Pinyin&& other) noexcept;
  Pinyin& operator=(Pinyin&&) = delete;
  Pinyin(const Pinyin&) = delete;
  Pinyin& operator=(const Pinyin&) = delete;
  ~Pinyin();

  // Adds a letter (capitals count as small) or the syllable mark "'". False, and nothing
  // happens, for any other character and beyond max_letters.
  bool key(char character);
  // Takes back the last choice, else the last letter. False when nothing is being composed: the
  // text field's own backspace.
  bool backspace();

  [[nodiscard]] Composition composition() const;
  // Best first, simplified characters; page 0 is the first. Empty beyond the last page.
  [[nodiscard]] Candidates candidates(std::size_t page) const;

  // Takes the candidate at `index`, counted from the first of page 0. Returns the text for the
  // field once the whole input is converted, "" while syllables remain or there is no such
  // candidate.
  std::string choose(std::size_t index);

  // The visit, or the field, is over: input, choices and librime's own history of them are
  // dropped, and the next key starts afresh.
  void clear();

 private:
  explicit Pinyin(std::uintptr_t session) : session_(session) {}
  std::uintptr_t session_;  // RimeSessionId; 0 in an object moved from
};

}  // namespace input
