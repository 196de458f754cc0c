// 请工作人员来: a call for a person, from any screen (care 15). Values and rules; knows no
// database, no network, no screen. Carries nothing about the visitor.
#pragma once

#include <string_view>

#include "platform/base/clock.h"

namespace assist {

enum class State {
  sending,   // the center is being asked right now
  unsent,    // it could not be told yet: ring the local bell, name the desk and its phone
  open,      // it stands at the counter; nobody has accepted
  accepted,  // only now: "a colleague is coming"
  done,
};

// After this a screen no longer says "sending".
inline constexpr base::Milliseconds answer_patience{2000};
// Nobody has accepted for so long: the screen names another way.
inline constexpr std::chrono::minutes alternative_after{2};

struct Facts {
  bool received = false;         // the center has the call
  std::string_view record;       // state in the center's feed: "open" | "accepted" | "done"; or ""
  base::Milliseconds waited{0};  // since the tap
};
State state_of(const Facts& facts);
bool names_alternative(State state, base::Milliseconds waited);

}  // namespace assist
