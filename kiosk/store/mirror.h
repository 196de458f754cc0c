// The center's states as the feed told them. Keeps the JSON as sent; what it means is read where
// it is shown.
#pragma once

#include "kiosk/store/store.h"
#include "kiosk/wire/messages.h"

namespace store {

// The JSON object of one row; nothing when the feed never named it or has taken it back.
Result<std::optional<std::string>> find_state(Store& store, std::string_view type,
                                              std::string_view key);

// What telephone numbers are hashed with today; nothing before the center has told it.
Result<std::optional<wire::DayKey>> person_key(Store& store);

// More rows than any center has; each is as small as kiosk/sync/exchange.cpp lets in.
inline constexpr std::int64_t most_states = 50'000;

// For the sync thread.
Result<bool> too_many_states(Store& store);
Result<void> apply_change(Writer& writer, const wire::Change& change);
Result<void> clear_mirror(Writer& writer);
// Drops rows that name a "day" before this one: slots and tickets nobody can use any more.
Result<void> drop_days_before(Writer& writer, base::Date day);

}  // namespace store
