// The reader: one article with its status, its place in the law, and the ways on. Knows no search.
#pragma once

#include <optional>
#include <string>

#include "kiosk/law/help_panel.h"
#include "kiosk/law/law_screen.h"

namespace law {

class Reader {
 public:
  explicit Reader(const ScreenParts& parts) : parts_(parts), help_(parts) {}
  // As of the day. `asked` is what helps with the question that led here; without a topic it is
  // what helps with the article's own matter.
  void show(Id article, base::Date day, const Help& asked);
  // What is shown; nothing when it cannot be read.
  [[nodiscard]] const std::optional<ArticlePage>& page() const { return page_; }

  struct Wish {
    std::optional<Id> article;  // another article: next, previous, successor, limit
    std::optional<Id> law;      // all of this law
    bool take_away = false;
    ui::Go go = ui::Go::stay();
  };
  Wish draw(ui::Ui& ui, ui::Area area, base::Date today);

 private:
  void draw_tools(ui::Ui& ui, ui::Area area, const ArticlePage& page, Wish& wish);
  void draw_text(ui::Ui& ui, ui::Area area, const ArticlePage& page, base::Date today, Wish& wish);
  void draw_help(ui::Ui& ui, ui::Area& column, const ArticlePage& page, base::Date today,
                 Wish& wish);
  void draw_citing(ui::Ui& ui, ui::Area& column, Wish& wish);

  const ScreenParts& parts_;
  HelpPanel help_;
  std::optional<ArticlePage> page_;
  std::vector<CitedBy> cited_by_;
  Id article_ = 0;
  base::Date day_{};
  Help asked_;
  std::size_t size_ = 1;  // text step
  ui::Kinetic scroll_;
};

}  // namespace law
