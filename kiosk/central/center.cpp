#include "kiosk/central/center.h"

#include "platform/crypto/crypto.h"

namespace central {

using base::ErrorKind;
using base::fail;

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
      "SELECT epoch, version, manifest_version, catalogue_sha256 FROM center WHERE id = ?",
      transaction.center_id()));
  if (!TRY(row.step())) return fail(ErrorKind::storage, "database", "center without a row");
  return CenterState{row.string(0), row.integer(1), row.integer(2), row.string(3)};
}

Result<void> begin_service(Transaction& transaction, const std::string& catalogue_sha256,
                           base::Chance& chance) {
  const std::string key = crypto::sha256_hex("case key " + transaction.center.case_secret);
  const auto begun = TRY(transaction.database.run(
      "INSERT INTO center (id, epoch, version, manifest_version, catalogue_sha256, started_ms, "
      "case_key_sha256) VALUES (?1, ?2, 0, 1, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET "
      "manifest_version = center.manifest_version + "
      "CASE WHEN center.catalogue_sha256 <> excluded.catalogue_sha256 THEN 1 ELSE 0 END, "
      "catalogue_sha256 = excluded.catalogue_sha256, started_ms = excluded.started_ms, "
      "case_key_sha256 = excluded.case_key_sha256 "
      "WHERE center.case_key_sha256 IN ('', excluded.case_key_sha256)",
      transaction.center_id(), base::uuid7(transaction.now, chance), catalogue_sha256,
      transaction.now_ms(), key));
  if (begun == 0) {
    return fail(ErrorKind::refused, "other_case_key",
                "the database belongs to another case.key; copy that one here");
  }
  return {};
}

Result<std::string> last_served(sql::Database& database) {
  sql::Statement row =
      TRY(database.query("SELECT id FROM center ORDER BY started_ms DESC, id LIMIT 1"));
  if (!TRY(row.step())) return fail(ErrorKind::not_found, "no_center");
  return row.string(0);
}

Result<void> begin_epoch(sql::Database& database, const std::string& center_id, base::World world) {
  TRY(database.run("UPDATE center SET epoch = ? WHERE id = ?",
                   base::uuid7(world.clock.now(), world.chance), center_id));
  return {};
}

}  // namespace central
