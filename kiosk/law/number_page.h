// Where in a law: the number of an article, or the day as of which the law is read. Knows no law:
// whoever asks says whether the answer leads anywhere.
#pragma once

#include <optional>
#include <string>

#include "kiosk/law/law_screen.h"

namespace law {

class NumberPage {
 public:
  enum class Asks { article, day };

  NumberPage(const ScreenParts& parts, Asks asks) : parts_(parts), asks_(asks), field_(8) {}

  struct Answer {
    std::optional<ArticleNumber> article;
    std::optional<base::Date> day;
  };
  Answer draw(ui::Ui& ui, ui::Area area);
  // The sentence below the field, until something else is typed.
  void refuse(std::string sentence);

 private:
  [[nodiscard]] Answer read(const ui::Ui& ui);

  const ScreenParts& parts_;
  Asks asks_;
  ui::TextField field_;
  std::string error_;
  std::string refused_;  // what was typed then
};

// "133" → 第一百三十三条, "133-1" and "133之一" → 第一百三十三条之一; nothing for anything else.
std::optional<ArticleNumber> parse_typed_number(std::string_view typed);

// "20240701" → 1 July 2024; nothing for anything that is no day.
std::optional<base::Date> parse_day_digits(std::string_view digits);

}  // namespace law
