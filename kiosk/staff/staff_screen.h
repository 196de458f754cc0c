// 工作人员: behind the corner gesture and the PIN: devices, sync, what waits and what was refused
// and why, sync now, test print, quit. Shows no personal data.
#pragma once

#include <memory>

#include "kiosk/input/keyboard.h"
#include "kiosk/slip/receipt.h"
#include "kiosk/store/store.h"
#include "kiosk/ui/screen.h"

namespace staff {

// What the staff can set going.
class Machine {
 public:
  virtual ~Machine() = default;
  virtual void sync_now() = 0;
  // Counts of the law library and its date, in one line; "" when there is none.
  [[nodiscard]] virtual std::string library_words(const ui::Ui& ui) const = 0;
  // That holidays or make-up days of a year that can be booked into are not entered; "" when they
  // are.
  [[nodiscard]] virtual std::string calendar_words(const ui::Ui& ui) const = 0;
};

// Everything outlives the screen.
struct ScreenParts {
  store::Store& store;
  input::Keyboard& keyboard;
  slip::Press& press;
  Machine& machine;
  base::TimeZone zone;
};

std::unique_ptr<ui::Screen> make_staff_screen(const ScreenParts& parts);

}  // namespace staff
