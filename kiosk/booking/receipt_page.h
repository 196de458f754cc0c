// The last page of a booking: what is promised about it and by whom, its slip, and what can be done
// next. Reads what has become of it in each pass.
#pragma once

#include "kiosk/booking/booking_screen.h"
#include "kiosk/slip/receipt.h"
#include "kiosk/ui/patterns.h"

namespace booking {

class ReceiptPage {
 public:
  ReceiptPage(const ScreenParts& parts, const service::Service& service)
      : parts_(parts), service_(service), paper_(parts.press) {}

  // The visitor has just confirmed.
  void begin(Submitted submitted, base::Tick now);
  // `draft` is what was submitted.
  ui::Go draw(ui::Ui& ui, const ui::Page& page, const ui::Head& head, const Draft& draft);

 private:
  ui::Go draw_actions(ui::Ui& ui, const ui::Page& page, State state) const;

  ScreenParts parts_;
  const service::Service& service_;
  Submitted submitted_;
  base::Tick submitted_at_{};
  slip::Receipt paper_;
};

}  // namespace booking
