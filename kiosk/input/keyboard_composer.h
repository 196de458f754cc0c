// The seam between the keyboard and whatever turns strokes into Chinese text: letters go in,
// candidates come out, a chosen one becomes text. Knows no key on a screen and no text field.
// Implemented over librime by keyboard_pinyin.h, by a small fake in the tests; handwriting and
// stroke input fit the same words. UI thread only.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace input {

class Composer {
 public:
  virtual ~Composer() = default;
  // False when the character means nothing to this composer, or no more fits.
  virtual bool key(char character) = 0;
  // False when nothing is being composed: the deletion is the text field's.
  virtual bool backspace() = 0;
  // What is being composed, as people read it: "tiao jie"; empty when nothing is.
  [[nodiscard]] virtual std::string preedit() const = 0;
  // The same as it was typed: "tiaojie"; empty once a part of it has been chosen.
  [[nodiscard]] virtual std::string letters() const = 0;
  // Best first, from number `from` on, at most `count`.
  [[nodiscard]] virtual std::vector<std::string> candidates(std::size_t from,
                                                            std::size_t count) const = 0;
  // The text for the field once all is converted; empty while a part is still being composed.
  virtual std::string choose(std::size_t index) = 0;
  // Forgets what is being composed and everything chosen before.
  virtual void clear() = 0;
};

}  // namespace input
