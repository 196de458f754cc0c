// Fetches what the server publishes: the manifest and the packs it names that are not here yet.
// Every pack is checked against its name before it is stored, as a candidate; when it comes into
// force is decided elsewhere.
#pragma once

#include "kiosk/store/store.h"
#include "kiosk/sync/client.h"

namespace syncing {

// `manifest` is the sha256 that the last exchange told. Packs that came before a failure are kept;
// the failure is stored as content_error, for staff.
base::Result<Answer> fetch_content(store::Store& store, Client& client, std::string_view manifest,
                                   const std::stop_token& stop);

}  // namespace syncing
