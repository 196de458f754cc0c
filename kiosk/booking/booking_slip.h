// The booking's words: on its slip, on its receipt and wherever its state is named. One place, so
// that paper and screen never promise different things (care 1, 2).
#pragma once

#include <string>

#include "kiosk/booking/booking_store.h"
#include "kiosk/slip/slip.h"
#include "kiosk/ui/ui.h"

namespace booking {

struct SlipFacts {
  const service::Center& center;
  const service::Service& service;
  const std::string& topic;
  const std::string& way;
  const std::string& slot;  // key
  const Submitted& submitted;
  State state = State::sending;
  bool no_phone = false;
  std::string_view kiosk;    // as slip::closing names it
  std::string receipt = {};  // as Status::receipt
};
slip::Slip booking_slip(const ui::Ui& ui, const SlipFacts& facts);

// "confirmed", as the last part of text keys.
std::string state_name(State state);
// What to do now. `reason`: the code of a refusal.
std::string next_words(const ui::Ui& ui, State state, std::string_view reason);
// That the center cannot keep the seat, why and what to do; "" when `reason` is no such code.
std::string withdrawn_words(const ui::Ui& ui, const service::Service& service,
                            std::string_view slot, std::string_view reason);
std::string_view state_icon(State state);
ui::Tone state_tone(State state);

// "11月24日 周二 14:00–14:30", as every page, slip and message names a slot; "" for no key.
std::string slot_words(const ui::Ui& ui, std::string_view key, const service::Service& service);

}  // namespace booking
