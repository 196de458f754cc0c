// Who this kiosk is to the center, how far the two have come, and how the last try went. Written by
// the sync thread alone; everybody may read.
#pragma once

#include "kiosk/store/store.h"
#include "kiosk/wire/messages.h"

namespace store {

struct SyncState {
  std::string kiosk_id;  // "" before enrolment
  int number = 1;        // prints on the kiosk's own tickets
  std::string center_id;
  std::string epoch;
  std::string cursor;
  std::int64_t applied_through = 0;
  bool caught_up = false;                     // no further changes waited at the last answer
  std::optional<base::Instant> last_success;  // the last complete exchange, by the server's clock
  std::string last_error;                     // code; "" when the last try succeeded
  std::string content_error;                  // why the newest content is not here; or ""
  base::Milliseconds clock_offset{0};         // server's time minus this machine's
  int next_poll_s = 20;
  std::string manifest;                   // sha256 of the manifest whose packs are all here
  int keep_days = wire::usual_keep_days;  // of accepted ops, for a server that loses them
  bool fleet = false;                     // one of very many, see kiosk/sync/schedule.h

  [[nodiscard]] bool enrolled() const { return !kiosk_id.empty(); }
  bool operator==(const SyncState&) const = default;
};

Result<SyncState> read_sync_state(Store& store);
Result<void> save_sync_state(Writer& writer, const SyncState& state);

// The last try succeeded, and not so long ago that the next one must have failed unseen.
bool online(const SyncState& state, base::Instant now);
// The server's time was seen and this machine's differs by five minutes at most.
bool clock_trusted(const SyncState& state);

}  // namespace store
