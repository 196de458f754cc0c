// How a kiosk becomes known to a center: a one-time code from the office and the public half of a
// key that was made here. The secret half never leaves its file.
#pragma once

#include "kiosk/store/store.h"
#include "kiosk/sync/client.h"

namespace syncing {

// Stores who this kiosk is from now on. Another center life than before, or another kiosk in it,
// means that everything is sent again. A lost answer is harmless: the same code with the same key
// may be sent again.
base::Result<Answer> enrol(store::Store& store, Client& client, std::string_view code,
                           const std::stop_token& stop);

}  // namespace syncing
