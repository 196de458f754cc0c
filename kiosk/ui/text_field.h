// What is being typed into one field: text, caret, the pinyin under composition, one step of undo
// for each deletion. Pure. Offsets are bytes at character boundaries; the limit counts characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

class TextField {
 public:
  explicit TextField(std::size_t limit = 60) : limit_(limit) {}
  TextField(const TextField&) = delete;
  TextField& operator=(const TextField&) = delete;
  TextField(TextField&&) = default;
  TextField& operator=(TextField&&) = default;
  // Typed text does not outlive its field in memory.
  ~TextField();

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t caret() const { return caret_; }
  [[nodiscard]] const std::string& composing() const { return composing_; }
  [[nodiscard]] std::size_t characters() const;
  [[nodiscard]] std::size_t limit() const { return limit_; }
  [[nodiscard]] bool can_undo() const { return !removed_.empty(); }

  void set(std::string_view text);
  // Drops control characters and what exceeds the limit; false when something was dropped.
  bool insert(std::string_view text);
  void backspace();
  void clear();
  void undo();
  void move_left();
  void move_right();
  void place_caret(std::size_t at);
  // `letters`: the same as it was typed.
  void compose(std::string_view preedit, std::string_view letters = {});
  [[nodiscard]] const std::string& letters() const { return letters_; }
  // The screen understands these letters as they are: they are not to be turned into anything else.
  void keep_letters(std::string_view letters);
  [[nodiscard]] const std::string& kept_letters() const { return kept_letters_; }

 private:
  struct Removed {
    std::string text;
    std::size_t caret;
  };
  void remember();

  std::string text_;
  std::string composing_;
  std::string letters_;
  std::string kept_letters_;
  std::size_t caret_ = 0;
  std::size_t limit_;
  std::vector<Removed> removed_;
};

}  // namespace ui
