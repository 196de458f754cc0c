#include "kiosk/central/center.h"

#include "platform/crypto/crypto.h"

namespace central {

using base::ErrorKind;
using base::fail;

namespace {

constexpr std::string_view marked_word = "case.key";

}  // namespace

Result<std::int64_t> next_version(Transaction& transaction) {
  const auto version = TRY(transaction.database.integer(
      "UPDATE center SET version = version + 1 WHERE id = ? RETURNING version",
      transaction.center_id()));
  if (!version) return fail(ErrorKind::storage, "database", "center without a row");
  return *version;
}

// An update that changes nothing: a lock that both engines know.
Result<void> lock_center(sql::Database& database, const std::string& center_id) {
  TRY(database.run("UPDATE center SET version = version WHERE id = ?", center_id));
  return {};
}

Result<CenterState> read_state(Transaction& transaction) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT epoch, version, manifest_version, catalogue_sha256, restored_ms FROM center "
      "WHERE id = ?",
      transaction.center_id()));
  if (!TRY(row.step())) return fail(ErrorKind::storage, "database", "center without a row");
  CenterState state{row.string(0), row.integer(1), row.integer(2), row.string(3), {}};
  if (row.integer(4) != 0) state.restored = base::from_ms(row.integer(4));
  return state;
}

Result<void> begin_service(Transaction& transaction, const std::string& catalogue_sha256,
                           base::Chance& chance) {
  TRY(transaction.database.run(
      "INSERT INTO center (id, epoch, version, manifest_version, catalogue_sha256, started_ms) "
      "VALUES (?1, ?2, 0, 1, ?3, ?4) ON CONFLICT (id) DO UPDATE SET "
      "manifest_version = center.manifest_version + "
      "CASE WHEN center.catalogue_sha256 <> excluded.catalogue_sha256 THEN 1 ELSE 0 END, "
      "catalogue_sha256 = excluded.catalogue_sha256, started_ms = excluded.started_ms",
      transaction.center_id(), base::uuid7(transaction.now, chance), catalogue_sha256,
      transaction.now_ms()));
  return {};
}

Result<void> check_case_secret(sql::Database& database, const std::string& center_id,
                               const std::string& secret) {
  const std::string mark = crypto::hmac_hex(secret, marked_word);
  TRY(database.run("UPDATE center SET case_key_mark = ? WHERE id = ? AND case_key_mark = ''", mark,
                   center_id));
  const auto fits = TRY(
      database.integer("SELECT 1 FROM center WHERE id = ? AND case_key_mark = ?", center_id, mark));
  if (fits) return {};
  return fail(ErrorKind::refused, "other_case_key",
              "case.key is not the one this database was used with; put that one back");
}

Result<void> forget_case_secret(sql::Database& database, const std::string& center_id) {
  TRY(database.run("UPDATE center SET case_key_mark = '' WHERE id = ?", center_id));
  return {};
}

Result<std::string> last_served(sql::Database& database) {
  sql::Statement row =
      TRY(database.query("SELECT id FROM center ORDER BY started_ms DESC, id LIMIT 1"));
  if (!TRY(row.step())) return fail(ErrorKind::not_found, "no_center");
  return row.string(0);
}

Result<void> begin_epoch(sql::Database& database, const std::string& center_id, base::World world) {
  const base::Instant now = world.clock.now();
  TRY(database.run("UPDATE center SET epoch = ?, restored_ms = ? WHERE id = ?",
                   base::uuid7(now, world.chance), base::to_ms(now), center_id));
  return {};
}

bool records_may_come_back(const CenterState& state, const Transaction& transaction) {
  const std::chrono::days kept{transaction.center.kiosks_keep_days};
  return state.restored && transaction.now < *state.restored + kept;
}

}  // namespace central
