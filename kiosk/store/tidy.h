// Taking away what a kiosk has no more reason to keep. For the sync thread, once a day.
#pragma once

#include "kiosk/store/store.h"

namespace store {

// Old ops, slots and tickets of days gone by, old cases. What is taken away is overwritten in the
// file, and nothing of it stays in the write-ahead log.
Result<void> tidy(Store& store);

}  // namespace store
