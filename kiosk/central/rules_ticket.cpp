// Tickets. A number, once given, is given to nobody else that day; the one on paper counts.
#include <fmt/format.h>

#include <algorithm>

#include "kiosk/central/rules.h"

namespace central {
namespace {

constexpr std::string_view waiting = "waiting";
constexpr std::string_view called = "called";
constexpr std::string_view cancelled = "cancelled";
constexpr std::size_t longest_number = 12;

// Nobody is let in before somebody who was there (believed_time). Among themselves a kiosk's
// tickets keep the order it gave them in, however its clock ran.
Result<std::int64_t> place_in_queue(Transaction& transaction, const Sender& sender,
                                    const wire::Op& op, std::string_view day) {
  const auto last = TRY(transaction.database.integer(
      "SELECT MAX(position) FROM ticket WHERE center_id = ? AND day = ? AND kiosk_id = ?",
      transaction.center_id(), day, sender.kiosk_id));
  return std::max(base::to_ms(believed_time(transaction, sender, op)), last.value_or(0) + 1);
}

// On the day of a restored backup, and for days before it, nobody knows which numbers stand on
// papers that the backup has not seen. So the queue goes on with numbers that name the time of the
// restore, "B1407-21": four digits, which are no kiosk's number.
Result<std::string> series_of(Transaction& transaction, std::string_view letter,
                              std::string_view day) {
  const auto restored = TRY(read_state(transaction)).restored;
  if (!restored) return std::string(letter);
  const base::LocalTime then = transaction.center.zone.local(*restored);
  if (day > base::iso_date(then.date)) return std::string(letter);
  return fmt::format("{}{:02}{:02}-", letter, then.time.hour(), then.time.minute());
}

Result<std::string> next_number(Transaction& transaction, std::string_view letter,
                                std::string_view day) {
  const auto last =
      TRY(transaction.database.integer("INSERT INTO ticket_counter VALUES (?, ?, ?, 1) "
                                       "ON CONFLICT (center_id, letter, day) DO UPDATE SET last = "
                                       "ticket_counter.last + 1 RETURNING last",
                                       transaction.center_id(), letter, day));
  return fmt::format("{}{:03}", TRY(series_of(transaction, letter, day)), last.value_or(0));
}

bool acceptable_number(std::string_view number) {
  return !number.empty() && number.size() <= longest_number &&
         std::all_of(number.begin(), number.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
         });
}

struct Ticket {
  std::string day;
  std::string number;
  std::string state;
  std::int64_t position = 0;
};

// Only the kiosk that drew a ticket, or that this one was enrolled anew as (inherit.h), may say
// what became of its paper: ids of tickets stand in the feed of all.
Result<std::optional<Ticket>> read_ticket(Transaction& transaction, const Sender& sender,
                                          std::string_view id) {
  sql::Statement row =
      TRY(transaction.database.query("SELECT day, number, state, position FROM ticket "
                                     "WHERE center_id = ? AND id = ? AND kiosk_id = ?",
                                     transaction.center_id(), id, sender.kiosk_id));
  if (!TRY(row.step())) return std::optional<Ticket>{};
  return std::optional<Ticket>{{row.string(0), row.string(1), row.string(2), row.integer(3)}};
}

Result<bool> number_taken(Transaction& transaction, std::string_view day, std::string_view number,
                          std::string_view except) {
  const auto other = TRY(transaction.database.integer(
      "SELECT 1 FROM ticket WHERE center_id = ? AND day = ? AND number = ? AND id <> ?",
      transaction.center_id(), day, number, except));
  return other.has_value();
}

}  // namespace

Result<Verdict> draw_ticket(Transaction& transaction, const Sender& sender, const wire::Op& op) {
  const auto body = wire::parse_ticket_draw(op.body);
  const auto day = body ? base::parse_date(body->day) : std::nullopt;
  if (!day) return rejected("bad_body");
  const service::Service* service = transaction.center.catalogue.find(body->service);
  if (service == nullptr || service->letter.empty()) return rejected("service_unknown");
  if (service->hours.on(*day).empty() || *day > transaction.today()) return rejected("closed");
  const std::string number = TRY(next_number(transaction, service->letter, body->day));
  const std::int64_t position = TRY(place_in_queue(transaction, sender, op, body->day));
  TRY(transaction.database.run(
      "INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, '', NULL, 0, ?)",
      transaction.center_id(), op.id, sender.kiosk_id, body->service, body->matter, body->day,
      number, waiting, position, TRY(next_version(transaction))));
  return applied({"", number, position});
}

// The number it replaces stays skipped: the counter never goes back.
Result<Verdict> issue_ticket(Transaction& transaction, const Sender& sender, const wire::Op& op) {
  const auto body = wire::parse_ticket_issue(op.body);
  if (!body || !acceptable_number(body->number)) return rejected("bad_body");
  const auto ticket = TRY(read_ticket(transaction, sender, body->draw));
  if (!ticket) return rejected("no_match");
  if (TRY(number_taken(transaction, ticket->day, body->number, body->draw))) {
    return rejected("number_taken");
  }
  TRY(transaction.database.run(
      "UPDATE ticket SET number = ?, issued = 1, version = ? WHERE center_id = ? AND id = ?",
      body->number, TRY(next_version(transaction)), transaction.center_id(), body->draw));
  return applied({"", body->number, ticket->position});
}

Result<Verdict> cancel_ticket(Transaction& transaction, const Sender& sender, const wire::Op& op) {
  const auto body = wire::parse_ticket_cancel(op.body);
  if (!body) return rejected("bad_body");
  const auto ticket = TRY(read_ticket(transaction, sender, body->draw));
  if (!ticket) return rejected("no_match");
  if (ticket->state != waiting && ticket->state != called) return rejected("already_over");
  TRY(transaction.database.run(
      "UPDATE ticket SET state = ?, version = ? WHERE center_id = ? AND id = ?", cancelled,
      TRY(next_version(transaction)), transaction.center_id(), body->draw));
  return applied({std::string(cancelled), "", 0});
}

}  // namespace central
