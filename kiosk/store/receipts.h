// The center's signed receipts (kiosk/wire/receipt.h) among the results of ops: they stand in the
// outbox as long as their op. Knows no feature.
#pragma once

#include <string>

#include "kiosk/store/store.h"

namespace store {

// The short form of the receipt for an op, for paper; "" while there is none: the center has not
// answered, it is an older one that signs nothing, or what came is not about these bytes.
Result<std::string> receipt_name(Store& store, std::string_view id);

}  // namespace store
