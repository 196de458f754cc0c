// The booking flow: topic, (are you safe,) way, day and time, who you are, review, receipt. One
// question a page; the draft lives in the screen and goes with it.
#pragma once

#include <memory>

#include "kiosk/booking/booking_store.h"
#include "kiosk/input/keyboard.h"
#include "kiosk/slip/receipt.h"
#include "kiosk/ui/screen.h"

namespace booking {

// Everything outlives the screen.
struct ScreenParts {
  const service::Catalogue& catalogue;
  BookingStore& store;
  input::Keyboard& keyboard;
  slip::Press& press;
  const base::Clock& clock;
  base::TimeZone zone;
  std::string_view kiosk;  // as the slip's last line names it
};

// `topic` may be chosen already (from an article of law); "" asks.
std::unique_ptr<ui::Screen> make_booking_screen(const ScreenParts& parts,
                                                const service::Service& service,
                                                const std::string& topic);

// A booking that was looked up: here or at the center.
struct Found {
  Booking booking;
  State state = State::confirmed;
  std::string reason;
  Reference reference;  // what the visitor typed
};

// Look at it, move it or cancel it.
std::unique_ptr<ui::Screen> make_change_screen(const ScreenParts& parts,
                                               const service::Service& service, const Found& found);

}  // namespace booking
