// What this kiosk has to tell the center, and what is known about each op's fate. Rows are made by
// Writer::append together with the row of the feature; nothing here sends anything.
//
//   waiting ──result applied|duplicate──► accepted ──keep_days──► gone
//      │ ▲──────another epoch (rewind)───────┘
//      └────result rejected──► refused ──30 days──► gone
#pragma once

#include <vector>

#include "kiosk/store/store.h"
#include "kiosk/wire/messages.h"

namespace store {

enum class Delivery { waiting, accepted, refused };

// The fate of one op. `data` outlives a rewind: what was promised stays promised until the center
// answers anew.
struct Fate {
  std::int64_t seq = 0;
  std::string kind;
  Delivery delivery = Delivery::waiting;
  std::string code;  // why refused or deferred
  std::string data;  // JSON of the promise; "" before the first answer
  base::Instant created;

  // A clock that was put back makes no op young again.
  [[nodiscard]] base::Milliseconds age(base::Instant now) const {
    return std::chrono::abs(now - created);
  }
};

// Nothing when there is no such op (any more).
Result<std::optional<Fate>> find_op(Store& store, std::string_view id);
// The ops of a record in the order they were made.
Result<std::vector<Fate>> ops_of(Store& store, std::string_view record);

// Whether this kiosk has something new to tell: reads nothing unless the Store it belongs to has
// written. UI thread.
class OutboxWatch {
 public:
  // What is in the outbox already is not new.
  static Result<OutboxWatch> begin(Store& store);
  // An op was made through this Store since the last question.
  Result<bool> grown();

 private:
  OutboxWatch(Store& store, std::int64_t last_seq);

  Store* store_;
  std::int64_t seen_changes_;
  std::int64_t seen_seq_;
};

// ---- for staff -------------------------------------------------------------------------------

struct Waiting {
  int count = 0;
  std::optional<base::Instant> oldest;
};
Result<Waiting> count_waiting(Store& store);

struct Refusal {
  std::string id;
  std::string kind;
  std::string code;
  base::Instant created;
};
// Newest first, 200 at most.
Result<std::vector<Refusal>> refused_ops(Store& store);

// ---- for the sync thread -----------------------------------------------------------------------

struct Pending {
  std::int64_t seq = 0;
  std::string id;
  std::string record;
  std::optional<base::Date> legal_day;
  std::size_t size = 0;  // of its bytes
};
// Every op that may be sent now, by seq. An op behind a deferred one of its record waits with it.
Result<std::vector<Pending>> pending_ops(Store& store);
Result<std::string> op_bytes(Store& store, std::int64_t seq);

// A result for an op that is not waiting changes nothing. A deferred op is held for `hold`.
Result<void> record_result(Writer& writer, const wire::OpResult& result, base::Milliseconds hold);
// The op is here and has its result.
Result<bool> is_settled(Store& store, std::int64_t seq);
// Every op behind `applied_through` waits again, also one that was held: the server has lost it.
// Says how many.
Result<std::int64_t> rewind(Writer& writer, std::int64_t applied_through);
// Takes away what was accepted as many days ago as the server asks for (SyncState::keep_days, seven
// and more), or refused thirty days ago (protocol rule 10), with all that it says of people.
Result<void> prune(Writer& writer);

}  // namespace store
