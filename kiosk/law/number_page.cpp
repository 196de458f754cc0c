#include "kiosk/law/number_page.h"

#include "kiosk/ui/patterns.h"
#include "platform/base/text.h"

namespace law {

using ui::Area;

std::optional<base::Date> parse_day_digits(std::string_view digits) {
  if (digits.size() != 8) return std::nullopt;
  const std::string iso = std::string(digits.substr(0, 4)) + "-" +
                          std::string(digits.substr(4, 2)) + "-" + std::string(digits.substr(6));
  return base::parse_date(iso);
}

std::optional<ArticleNumber> parse_typed_number(std::string_view typed) {
  return parse_article_number(base::replace_all(base::trim(typed), "-", "之"));
}

void NumberPage::refuse(std::string sentence) {
  error_ = std::move(sentence);
  refused_ = field_.text();
}

NumberPage::Answer NumberPage::draw(ui::Ui& ui, Area area) {
  const bool day = asks_ == Asks::day;
  // The pad of telephone numbers has the "-" of 133-1.
  const input::Kind kind = day ? input::Kind::digits : input::Kind::phone;
  const Area keys = input::Keyboard::place(ui, area, kind);
  area = ui::question(ui, area, ui.tr(day ? "law.which_day" : "law.which_number"),
                      ui.tr(day ? "law.which_day_hint" : "law.which_number_hint"));
  if (field_.text() != refused_) error_.clear();
  constexpr float width = 620;  // of the keys
  const Area row = area.take_top(100);
  const Area seat =
      ui.metrics().portrait() ? row.centered(width, row.h) : Area{row.x, row.y, width, row.h};
  const std::string name = ui.tr(day ? "law.which_day" : "law.which_number");
  ui.field("law.where", seat, field_, {.active = true, .error = error_, .name = name});
  if (!parts_.keyboard.draw(ui, keys, field_, kind, ui.tr("law.go"))) return {};
  ui.redraw();
  return read(ui);
}

NumberPage::Answer NumberPage::read(const ui::Ui& ui) {
  Answer answer;
  const std::string_view typed = base::trim(field_.text());
  if (asks_ == Asks::day) {
    answer.day = parse_day_digits(typed);
    if (!answer.day) refuse(ui.tr("law.no_day"));
    return answer;
  }
  answer.article = parse_typed_number(typed);
  if (!answer.article) refuse(ui.tr("law.no_number"));
  return answer;
}

}  // namespace law
