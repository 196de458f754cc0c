// Seats: which slots there are, who sits in them and who waits for one. Knows no op and no kiosk.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/central/center.h"

namespace central {

// Brings the slots of the coming days in line with the catalogue: new ones appear, changed ones
// change, and those the catalogue no longer has (a closed day, other hours) keep the people in them
// and take nobody else. Who sits where the center cannot receive them any more is marked
// (booking.withdrawn): the office sees it, and so does the visitor who looks the booking up.
// Waiting people get seats that appear. Run at start and at every new local day.
Result<void> expand_slots(Transaction& transaction);

struct SlotFacts {
  std::string service;
  std::string way;
  base::Instant start;
  std::string closed;  // why it takes nobody: as booking.withdrawn; "" while it is offered
};
Result<std::optional<SlotFacts>> find_slot(Transaction& transaction, std::string_view key);

// False when no seat is left. Never sells a seat twice: the check is the update's own condition.
Result<bool> take_seat(Transaction& transaction, std::string_view key);
// Gives one back; the first who waits for this slot gets it, unless the slot has begun.
Result<void> free_seat(Transaction& transaction, std::string_view key);

}  // namespace central
