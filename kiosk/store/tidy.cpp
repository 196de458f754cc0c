#include "kiosk/store/tidy.h"

#include "kiosk/store/case_index.h"
#include "kiosk/store/mirror.h"
#include "kiosk/store/outbox.h"

namespace store {
namespace {

// Yesterday's tickets may still be on a counter's screen when the night is over.
constexpr int days_kept = 1;

}  // namespace

Result<void> tidy(Store& store) {
  TRY(store.write([&](Writer& writer) -> Result<void> {
    TRY(prune(writer));
    const base::Date today = store.zone().date(store.earliest());
    TRY(drop_days_before(writer, base::add_days(today, -days_kept)));
    return drop_old_cases(writer);
  }));
  return store.database().execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace store
