// What the center keeps no longer: erases records whose days are over (care 17, protocol rule 4), a
// few at a time. Knows no HTTP and no clock but the transaction's.
//
//   record    its days count from           longest days                not before
//   booking   the day it arrived            [keep] bookings, days_kept  its day is over, or
//   cancelled answer    the day it arrived            days_kept of its question request   the day
//   it was closed         [keep] requests             it is closed or refused ticket    its day
//   [keep] tickets call      the day it arrived            [keep] calls
//
// [keep] stands in central.toml; days_kept, which a form promised its visitor, in services/*.toml;
// of two the fewer count. With N days a record is there on the Nth day after, and gone when the
// next local day begins.
//
// Kept for counting, and so that a kiosk which repeats an old op is answered as before instead of
// doubling it: the op's row (id, kind, time, outcome and the hash of its bytes, which cannot be
// guessed back, since they held the random case code), the slots with their taken seats, the last
// number of each queue and day, and how many records were erased. None of it names anybody.
//
// The keyed hashes of telephone numbers that limit bookings (limits.h) go with their day.
//
// A kiosk that made a booking, request or call and has followed the feed is told that it is gone.
#pragma once

#include "kiosk/central/center.h"

namespace central {

struct Erased {
  std::int64_t bookings = 0;
  std::int64_t answers = 0;  // requests that lost some
  std::int64_t requests = 0;
  std::int64_t tickets = 0;
  std::int64_t calls = 0;

  bool operator==(const Erased&) const = default;
  Erased& operator+=(const Erased& other);
};

// Erases at most `most` records of each kind, the oldest first, and counts them. An empty Erased
// means that nothing is left to erase.
Result<Erased> erase_some(Transaction& transaction, std::size_t most);
// Nothing was left to erase now.
Result<void> note_all_erased(Transaction& transaction);

// Since there is this database.
struct KeepingAccount {
  Erased erased;
  std::optional<base::Instant> last;  // when nothing was left to erase
};
Result<KeepingAccount> read_keeping(sql::Database& database, const std::string& center_id);

}  // namespace central
