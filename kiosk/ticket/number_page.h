// The number a visitor holds: how many are ahead, whether it is called, its slip, and giving it
// back after asking once more. Reads where the ticket stands in each pass.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "kiosk/slip/receipt.h"
#include "kiosk/ticket/ticket_screen.h"
#include "kiosk/ui/patterns.h"

namespace ticket {

class NumberPage {
 public:
  NumberPage(const ScreenParts& parts, const service::Service& service)
      : parts_(parts), service_(service), receipt_(parts.press) {}

  // `brought`: ids of the papers that were ticked.
  void begin(Drawn drawn, std::set<std::string> brought);
  ui::Go draw(ui::Ui& ui, const ui::Page& page, ui::Area content);
  [[nodiscard]] std::string_view name() const {
    return giving_back_ ? "ticket.give_back" : "ticket.number";
  }

 private:
  ui::Go draw_number(ui::Ui& ui, const ui::Page& page, ui::Area content);
  void draw_receipt(ui::Ui& ui, ui::Area content, const Ticket& ticket);
  ui::Go draw_ending(ui::Ui& ui, const ui::Page& page, bool held);
  void draw_give_back(ui::Ui& ui, const ui::Page& page, ui::Area content);
  void give_back();

  ScreenParts parts_;
  const service::Service& service_;
  Drawn drawn_;
  std::set<std::string> brought_;
  bool giving_back_ = false;
  std::string error_;  // code: it could not be given back
  slip::Receipt receipt_;
};

}  // namespace ticket
