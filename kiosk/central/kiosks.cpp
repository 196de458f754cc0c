#include "kiosk/central/kiosks.h"

#include <set>

#include "kiosk/wire/case_code.h"
#include "platform/crypto/crypto.h"

namespace central {
namespace {

using base::ErrorKind;
using base::fail;

struct CodeUse {
  std::string kiosk_id;  // "" while unused
  bool expired = false;
};

Result<std::optional<CodeUse>> find_code(Transaction& transaction, std::string_view code_hash) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT kiosk_id, expires_ms FROM enrol_code WHERE center_id = ? AND code_hash = ?",
      transaction.center_id(), code_hash));
  if (!TRY(row.step())) return std::optional<CodeUse>{};
  return std::optional<CodeUse>{{row.string(0), row.integer(1) <= transaction.now_ms()}};
}

Result<wire::EnrolResponse> welcome(Transaction& transaction, const Kiosk& kiosk) {
  return wire::EnrolResponse{kiosk.id, kiosk.number, transaction.center_id(),
                             TRY(read_state(transaction)).epoch};
}

// The number it had, when a restored backup does not know it and no other kiosk has it; else the
// next one.
Result<Kiosk> add_kiosk(Transaction& transaction, const wire::EnrolRequest& request,
                        base::Chance& chance) {
  const std::string id = base::uuid7(transaction.now, chance);
  const bool restored = records_may_come_back(TRY(read_state(transaction)), transaction);
  const int wanted = restored ? request.number : 0;
  const auto number = TRY(transaction.database.integer(
      "INSERT INTO kiosk VALUES (?1, ?2, "
      "CASE WHEN ?5 BETWEEN 1 AND ?6 "
      "AND NOT EXISTS (SELECT 1 FROM kiosk WHERE center_id = ?1 AND number = ?5) THEN ?5 "
      "ELSE (SELECT COALESCE(MAX(number), 0) + 1 FROM kiosk WHERE center_id = ?1) END, "
      "?3, ?4, ?4, 0) RETURNING number",
      transaction.center_id(), id, request.public_key, transaction.now_ms(), wanted,
      wire::largest_number));
  return Kiosk{id, static_cast<int>(number.value_or(0)), request.public_key};
}

Result<std::optional<Kiosk>> find_kiosk_by_key(Transaction& transaction,
                                               std::string_view public_key) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT id, number, public_key FROM kiosk WHERE center_id = ? AND public_key = ?",
      transaction.center_id(), public_key));
  if (!TRY(row.step())) return std::optional<Kiosk>{};
  return std::optional<Kiosk>{{row.string(0), static_cast<int>(row.integer(1)), row.string(2)}};
}

// Results behind a gap.
Result<std::set<std::int64_t>> read_ahead(Transaction& transaction, std::string_view kiosk_id) {
  sql::Statement row = TRY(
      transaction.database.query("SELECT seq FROM seq_ahead WHERE center_id = ? AND kiosk_id = ?",
                                 transaction.center_id(), kiosk_id));
  std::set<std::int64_t> seqs;
  while (TRY(row.step())) seqs.insert(row.integer(0));
  return seqs;
}

bool is_public_key(std::string_view text) {
  constexpr std::size_t ed25519_bytes = 32;
  const auto bytes = crypto::from_base64(text);
  return bytes && bytes->size() == ed25519_bytes;
}

}  // namespace

Result<std::string> make_enrol_code(sql::Database& database, const std::string& center_id,
                                    base::World world) {
  const base::Instant now = world.clock.now();
  TRY(database.run("DELETE FROM enrol_code WHERE center_id = ? AND expires_ms <= ?", center_id,
                   base::to_ms(now)));
  std::string code = wire::make_case_code(world.chance);
  TRY(database.run("INSERT INTO enrol_code VALUES (?, ?, ?, NULL)", center_id,
                   crypto::sha256_hex(code), base::to_ms(now + enrol_code_lives)));
  return code;
}

Result<wire::EnrolResponse> enrol(Transaction& transaction, const wire::EnrolRequest& request,
                                  base::Chance& chance) {
  if (!is_public_key(request.public_key)) {
    return fail(ErrorKind::invalid, "bad_message", "public_key");
  }
  const auto code = wire::parse_case_code(request.code);
  const std::string hash = crypto::sha256_hex(code.value_or(""));
  const auto use = TRY(find_code(transaction, hash));
  if (!use || use->expired) return fail(ErrorKind::refused, "code_invalid");
  const auto known = TRY(find_kiosk_by_key(transaction, request.public_key));
  if (!use->kiosk_id.empty()) {
    const bool same = known && known->id == use->kiosk_id;
    if (!same) return fail(ErrorKind::refused, "code_invalid");
    return welcome(transaction, *known);
  }
  const Kiosk kiosk = known ? *known : TRY(add_kiosk(transaction, request, chance));
  TRY(transaction.database.run(
      "UPDATE enrol_code SET kiosk_id = ? WHERE center_id = ? AND code_hash = ?", kiosk.id,
      transaction.center_id(), hash));
  return welcome(transaction, kiosk);
}

Result<std::optional<Kiosk>> find_kiosk(sql::Database& database, const std::string& center_id,
                                        std::string_view id) {
  sql::Statement row = TRY(database.query(
      "SELECT id, number, public_key FROM kiosk WHERE center_id = ? AND id = ?", center_id, id));
  if (!TRY(row.step())) return std::optional<Kiosk>{};
  return std::optional<Kiosk>{{row.string(0), static_cast<int>(row.integer(1)), row.string(2)}};
}

Result<std::int64_t> count_kiosks_since(sql::Database& database, const std::string& center_id,
                                        base::Instant last_contact) {
  const auto count =
      TRY(database.integer("SELECT count(*) FROM kiosk WHERE center_id = ? AND contact_ms >= ?",
                           center_id, base::to_ms(last_contact)));
  return count.value_or(0);
}

Result<Contact> note_contact(Transaction& transaction, std::string_view kiosk_id) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT contact_ms, applied_through FROM kiosk WHERE center_id = ? AND id = ?",
      transaction.center_id(), kiosk_id));
  if (!TRY(row.step())) return fail(ErrorKind::refused, "kiosk_unknown");
  const Contact contact{base::from_ms(row.integer(0)), row.integer(1)};
  TRY(transaction.database.run("UPDATE kiosk SET contact_ms = ? WHERE center_id = ? AND id = ?",
                               transaction.now_ms(), transaction.center_id(), kiosk_id));
  return contact;
}

// Only a gap is written down: what follows without one is told by the number alone.
Result<std::int64_t> note_results(Transaction& transaction, std::string_view kiosk_id,
                                  std::int64_t through, std::vector<std::int64_t> seqs) {
  std::erase_if(seqs, [through](std::int64_t seq) { return seq <= through; });
  if (seqs.empty()) return through;
  sql::Database& database = transaction.database;
  const std::string& center = transaction.center_id();
  std::set<std::int64_t> ahead = TRY(read_ahead(transaction, kiosk_id));
  const bool gap_before = !ahead.empty();
  ahead.insert(seqs.begin(), seqs.end());
  std::int64_t reached = through;
  while (ahead.contains(reached + 1)) ++reached;
  if (gap_before) {
    TRY(database.run("DELETE FROM seq_ahead WHERE center_id = ? AND kiosk_id = ? AND seq <= ?",
                     center, kiosk_id, reached));
  }
  for (const std::int64_t seq : seqs) {
    if (seq <= reached) continue;
    TRY(database.run("INSERT INTO seq_ahead VALUES (?, ?, ?) ON CONFLICT DO NOTHING", center,
                     kiosk_id, seq));
  }
  if (reached == through) return through;
  TRY(database.run("UPDATE kiosk SET applied_through = ? WHERE center_id = ? AND id = ?", reached,
                   center, kiosk_id));
  return reached;
}

}  // namespace central
