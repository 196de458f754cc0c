#include "kiosk/central/cases.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/wire/case_code.h"
#include "platform/crypto/crypto.h"

namespace central {
namespace {

using base::ErrorKind;
using base::fail;

constexpr int tries_allowed = 5;

Result<bool> is_locked(Transaction& transaction, std::string_view code_key) {
  const auto wrong = TRY(transaction.database.integer(
      "SELECT wrong FROM case_try WHERE center_id = ? AND code_key = ? AND last_ms > ?",
      transaction.center_id(), code_key, transaction.now_ms() - lock_time.count()));
  return wrong.value_or(0) >= tries_allowed;
}

// Tries of more than an hour ago are forgotten, for this code and for all others.
Result<void> count_wrong_try(Transaction& transaction, std::string_view code_key) {
  TRY(transaction.database.run("DELETE FROM case_try WHERE center_id = ? AND last_ms <= ?",
                               transaction.center_id(), transaction.now_ms() - lock_time.count()));
  TRY(transaction.database.run(
      "INSERT INTO case_try VALUES (?1, ?2, 1, ?3) ON CONFLICT (center_id, code_key) "
      "DO UPDATE SET wrong = case_try.wrong + 1, last_ms = excluded.last_ms",
      transaction.center_id(), code_key, transaction.now_ms()));
  return {};
}

Result<void> forget_tries(Transaction& transaction, std::string_view code_key) {
  TRY(transaction.database.run("DELETE FROM case_try WHERE center_id = ? AND code_key = ?",
                               transaction.center_id(), code_key));
  return {};
}

Result<CaseAnswer> find_by(sql::Database& database, const std::string& center_id,
                           std::string_view code_key, std::string_view case_key) {
  sql::Statement row = TRY(database.query(
      "SELECT 'booking', id, case_key FROM booking WHERE center_id = ?1 AND code_key = ?2 "
      "UNION ALL SELECT 'request', id, case_key FROM request WHERE center_id = ?1 "
      "AND code_key = ?2",
      center_id, code_key));
  while (TRY(row.step())) {
    if (!case_key.empty() && !crypto::equal_in_constant_time(row.text(2), case_key)) continue;
    return CaseAnswer{CaseAnswer::Kind::found, row.string(0), row.string(1)};
  }
  return CaseAnswer{};
}

Result<wire::SlotState> read_slot(sql::Database& database, const std::string& center_id,
                                  std::string_view key) {
  sql::Statement row = TRY(database.query(
      "SELECT service, way, day, start_time, end_time, capacity, taken, room FROM slot "
      "WHERE center_id = ? AND key = ?",
      center_id, key));
  if (!TRY(row.step())) return wire::SlotState{};
  return wire::SlotState{row.string(0),
                         row.string(1),
                         row.string(2),
                         row.string(3),
                         row.string(4),
                         static_cast<int>(row.integer(5)),
                         static_cast<int>(row.integer(6)),
                         row.string(7)};
}

Result<wire::LookupResponse> describe_booking(sql::Database& database, const Center& center,
                                              std::string_view id) {
  sql::Statement row = TRY(
      database.query("SELECT service, topic, way, state, slot, changed_ms, withdrawn FROM booking "
                     "WHERE center_id = ? AND id = ?",
                     center.id(), id));
  if (!TRY(row.step())) return fail(ErrorKind::not_found, "code_unknown");
  wire::LookupResponse found{
      "booking", std::string(id), row.string(0), row.string(1), row.string(2), {}, {}};
  found.record = {row.string(3), row.string(4), row.string(6),
                  center.zone.rfc3339(base::from_ms(row.integer(5)))};
  found.slot = TRY(read_slot(database, center.id(), found.record.slot));
  return found;
}

Result<wire::LookupResponse> describe_request(sql::Database& database, const Center& center,
                                              std::string_view id) {
  sql::Statement row = TRY(database.query(
      "SELECT service, way, state, reason, changed_ms FROM request WHERE center_id = ? AND id = ?",
      center.id(), id));
  if (!TRY(row.step())) return fail(ErrorKind::not_found, "code_unknown");
  return wire::LookupResponse{
      "request",
      std::string(id),
      row.string(0),
      "",
      row.string(1),
      {row.string(2), "", row.string(3), center.zone.rfc3339(base::from_ms(row.integer(4)))},
      {}};
}

}  // namespace

CaseKeys case_keys(const Center& center, std::string_view code, std::string_view last4) {
  return {crypto::hmac_hex(center.case_secret, code),
          crypto::hmac_hex(center.case_secret, fmt::format("{}|{}", code, last4))};
}

bool well_formed(std::string_view code, std::string_view last4) {
  const bool digits =
      std::all_of(last4.begin(), last4.end(), [](char c) { return c >= '0' && c <= '9'; });
  return last4.size() == 4 && digits && wire::parse_case_code(code) == code;
}

Result<CaseAnswer> find_case(Transaction& transaction, std::string_view code,
                             std::string_view last4) {
  if (!well_formed(code, last4)) return CaseAnswer{};
  const CaseKeys keys = case_keys(transaction.center, code, last4);
  if (TRY(is_locked(transaction, keys.code))) return CaseAnswer{CaseAnswer::Kind::locked, "", ""};
  CaseAnswer answer =
      TRY(find_by(transaction.database, transaction.center_id(), keys.code, keys.both));
  if (answer.kind == CaseAnswer::Kind::found) {
    TRY(forget_tries(transaction, keys.code));
  } else {
    TRY(count_wrong_try(transaction, keys.code));
  }
  return answer;
}

Result<wire::LookupResponse> describe_case(sql::Database& database, const Center& center,
                                           const CaseAnswer& found) {
  if (found.type == "booking") return describe_booking(database, center, found.id);
  return describe_request(database, center, found.id);
}

Result<wire::LookupResponse> status_of_code(sql::Database& database, const Center& center,
                                            std::string_view code) {
  const CaseAnswer found =
      TRY(find_by(database, center.id(), case_keys(center, code, "").code, ""));
  if (found.kind != CaseAnswer::Kind::found) return fail(ErrorKind::not_found, "code_unknown");
  return describe_case(database, center, found);
}

}  // namespace central
