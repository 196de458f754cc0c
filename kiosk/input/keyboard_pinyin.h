// Pinyin as the keyboard's composer. Knows librime's pages only through pinyin.h.
#pragma once

#include <string>
#include <vector>

#include "kiosk/input/keyboard_composer.h"
#include "kiosk/input/pinyin.h"

namespace input {

class PinyinComposer final : public Composer {
 public:
  explicit PinyinComposer(Pinyin& pinyin) : pinyin_(pinyin) {}
  bool key(char character) override { return pinyin_.key(character); }
  bool backspace() override { return pinyin_.backspace(); }
  [[nodiscard]] std::string preedit() const override { return pinyin_.composition().preedit; }
  [[nodiscard]] std::string letters() const override;
  [[nodiscard]] std::vector<std::string> candidates(std::size_t from,
                                                    std::size_t count) const override;
  std::string choose(std::size_t index) override { return pinyin_.choose(index); }
  void clear() override { pinyin_.clear(); }

 private:
  Pinyin& pinyin_;
};

}  // namespace input
