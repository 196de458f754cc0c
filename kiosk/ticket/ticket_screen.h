// Drawing a number: matter, papers to bring (tick-off), number and people ahead, slip; and giving
// it back. Asks for no identity.
#pragma once

#include <memory>

#include "kiosk/slip/receipt.h"
#include "kiosk/ticket/ticket_store.h"
#include "kiosk/ui/screen.h"

namespace ticket {

// Everything outlives the screen.
struct ScreenParts {
  const service::Catalogue& catalogue;
  TicketStore& store;
  slip::Press& press;
  const base::Clock& clock;
  base::TimeZone zone;
  std::string_view kiosk;
};

// `matter` may be chosen already; "" asks.
std::unique_ptr<ui::Screen> make_ticket_screen(const ScreenParts& parts,
                                               const service::Service& service,
                                               const std::string& matter);

}  // namespace ticket
