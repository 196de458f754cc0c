// One center as the server runs it, and what every rule is handed while a transaction is open.
// Knows no HTTP and no kiosk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kiosk/service/catalogue.h"
#include "platform/base/clock.h"
#include "platform/base/ids.h"
#include "platform/base/result.h"
#include "platform/crypto/crypto.h"
#include "platform/sql/database.h"

namespace central {

using base::Result;

// Days that records are kept, [keep] in central.toml; from when they count stands in keeping.h.
struct KeepDays {
  int bookings = 90;
  int requests = 365;
  int tickets = 30;
  int calls = 30;
};

// Does not change while the server runs.
struct Center {
  service::Catalogue catalogue;
  base::TimeZone zone = base::china_time;
  std::string case_secret;  // key of the hashes of case codes; kept beside the database, not in it
  int next_poll_s = 20;     // told to the kiosks
  KeepDays keep{};
  int kiosks_keep_days = 7;  // told to the kiosks: for so long ops outlive their results there
  bool fleet = false;        // told to the kiosks, too
  // Nothing: no receipts are given (receipts.h).
  std::optional<crypto::SigningKey> receipt_key = {};

  [[nodiscard]] const std::string& id() const { return catalogue.center.id; }
};

// Lives inside one Store::write().
struct Transaction {
  sql::Database& database;
  const Center& center;
  base::Instant now;

  [[nodiscard]] const std::string& center_id() const { return center.id(); }
  [[nodiscard]] std::int64_t now_ms() const { return base::to_ms(now); }
  [[nodiscard]] base::Date today() const { return center.zone.date(now); }
};

// The version for one more row of the feed, counted up in this transaction: what a kiosk has read
// up to a version is everything up to it (protocol rule 5).
Result<std::int64_t> next_version(Transaction& transaction);

// Holds the center's row until the transaction ends: what writes to one center goes one after
// another, also from several processes. Nothing to hold before begin_service().
Result<void> lock_center(sql::Database& database, const std::string& center_id);

struct CenterState {
  std::string epoch;
  std::int64_t version = 0;
  std::int64_t manifest_version = 0;
  std::string catalogue_sha256;
  std::optional<base::Instant> restored;  // when this epoch began on a restored backup
};
Result<CenterState> read_state(Transaction& transaction);

// Makes the center's row when there is none and counts the manifest up when the content is another
// one than last time.
Result<void> begin_service(Transaction& transaction, const std::string& catalogue_sha256,
                           base::Chance& chance);

// refused ("other_case_key") when the codes in this database were hashed with another secret, so
// that none of them would be found again. The first secret is remembered by a hash of it.
Result<void> check_case_secret(sql::Database& database, const std::string& center_id,
                               const std::string& secret);
// As if no secret had been used yet.
Result<void> forget_case_secret(sql::Database& database, const std::string& center_id);

// The center that a server last served from this database; not_found ("no_center") before the
// first.
Result<std::string> last_served(sql::Database& database);
// After a backup was restored: kiosks see another epoch and send again what got lost (rule 6).
Result<void> begin_epoch(sql::Database& database, const std::string& center_id, base::World world);

// Whether kiosks may still be sending again what a restored backup did not have. As long as they
// may, a record that is not found is perhaps one that another kiosk has yet to bring.
bool records_may_come_back(const CenterState& state, const Transaction& transaction);

}  // namespace central
