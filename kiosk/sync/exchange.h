// One exchange with the server: waiting ops up, results and changes down, everything that came
// stored in one transaction together with the cursor (protocol rules 3 to 6). Whatever happens on
// the way, the outbox afterwards holds every op that has no durable result.
#pragma once

#include "kiosk/store/store.h"
#include "kiosk/sync/client.h"

namespace syncing {

struct Exchange {
  Answer answer;                       // without its body; its code is stored as last_error
  bool more = false;                   // further ops or changes wait: again at once
  std::chrono::seconds next_poll{20};  // as the server asked, 1 s to an hour
  std::optional<std::chrono::seconds> fleet_poll;  // in a fleet: how often kiosks ask at most
  std::optional<base::Instant> server_time;
  std::string manifest;  // sha256 of what the server publishes; "" for nothing
};

// storage: nothing was stored, and the next exchange asks the same again.
base::Result<Exchange> exchange_once(store::Store& store, Client& client,
                                     const std::stop_token& stop);

// Keeps the reason for staff and the state line; writes only when it has changed. That the program
// ends in the middle of a request is no failure.
base::Result<void> note_failure(store::Store& store, std::string_view code,
                                const std::stop_token& stop);

}  // namespace syncing
