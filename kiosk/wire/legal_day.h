// The last day of a time limit that an op protects (care rule 8), as kiosk and server both judge
// it. Knows no law: the day comes from what the visitor answered and what the form's data say.
#pragma once

#include <string_view>

#include "platform/base/clock.h"

namespace wire {

// The visitor was asked and could not say. It stays so: no day is made up.
inline constexpr std::string_view unknown_legal_day = "unknown";

inline constexpr int near_days = 3;          // fewer are left
inline constexpr int near_days_offline = 7;  // of what was made while the center could not have it

// Whether a person must act now; also when the day has passed. `today` is the center's.
inline bool legal_day_near(base::Date day, base::Date today, bool offline) {
  return base::days_between(today, day) < (offline ? near_days_offline : near_days);
}

}  // namespace wire
