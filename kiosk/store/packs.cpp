#include "kiosk/store/packs.h"

#include "platform/crypto/crypto.h"

namespace store {
namespace {

// Names of packs that nobody wants back.
constexpr int most_unusable = 32;

Result<std::optional<Pack>> newest(Store& store, std::string_view name, std::string_view state) {
  sql::Statement row = TRY(
      store.database().query("SELECT name, sha256, bytes FROM pack WHERE name = ? AND state = ? "
                             "ORDER BY fetched_ms DESC LIMIT 1",
                             name, state));
  if (!TRY(row.step())) return std::optional<Pack>{};
  return std::optional<Pack>{Pack{row.string(0), row.string(1), std::string(row.blob(2))}};
}

}  // namespace

Result<std::optional<Pack>> active_pack(Store& store, std::string_view name) {
  return newest(store, name, "active");
}

Result<std::optional<Pack>> candidate_pack(Store& store, std::string_view name) {
  return newest(store, name, "candidate");
}

Result<std::map<std::string, std::string>> packs_in_force(Store& store) {
  sql::Statement row =
      TRY(store.database().query("SELECT name, sha256 FROM pack WHERE state = 'active'"));
  std::map<std::string, std::string> packs;
  while (TRY(row.step())) packs[row.string(0)] = row.string(1);
  return packs;
}

Result<bool> has_pack(Store& store, std::string_view name, std::string_view sha256) {
  const auto count = TRY(store.database().integer(
      "SELECT count(*) FROM pack WHERE name = ? AND sha256 = ?", name, sha256));
  return count.value_or(0) > 0;
}

Result<void> add_candidate(Writer& writer, const Pack& pack) {
  if (crypto::sha256_hex(pack.bytes) != pack.sha256) {
    return base::fail(base::ErrorKind::invalid, "bad_hash", pack.name);
  }
  sql::Database& database = writer.database();
  TRY(database.run("DELETE FROM pack WHERE name = ? AND state = 'candidate'", pack.name));
  TRY(database.run("INSERT INTO pack VALUES (?, ?, ?, 'candidate', ?)", pack.name, pack.sha256,
                   sql::Blob{pack.bytes}, base::to_ms(writer.store().now())));
  return {};
}

Result<void> offer_again(Writer& writer, std::string_view name, std::string_view sha256) {
  sql::Database& database = writer.database();
  TRY(database.run("DELETE FROM pack WHERE name = ? AND sha256 <> ? AND state = 'candidate'", name,
                   sha256));
  TRY(
      database.run("UPDATE pack SET state = 'candidate' "
                   "WHERE name = ? AND sha256 = ? AND state = 'previous'",
                   name, sha256));
  return {};
}

Result<void> put_into_force(Writer& writer, std::string_view name, std::string_view sha256) {
  sql::Database& database = writer.database();
  TRY(database.run("DELETE FROM pack WHERE name = ? AND state = 'previous' AND sha256 <> ?", name,
                   sha256));
  TRY(database.run("UPDATE pack SET state = 'previous' WHERE name = ? AND state = 'active'", name));
  const auto changed = TRY(
      database.run("UPDATE pack SET state = 'active' WHERE name = ? AND sha256 = ?", name, sha256));
  if (changed == 0) return base::fail(base::ErrorKind::not_found, "pack_unknown", name);
  return {};
}

Result<void> reject_pack(Writer& writer, std::string_view name, std::string_view sha256) {
  sql::Database& database = writer.database();
  TRY(database.run("UPDATE pack SET state = 'unusable', bytes = x'' WHERE name = ? AND sha256 = ?",
                   name, sha256));
  TRY(
      database.run("DELETE FROM pack WHERE name = ?1 AND state = 'unusable' AND sha256 NOT IN "
                   "(SELECT sha256 FROM pack WHERE name = ?1 AND state = 'unusable' "
                   "ORDER BY fetched_ms DESC, sha256 LIMIT ?2)",
                   name, most_unusable));
  return {};
}

}  // namespace store
