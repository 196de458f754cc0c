#include "kiosk/central/kiosks.h"

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

Result<Kiosk> add_kiosk(Transaction& transaction, const std::string& public_key,
                        base::Chance& chance) {
  const std::string id = base::uuid7(transaction.now, chance);
  const auto number = TRY(transaction.database.integer(
      "INSERT INTO kiosk VALUES (?1, ?2, "
      "(SELECT COALESCE(MAX(number), 0) + 1 FROM kiosk WHERE center_id = ?1), ?3, ?4, ?4, 0) "
      "RETURNING number",
      transaction.center_id(), id, public_key, transaction.now_ms()));
  return Kiosk{id, static_cast<int>(number.value_or(0)), public_key};
}

Result<std::optional<Kiosk>> find_kiosk_by_key(Transaction& transaction,
                                               std::string_view public_key) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT id, number, public_key FROM kiosk WHERE center_id = ? AND public_key = ?",
      transaction.center_id(), public_key));
  if (!TRY(row.step())) return std::optional<Kiosk>{};
  return std::optional<Kiosk>{{row.string(0), static_cast<int>(row.integer(1)), row.string(2)}};
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
  const Kiosk kiosk = known ? *known : TRY(add_kiosk(transaction, request.public_key, chance));
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

Result<std::int64_t> note_result(Transaction& transaction, std::string_view kiosk_id,
                                 std::int64_t seq) {
  sql::Database& database = transaction.database;
  const std::string& center = transaction.center_id();
  const auto before = TRY(database.integer(
      "SELECT applied_through FROM kiosk WHERE center_id = ? AND id = ?", center, kiosk_id));
  std::int64_t through = before.value_or(0);
  if (seq <= through) return through;
  TRY(database.run("INSERT INTO seq_ahead VALUES (?, ?, ?) ON CONFLICT DO NOTHING", center,
                   kiosk_id, seq));
  while (TRY(database.run("DELETE FROM seq_ahead WHERE center_id = ? AND kiosk_id = ? AND seq = ?",
                          center, kiosk_id, through + 1)) == 1) {
    ++through;
  }
  TRY(database.run("UPDATE kiosk SET applied_through = ? WHERE center_id = ? AND id = ?", through,
                   center, kiosk_id));
  return through;
}

}  // namespace central
