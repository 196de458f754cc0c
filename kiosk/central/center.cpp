#include "kiosk/central/center.h"

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

Result<CenterState> read_state(Transaction& transaction) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT epoch, version, manifest_version, catalogue_sha256 FROM center WHERE id = ?",
      transaction.center_id()));
  if (!TRY(row.step())) return fail(ErrorKind::storage, "database", "center without a row");
  return CenterState{row.string(0), row.integer(1), row.integer(2), row.string(3)};
}

Result<void> begin_service(Transaction& transaction, const std::string& catalogue_sha256,
                           base::Chance& chance) {
  TRY(transaction.database.run(
      "INSERT INTO center VALUES (?1, ?2, 0, 1, ?3, ?4, 0) ON CONFLICT (id) DO UPDATE SET "
      "manifest_version = manifest_version + (catalogue_sha256 <> excluded.catalogue_sha256), "
      "catalogue_sha256 = excluded.catalogue_sha256, started_ms = excluded.started_ms",
      transaction.center_id(), base::uuid7(transaction.now, chance), catalogue_sha256,
      transaction.now_ms()));
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
