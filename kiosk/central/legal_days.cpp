#include "kiosk/central/legal_days.h"

#include <algorithm>
#include <array>

#include "kiosk/wire/legal_day.h"

namespace central {
namespace {

using base::ErrorKind;
using base::fail;

// Who confirmed longer ago did not have the center's answer before they left.
constexpr base::Milliseconds visitor_stays = std::chrono::minutes{2};

constexpr std::array<std::string_view, 3> outcomes{"handed_in", "told", "not_needed"};

// A kiosk's word that is no day is not known here either.
std::string day_of(const wire::Op& op) {
  return base::parse_date(op.legal_day) ? op.legal_day : std::string(wire::unknown_legal_day);
}

LegalDay read_day(const sql::Statement& row, base::Date today) {
  LegalDay day{.id = row.string(0),
               .kind = row.string(1),
               .service = row.string(2),
               .day = row.string(3),
               .taken = row.integer(4) != 0,
               .offline = row.integer(5) != 0,
               .arrived = base::from_ms(row.integer(6)),
               .kiosk = static_cast<int>(row.integer(7))};
  const auto date = base::parse_date(day.day);
  if (date) day.days_left = base::days_between(today, *date);
  day.alarm = !day.taken || (date && wire::legal_day_near(*date, today, day.offline));
  return day;
}

Result<std::vector<LegalDay>> read_open(sql::Database& database, const Center& center,
                                        base::Date today) {
  sql::Statement row = TRY(database.query(
      "SELECT d.id, d.kind, COALESCE(r.service, b.service, ''), d.day, d.taken, d.offline, "
      "d.arrived_ms, k.number FROM legal_day d "
      "JOIN kiosk k ON k.center_id = d.center_id AND k.id = d.kiosk_id "
      "LEFT JOIN request r ON r.center_id = d.center_id AND r.id = d.id "
      "LEFT JOIN booking b ON b.center_id = d.center_id AND b.id = d.id "
      "WHERE d.center_id = ? AND d.outcome = '' ORDER BY d.day, d.arrived_ms, d.id",
      center.id()));
  std::vector<LegalDay> open;
  while (TRY(row.step())) open.push_back(read_day(row, today));
  return open;
}

Result<std::vector<Silent>> read_silent(sql::Database& database, const Center& center,
                                        base::Instant now) {
  sql::Statement row = TRY(
      database.query("SELECT number, contact_ms FROM kiosk WHERE center_id = ? AND contact_ms < ? "
                     "AND contact_ms > ? ORDER BY number",
                     center.id(), base::to_ms(now - silent_after), base::to_ms(now - gone_after)));
  std::vector<Silent> silent;
  while (TRY(row.step())) {
    silent.push_back({static_cast<int>(row.integer(0)), base::from_ms(row.integer(1))});
  }
  return silent;
}

}  // namespace

std::size_t LegalDays::alarms() const {
  return static_cast<std::size_t>(std::ranges::count(open, true, &LegalDay::alarm));
}

Result<void> note_legal_day(Transaction& transaction, const Sender& sender, const wire::Op& op,
                            bool taken) {
  if (op.legal_day.empty()) return {};
  const bool offline = transaction.now - believed_time(transaction, sender, op) > visitor_stays;
  TRY(transaction.database.run(
      "INSERT INTO legal_day VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', 0) ON CONFLICT DO NOTHING",
      transaction.center_id(), op.id, sender.kiosk_id, op.kind, day_of(op), taken, offline,
      transaction.now_ms()));
  return {};
}

Result<LegalDays> read_legal_days(sql::Database& database, const Center& center,
                                  base::Instant now) {
  return LegalDays{TRY(read_open(database, center, center.zone.date(now))),
                   TRY(read_silent(database, center, now))};
}

Result<void> settle_legal_day(Transaction& transaction, std::string_view id,
                              std::string_view outcome) {
  if (std::ranges::find(outcomes, outcome) == outcomes.end()) {
    return fail(ErrorKind::invalid, "bad_message", "outcome");
  }
  const auto changed =
      TRY(transaction.database.run("UPDATE legal_day SET outcome = ?, settled_ms = ? "
                                   "WHERE center_id = ? AND id = ? AND outcome = ''",
                                   outcome, transaction.now_ms(), transaction.center_id(), id));
  if (changed == 0) return fail(ErrorKind::refused, "state_changed");
  return {};
}

Result<void> forget_legal_days(Transaction& transaction) {
  TRY(transaction.database.run(
      "DELETE FROM legal_day WHERE center_id = ?1 AND outcome <> '' AND NOT EXISTS (SELECT 1 "
      "FROM request r WHERE r.center_id = ?1 AND r.id = legal_day.id) AND NOT EXISTS (SELECT 1 "
      "FROM booking b WHERE b.center_id = ?1 AND b.id = legal_day.id)",
      transaction.center_id()));
  return {};
}

}  // namespace central
