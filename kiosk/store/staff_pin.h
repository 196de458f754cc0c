// The PIN in front of the staff screens. Knows no screen. Checking one takes about a tenth of a
// second (argon2id), on purpose; a wrong try is on disk before it is checked, so that pulling the
// plug buys nothing.
#pragma once

#include "kiosk/store/store.h"

namespace store {

enum class PinAnswer {
  right,
  wrong,
  locked,   // five wrong ones in a row: fifteen minutes from the last
  not_set,  // no PIN exists: there is no door
};

// invalid ("pin_form") unless it is 6 to 12 digits.
Result<void> set_pin(Store& store, std::string_view pin);
Result<bool> has_pin(Store& store);
Result<PinAnswer> check_pin(Store& store, std::string_view pin);

}  // namespace store
