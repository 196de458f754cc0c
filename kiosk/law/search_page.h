// Typing and found: results as one types, categories while nothing is typed. Knows no reader.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/law/help_panel.h"
#include "kiosk/law/law_screen.h"

namespace law {

class SearchPage {
 public:
  explicit SearchPage(const ScreenParts& parts) : parts_(parts), help_(parts) {}

  struct Wish {
    std::optional<Id> article;
    std::optional<PrintedArticle> compared;  // what was printed against today's
    std::optional<Id> law;
    std::optional<Category> category;
    bool about = false;  // what the library is
    ui::Go go = ui::Go::stay();
  };
  Wish draw(ui::Ui& ui, ui::Area content, base::Date today);
  // What helps with the question that stands there.
  [[nodiscard]] const Help& help() const { return found_.help; }

 private:
  void search(base::Date today);
  [[nodiscard]] std::string sought() const;
  void draw_results(ui::Ui& ui, ui::Area area, base::Date today, Wish& wish);
  void draw_suggestions(ui::Ui& ui, ui::Area& column);
  void draw_understood(ui::Ui& ui, ui::Area& column) const;
  void draw_help(ui::Ui& ui, ui::Area& column, base::Date today, Wish& wish);
  void draw_hit(ui::Ui& ui, ui::Area& column, const Hit& hit, Wish& wish);
  void draw_printed(ui::Ui& ui, ui::Area& column, Wish& wish) const;
  static void draw_nothing(ui::Ui& ui, ui::Area& column);
  void draw_categories(ui::Ui& ui, ui::Area area, base::Date today, Wish& wish);

  const ScreenParts& parts_;
  HelpPanel help_;
  ui::TextField query_{80};
  bool typing_ = true;
  ui::TextField searched_{160};  // whose answer is found_; wiped as what was typed is
  Found found_;
  bool failed_ = false;
  bool found_something_ = false;  // to show in place of the categories
  std::optional<std::vector<Category>> categories_;
  ui::Kinetic scroll_;
};

}  // namespace law
