// Legal days of what the center does not have yet (care rule 8): of which ops a person must see to
// it that the day does not pass. Knows no feature and shows nothing.
//
// An op is in alarm while the center has not accepted it, nobody has written down an outcome, and
// its day is near (wire/legal_day.h), has passed, or the center refused it. Once accepted it is the
// server's to watch (kiosk/central/legal_days.h).
#pragma once

#include <vector>

#include "kiosk/store/store.h"

namespace store {

struct LegalAlarm {
  std::string id;  // of the op
  std::string kind;
  base::Date day{};
  int days_left = 0;  // negative when it has passed
  bool refused = false;
  base::Instant created;
};
// Nearest first. Days are counted by the center's clock as far as it was seen.
Result<std::vector<LegalAlarm>> legal_alarms(Store& store);
// The same, only counted: for the sign that stands on every screen.
Result<int> count_legal_alarms(Store& store);

enum class LegalOutcome {
  handed_in,   // the signed form is with the body that decides, or in the post
  told,        // the visitor knows that they must act themselves
  not_needed,  // there is nothing left to protect
};
// A person has written down what came of it; the first one counts.
Result<void> settle_legal_alarm(Writer& writer, std::string_view id, LegalOutcome outcome);

}  // namespace store
