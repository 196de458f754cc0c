// What helps, above or below a question or an article: services to go to and legal time limits that
// may run, each with its article (care 3, 4). Drawing only; help.h decides.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
  // In few lines: the first service, somebody to talk to, and a row that names the rest; touched,
  // all of it stands there until fold().
  Wish draw_short(ui::Ui& ui, ui::Area& column, std::string_view prefix, const Help& help,
                  base::Date today);
  void fold() { unfolded_ = false; }

 private:
  // What can be opened here, somebody to talk to among them (care 4), and the unbuilt in words.
  struct Offer {
    std::vector<const service::Service*> services;
    std::string elsewhere;
  };
  [[nodiscard]] Offer offer(const ui::Ui& ui, const Help& help) const;
  void draw_head(ui::Ui& ui, ui::Area& column, const Help& help) const;
  void draw_buttons(ui::Ui& ui, ui::Area& column, std::string_view prefix, const Offer& offer,
                    float height, Wish& wish) const;
  void draw_limits(ui::Ui& ui, ui::Area& column, std::string_view prefix, const Help& help,
                   base::Date today, Wish& wish) const;

  const ScreenParts& parts_;
  bool unfolded_ = false;
};

}  // namespace law
