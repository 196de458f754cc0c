// Choosing a day and a time: the one page that booking and moving share. Draws what the rules of
// booking.h offer; knows no store.
#pragma once

#include <string>
#include <vector>

#include "kiosk/booking/booking.h"
#include "kiosk/ui/ui.h"

namespace booking {

class SlotPage {
 public:
  // `chosen` is the slot key, changed when another time is touched.
  void draw(ui::Ui& ui, ui::Area area, const service::Service& service, const std::string& way,
            const std::vector<Seats>& known, base::LocalTime now, std::string& chosen);
  void reset() { day_.reset(); }

 private:
  void draw_days(ui::Ui& ui, ui::Area area, const std::vector<Day>& days, base::Date today);
  static void draw_closed(ui::Ui& ui, ui::Area area, const service::Closure& closure);
  void draw_times(ui::Ui& ui, ui::Area area, const std::vector<Slot>& slots, std::string& chosen);

  std::optional<base::Date> day_;
  std::size_t first_day_ = 0;  // of the seven shown
  ui::Kinetic scroll_;
};

}  // namespace booking
