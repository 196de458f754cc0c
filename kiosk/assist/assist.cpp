#include "kiosk/assist/assist.h"

namespace assist {

State state_of(const Facts& facts) {
  if (facts.record == "done") return State::done;
  if (facts.record == "accepted") return State::accepted;
  if (facts.record == "open" || facts.received) return State::open;
  return facts.waited < answer_patience ? State::sending : State::unsent;
}

bool names_alternative(State state, base::Milliseconds waited) {
  if (state == State::unsent) return true;
  return state == State::open && waited >= alternative_after;
}

}  // namespace assist
