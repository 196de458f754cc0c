// So that nobody takes all seats: how many bookings one person makes a day, and one kiosk an hour
// for people without a phone. Keeps a keyed hash of the telephone number, for that day only; the
// key is another one every day, so two days cannot be joined. Knows no op.
#pragma once

#include <string>

#include "kiosk/central/center.h"
#include "kiosk/wire/messages.h"

namespace central {

// The key that all kiosks of the center hash telephone numbers with on this day.
wire::DayKey person_key(const Center& center, base::Date day);

struct Booker {
  std::string person;  // wire::person_hash; "" for people without a phone
  std::string kiosk_id;
  base::LocalTime at;  // when they booked, as far as it is believed
};

// Counts one more booking. "" when it is within the limits, else why not: "limit_person" or
// "limit_no_phone". Never lets two servers count past the limit: the check is the update's own
// condition.
Result<std::string_view> count_booking(Transaction& transaction, const service::Service& service,
                                       const Booker& booker);
// Given back by whoever cancels on the same day. `person` "" gives nothing back.
Result<void> uncount_booking(Transaction& transaction, std::string_view service,
                             std::string_view person);
// Drops the counts and hashes of the days before today.
Result<void> forget_bookers(Transaction& transaction);

}  // namespace central
