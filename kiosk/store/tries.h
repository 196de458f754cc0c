// The rule of "so many wrong tries, then a pause", apart from what is tried and where it is kept.
#pragma once

#include "platform/base/clock.h"

namespace store {

struct TryRule {
  int allowed;               // wrong tries before the pause
  base::Milliseconds pause;  // after the last wrong one
};

struct Tries {
  int wrong = 0;  // in a row
  base::Instant last;
};

// A clock that was set back does not prolong the pause.
bool locked(const Tries& tries, const TryRule& rule, base::Instant now);
// After one more wrong try; wrong ones from before a pause no longer count.
Tries after_wrong(const Tries& tries, const TryRule& rule, base::Instant now);

}  // namespace store
