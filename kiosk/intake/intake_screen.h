// A guided request: one question a screen, review with jump-back, receipt with case code and the
// honest sentence of care rule 1. The draft lives in the screen and goes with it.
#pragma once

#include <memory>

#include "kiosk/input/keyboard.h"
#include "kiosk/intake/intake_store.h"
#include "kiosk/slip/receipt.h"
#include "kiosk/ui/screen.h"

namespace intake {

// Everything outlives the screen.
struct ScreenParts {
  const service::Catalogue& catalogue;
  IntakeStore& store;
  input::Keyboard& keyboard;
  slip::Press& press;
  std::string_view kiosk;
};

std::unique_ptr<ui::Screen> make_intake_screen(const ScreenParts& parts,
                                               const service::Service& service);

// A request that was looked up: here, or at the center.
struct Found {
  std::string id;
  State state = State::received;
  std::string reason;
};
std::unique_ptr<ui::Screen> make_state_screen(const ScreenParts& parts,
                                              const service::Service& service, const Found& found);

}  // namespace intake
