#include "kiosk/central/to_tell.h"

#include <algorithm>
#include <array>
#include <map>

namespace central {
namespace {

using base::ErrorKind;
using base::fail;
using Answers = std::map<std::string, std::string>;

// Who confirmed longer ago did not have the center's answer before they left.
constexpr base::Milliseconds visitor_stays = std::chrono::minutes{2};

constexpr std::array<std::string_view, 4> outcomes{"reached", "not_reached", "not_wanted",
                                                   "told_at_kiosk"};

// When its slot begins; nothing for requests.
Result<std::optional<std::int64_t>> begins(Transaction& transaction, std::string_view record) {
  return transaction.database.integer(
      "SELECT s.start_ms FROM booking b JOIN slot s ON s.center_id = b.center_id AND s.key = "
      "b.slot "
      "WHERE b.center_id = ? AND b.id = ?",
      transaction.center_id(), record);
}

std::int64_t due(const Transaction& transaction, std::optional<std::int64_t> begins) {
  const std::int64_t usual = base::to_ms(transaction.now + tell_within);
  if (!begins || *begins <= transaction.now_ms()) return usual;
  return std::min(usual, *begins);
}

// `contact` as in the table.
Result<void> open_task(Transaction& transaction, const Told& what, std::string_view contact,
                       std::optional<std::int64_t> begins) {
  const auto renewed = TRY(
      transaction.database.run("UPDATE to_tell SET change = ?, reason = ?, made_ms = ?, due_ms = ? "
                               "WHERE center_id = ? AND record = ? AND outcome = ''",
                               what.change, what.reason, transaction.now_ms(),
                               due(transaction, begins), transaction.center_id(), what.record));
  if (renewed > 0) return {};
  TRY(transaction.database.run(
      "INSERT INTO to_tell VALUES (?1, ?2, (SELECT COALESCE(MAX(number), 0) + 1 FROM to_tell "
      "WHERE center_id = ?1 AND record = ?2), ?3, ?4, ?5, ?6, ?7, ?8, '', 0)",
      transaction.center_id(), what.record, what.type, what.change, what.reason, contact,
      transaction.now_ms(), due(transaction, begins)));
  return {};
}

// ---- what came too late for the visitor to see it -----------------------------------------------

// The body without what is kept as hashes only.
std::string contact_of(const wire::Op& op) {
  if (op.kind == "booking.request") {
    auto body = wire::parse_booking_request(op.body);
    if (!body) return {};
    body->code.clear();
    body->last4.clear();
    return wire::to_json(*body);
  }
  auto body = wire::parse_intake_file(op.body);
  if (!body) return {};
  body->code.clear();
  body->last4.clear();
  return wire::to_json(*body);
}

Result<void> tell_refused(Transaction& transaction, const wire::Op& op, std::string_view code) {
  const std::string_view type = op.kind == "booking.request" ? "booking" : "request";
  const std::string contact = contact_of(op);
  if (contact.empty()) return {};  // nothing in it says whom to tell
  return open_task(transaction, {type, op.id, "refused", code}, contact, std::nullopt);
}

// ---- whom to tell, and how ----------------------------------------------------------------------

const service::Question* find_question(const service::Service* service, auto fits) {
  if (service == nullptr) return nullptr;
  const auto found = std::ranges::find_if(service->questions, fits);
  return found == service->questions.end() ? nullptr : &*found;
}

std::string answer_to(const Answers& answers, const std::string& key) {
  const auto found = answers.find(key);
  return found == answers.end() ? std::string() : found->second;
}

service::LocalText wish_of(const service::Service* service, const Answers& answers) {
  const auto* question = find_question(service, [](const auto& each) { return each.wish; });
  if (question == nullptr) return {};
  const std::string chosen = answer_to(answers, question->id);
  const auto choice = std::ranges::find(question->choices, chosen, &service::Choice::id);
  return choice == question->choices.end() ? service::LocalText{} : choice->name;
}

void add_booking(const Center& center, std::string_view text, Task& task) {
  const auto body = wire::parse_booking_request(text);
  if (!body) return;
  task.service = body->service;
  task.name = body->name;
  task.phone = body->phone;
  task.wish = wish_of(center.catalogue.find(body->service), body->answers);
}

void add_request(const Center& center, std::string_view text, Task& task) {
  const auto body = wire::parse_intake_file(text);
  if (!body) return;
  const service::Service* service = center.catalogue.find(body->service);
  const auto* self = find_question(service, [](const service::Question& each) {
    return each.kind == service::QuestionKind::self;
  });
  task.service = body->service;
  task.wish = wish_of(service, body->answers);
  if (self == nullptr) return;
  task.name = answer_to(body->answers, self->id + ".name");
  task.phone = answer_to(body->answers, self->id + ".phone");
}

// Of a record that is still there.
std::string booking_text(const sql::Statement& row) {
  wire::BookingRequest body;
  body.service = row.string(7);
  body.name = row.string(8);
  body.phone = row.string(9);
  if (auto answers = wire::parse_intake_file(row.text(10))) body.answers = answers->answers;
  return wire::to_json(body);
}

Task read_task(const sql::Statement& row, const Center& center) {
  Task task;
  task.record = row.string(0);
  task.type = row.string(1);
  task.change = row.string(2);
  task.reason = row.string(3);
  task.made = base::from_ms(row.integer(5));
  task.due = base::from_ms(row.integer(6));
  task.day = row.string(12);
  task.start = row.string(13);
  const bool gone = !row.text(4).empty();
  if (task.type == "booking") {
    add_booking(center, gone ? row.string(4) : booking_text(row), task);
  } else {
    add_request(center, row.text(gone ? 4 : 11), task);
  }
  return task;
}

}  // namespace

Result<void> tell(Transaction& transaction, const Told& what) {
  const auto start = what.type == "booking" ? TRY(begins(transaction, what.record)) : std::nullopt;
  return open_task(transaction, what, "", start);
}

Result<void> tell_late(Transaction& transaction, const Sender& sender, const wire::Op& op,
                       const Verdict& verdict) {
  if (transaction.now - believed_time(transaction, sender, op) <= visitor_stays) return {};
  const bool booking = op.kind == "booking.request";
  if (!booking && op.kind != "intake.file") return {};
  if (!verdict.applied) return tell_refused(transaction, op, verdict.code);
  if (!booking) return {};
  return tell(transaction, {"booking", op.id, verdict.promise.state});
}

Result<void> told_at_kiosk(Transaction& transaction, std::string_view record) {
  TRY(
      transaction.database.run("UPDATE to_tell SET outcome = 'told_at_kiosk', closed_ms = ? "
                               "WHERE center_id = ? AND record = ? AND outcome = ''",
                               transaction.now_ms(), transaction.center_id(), record));
  return {};
}

Result<std::vector<Task>> read_to_tell(sql::Database& database, const Center& center) {
  sql::Statement row = TRY(
      database.query("SELECT t.record, t.type, t.change, t.reason, t.contact, t.made_ms, t.due_ms, "
                     "COALESCE(b.service, ''), COALESCE(b.name, ''), COALESCE(b.phone, ''), "
                     "COALESCE(b.answers, ''), COALESCE(r.answers, ''), COALESCE(s.day, ''), "
                     "COALESCE(s.start_time, '') FROM to_tell t "
                     "LEFT JOIN booking b ON b.center_id = t.center_id AND b.id = t.record "
                     "LEFT JOIN request r ON r.center_id = t.center_id AND r.id = t.record "
                     "LEFT JOIN slot s ON s.center_id = t.center_id AND s.key = b.slot "
                     "WHERE t.center_id = ? AND t.outcome = '' ORDER BY t.due_ms, t.record",
                     center.id()));
  std::vector<Task> tasks;
  while (TRY(row.step())) tasks.push_back(read_task(row, center));
  return tasks;
}

Result<void> close_to_tell(Transaction& transaction, std::string_view record,
                           std::string_view outcome) {
  if (std::ranges::find(outcomes, outcome) == outcomes.end()) {
    return fail(ErrorKind::invalid, "bad_message", "outcome");
  }
  const auto changed =
      TRY(transaction.database.run("UPDATE to_tell SET outcome = ?, closed_ms = ? "
                                   "WHERE center_id = ? AND record = ? AND outcome = ''",
                                   outcome, transaction.now_ms(), transaction.center_id(), record));
  if (changed == 0) return fail(ErrorKind::refused, "state_changed");
  return {};
}

// What a refused visitor wrote goes at the latest when a booking of that day would.
Result<void> forget_told(Transaction& transaction) {
  const auto before = [&](int days) {
    const base::Date oldest = base::add_days(transaction.today(), -days);
    return base::to_ms(transaction.center.zone.instant(oldest, {}));
  };
  const KeepDays& keep = transaction.center.keep;
  TRY(transaction.database.run(
      "DELETE FROM to_tell WHERE center_id = ?1 AND ((outcome <> '' AND made_ms < ?2) "
      "OR (contact <> '' AND made_ms < ?3) OR (contact = '' AND NOT EXISTS (SELECT 1 FROM request "
      "r "
      "WHERE r.center_id = ?1 AND r.id = to_tell.record) AND NOT EXISTS (SELECT 1 FROM booking b "
      "WHERE b.center_id = ?1 AND b.id = to_tell.record)))",
      transaction.center_id(), before(keep.calls), before(keep.bookings)));
  return {};
}

}  // namespace central
