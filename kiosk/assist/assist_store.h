// Calls for a person on disk: an op in the outbox and nothing else. One a thread, like its Store.
#pragma once

#include "kiosk/assist/assist.h"
#include "kiosk/store/store.h"

namespace assist {

using base::Result;

struct Call {
  State state = State::sending;
  bool alternative = false;  // the screen names another way as well
};

class AssistStore {
 public:
  explicit AssistStore(store::Store& store) : store_(store) {}
  // `place` is the id of the screen the visitor stands at, "booking.slot". Gives the call's id.
  Result<std::string> call(std::string_view place);
  // not_found ("call_unknown")
  Result<Call> find(std::string_view id);

 private:
  store::Store& store_;
};

}  // namespace assist
