// Fetches what the server publishes: the manifest and the packs it names that are not here yet.
// Every pack is checked against its name before it is stored, as a candidate; when it comes into
// force is decided elsewhere.
#pragma once

#include <cstdint>
#include <functional>

#include "kiosk/store/store.h"
#include "kiosk/sync/client.h"
#include "kiosk/wire/messages.h"

namespace syncing {

// Where the law pack goes: too large for the database, it is fetched in ranges and kept by the one
// who knows what it is made of.
class Library {
 public:
  virtual ~Library() = default;
  // A part of the pack in force at the server; called on the sync thread. Answers like fetch().
  using Fetch = std::function<base::Result<std::string>(std::uint64_t begin, std::uint64_t size)>;
  // Brings the pack nearer. True when it is there, whole and proven; false: there is more to fetch
  // at the next exchange. Errors leave the library as it was.
  virtual base::Result<bool> receive(const wire::PackEntry& pack, const Fetch& fetch) = 0;
};

// `manifest` is the sha256 that the last exchange told. Packs that came before a failure are kept;
// the failure is stored as content_error, for staff.
// Without a `library` the law is left where it is.
base::Result<Answer> fetch_content(store::Store& store, Client& client, std::string_view manifest,
                                   Library* library, const std::stop_token& stop);

}  // namespace syncing
