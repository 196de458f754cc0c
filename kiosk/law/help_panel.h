// What helps, below a question or an article: services to go to and legal time limits that may run,
// each with its article (care 3, 4). Drawing only; help.h decides.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/law/help.h"
#include "kiosk/law/law_screen.h"

namespace law {

class HelpPanel {
 public:
  explicit HelpPanel(const ScreenParts& parts) : parts_(parts) {}

  struct Wish {
    std::optional<Id> article;  // that sets a time limit
    ui::Go go = ui::Go::stay();
  };
  // Takes what it needs off the column. Ids begin with `prefix`.
  Wish draw(ui::Ui& ui, ui::Area& column, std::string_view prefix, const Help& help,
            base::Date today) const;

 private:
  void draw_services(ui::Ui& ui, ui::Area& column, std::string_view prefix, const Help& help,
                     Wish& wish) const;
  void draw_limits(ui::Ui& ui, ui::Area& column, std::string_view prefix, const Help& help,
                   base::Date today, Wish& wish) const;

  const ScreenParts& parts_;
};

}  // namespace law
