#include "kiosk/central/keeping.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "kiosk/central/legal_days.h"
#include "kiosk/central/limits.h"
#include "kiosk/central/to_tell.h"
#include "kiosk/wire/messages.h"

namespace central {
namespace {

using Ids = std::vector<std::string>;

// What arrived before this day began is too old today.
base::Date oldest_day(const Transaction& transaction, int days) {
  return base::add_days(transaction.today(), -days);
}
std::int64_t oldest_ms(const Transaction& transaction, int days) {
  return base::to_ms(transaction.center.zone.instant(oldest_day(transaction, days), {}));
}

Result<Ids> ids_of(sql::Statement row) {
  Ids ids;
  while (TRY(row.step())) ids.push_back(row.string(0));
  return ids;
}

// The version tells the kiosk that made the record; tickets are dropped by their day everywhere.
Result<void> mark_gone(Transaction& transaction, const std::string& id) {
  TRY(transaction.database.run("UPDATE op SET gone_version = ? WHERE center_id = ? AND op_id = ?",
                               TRY(next_version(transaction)), transaction.center_id(), id));
  return {};
}

Result<std::int64_t> erase_told(Transaction& transaction, std::string_view statement,
                                const Ids& ids) {
  for (const std::string& id : ids) {
    TRY(transaction.database.run(statement, transaction.center_id(), id));
    TRY(mark_gone(transaction, id));
  }
  return static_cast<std::int64_t>(ids.size());
}

// ---- bookings ----------------------------------------------------------------------------------

// Of one service, or of all when it is "".
Result<std::int64_t> erase_bookings(Transaction& transaction, std::string_view service, int days,
                                    std::size_t most) {
  const Ids ids = TRY(ids_of(TRY(transaction.database.query(
      "SELECT b.id FROM booking b LEFT JOIN slot s ON s.center_id = b.center_id AND s.key = b.slot "
      "WHERE b.center_id = ?1 AND b.made_ms < ?2 AND ?3 IN ('', b.service) "
      "AND (b.state = 'cancelled' OR s.key IS NULL OR s.day < ?4) ORDER BY b.made_ms LIMIT ?5",
      transaction.center_id(), oldest_ms(transaction, days), service,
      base::iso_date(transaction.today()), most))));
  return erase_told(transaction, "DELETE FROM booking WHERE center_id = ? AND id = ?", ids);
}

// What the forms of a booking say of name and phone.
std::optional<int> promised_days(const service::Service& service) {
  std::optional<int> fewest;
  for (const service::Question& question : service.questions) {
    if (question.days_kept > 0) fewest = std::min(fewest.value_or(3650), question.days_kept);
  }
  return fewest;
}

Result<std::int64_t> erase_bookings(Transaction& transaction, std::size_t most) {
  std::int64_t erased =
      TRY(erase_bookings(transaction, "", transaction.center.keep.bookings, most));
  for (const service::Service& service : transaction.center.catalogue.services) {
    const auto days = promised_days(service);
    if (service.kind != service::Kind::booking || !days) continue;
    erased += TRY(erase_bookings(transaction, service.id, *days, most));
  }
  return erased;
}

// ---- requests ----------------------------------------------------------------------------------

// "party.name" belongs to the question "party".
bool belongs_to(std::string_view key, std::string_view question) {
  return key == question || (key.starts_with(question) && key[question.size()] == '.');
}

bool has_answer(const wire::IntakeFile& body, std::string_view question) {
  return std::any_of(body.answers.begin(), body.answers.end(),
                     [&](const auto& each) { return belongs_to(each.first, question); });
}

// The requests that still have an answer to the question, oldest first. The text of the answers is
// looked through for the question's name, which may be somebody's own word: then the names decide.
Result<Ids> answered(Transaction& transaction, const service::Service& service,
                     const service::Question& question, std::size_t most) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT id, answers FROM request WHERE center_id = ?1 AND filed_ms < ?2 AND service = ?3 "
      "AND (replace(answers, ?4, '') <> answers OR replace(answers, ?5, '') <> answers) "
      "ORDER BY filed_ms",
      transaction.center_id(), oldest_ms(transaction, question.days_kept), service.id,
      '"' + question.id + "\":", '"' + question.id + '.'));
  Ids ids;
  while (ids.size() < most && TRY(row.step())) {
    if (has_answer(TRY(wire::parse_intake_file(row.text(1))), question.id)) {
      ids.push_back(row.string(0));
    }
  }
  return ids;
}

Result<void> drop_answers(Transaction& transaction, const std::string& id,
                          std::string_view question) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT answers FROM request WHERE center_id = ? AND id = ?", transaction.center_id(), id));
  if (!TRY(row.step())) return {};
  wire::IntakeFile body = TRY(wire::parse_intake_file(row.text(0)));
  std::erase_if(body.answers, [&](const auto& each) { return belongs_to(each.first, question); });
  TRY(transaction.database.run("UPDATE request SET answers = ? WHERE center_id = ? AND id = ?",
                               wire::to_json(body), transaction.center_id(), id));
  return {};
}

Result<std::int64_t> erase_answers(Transaction& transaction, const service::Service& service,
                                   const service::Question& question, std::size_t most) {
  const Ids ids = TRY(answered(transaction, service, question, most));
  for (const std::string& id : ids) TRY(drop_answers(transaction, id, question.id));
  return static_cast<std::int64_t>(ids.size());
}

Result<std::int64_t> erase_answers(Transaction& transaction, std::size_t most) {
  std::int64_t erased = 0;
  for (const service::Service& service : transaction.center.catalogue.services) {
    if (service.kind != service::Kind::intake) continue;
    for (const service::Question& question : service.questions) {
      if (question.days_kept == 0) continue;
      erased += TRY(erase_answers(transaction, service, question, most));
    }
  }
  return erased;
}

// What was closed so long ago was filed before that.
Result<std::int64_t> erase_requests(Transaction& transaction, std::size_t most) {
  const Ids ids = TRY(ids_of(TRY(transaction.database.query(
      "SELECT id FROM request WHERE center_id = ?1 AND filed_ms < ?2 AND changed_ms < ?2 "
      "AND state IN ('refused', 'closed') ORDER BY filed_ms LIMIT ?3",
      transaction.center_id(), oldest_ms(transaction, transaction.center.keep.requests), most))));
  return erase_told(transaction, "DELETE FROM request WHERE center_id = ? AND id = ?", ids);
}

// ---- tickets and calls -------------------------------------------------------------------------

Result<std::int64_t> erase_tickets(Transaction& transaction, std::size_t most) {
  return transaction.database.run(
      "DELETE FROM ticket WHERE center_id = ?1 AND id IN (SELECT id FROM ticket "
      "WHERE center_id = ?1 AND day < ?2 ORDER BY day LIMIT ?3)",
      transaction.center_id(),
      base::iso_date(oldest_day(transaction, transaction.center.keep.tickets)), most);
}

Result<std::int64_t> erase_calls(Transaction& transaction, std::size_t most) {
  const Ids ids = TRY(ids_of(TRY(transaction.database.query(
      "SELECT id FROM assist WHERE center_id = ? AND asked_ms < ? ORDER BY asked_ms LIMIT ?",
      transaction.center_id(), oldest_ms(transaction, transaction.center.keep.calls), most))));
  return erase_told(transaction, "DELETE FROM assist WHERE center_id = ? AND id = ?", ids);
}

// ---- the account -------------------------------------------------------------------------------

struct Line {
  std::string_view kind;  // as in the table
  std::int64_t Erased::* count;
};
constexpr std::array lines{Line{"booking", &Erased::bookings}, Line{"answer", &Erased::answers},
                           Line{"request", &Erased::requests}, Line{"ticket", &Erased::tickets},
                           Line{"call", &Erased::calls}};

Result<void> count_erased(Transaction& transaction, const Erased& erased) {
  for (const Line& line : lines) {
    if (erased.*line.count == 0) continue;
    TRY(transaction.database.run(
        "INSERT INTO erased VALUES (?, ?, ?) ON CONFLICT (center_id, kind) "
        "DO UPDATE SET records = erased.records + excluded.records",
        transaction.center_id(), line.kind, erased.*line.count));
  }
  return {};
}

}  // namespace

Erased& Erased::operator+=(const Erased& other) {
  for (const Line& line : lines) this->*line.count += other.*line.count;
  return *this;
}

Result<Erased> erase_some(Transaction& transaction, std::size_t most) {
  Erased erased;
  erased.bookings = TRY(erase_bookings(transaction, most));
  erased.requests = TRY(erase_requests(transaction, most));
  erased.answers = TRY(erase_answers(transaction, most));
  erased.tickets = TRY(erase_tickets(transaction, most));
  erased.calls = TRY(erase_calls(transaction, most));
  TRY(count_erased(transaction, erased));
  TRY(forget_bookers(transaction));
  TRY(forget_legal_days(transaction));
  TRY(forget_told(transaction));
  return erased;
}

Result<void> note_all_erased(Transaction& transaction) {
  TRY(transaction.database.run("UPDATE center SET erased_ms = ? WHERE id = ?", transaction.now_ms(),
                               transaction.center_id()));
  return {};
}

Result<KeepingAccount> read_keeping(sql::Database& database, const std::string& center_id) {
  KeepingAccount account;
  const auto last = TRY(
      database.integer("SELECT erased_ms FROM center WHERE id = ? AND erased_ms > 0", center_id));
  if (last) account.last = base::from_ms(*last);
  for (const Line& line : lines) {
    account.erased.*line.count =
        TRY(database.integer("SELECT records FROM erased WHERE center_id = ? AND kind = ?",
                             center_id, line.kind))
            .value_or(0);
  }
  return account;
}

}  // namespace central
