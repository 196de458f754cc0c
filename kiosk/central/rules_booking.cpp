// Bookings. A person who has a seat keeps it until another one is theirs.
#include "kiosk/central/cases.h"
#include "kiosk/central/limits.h"
#include "kiosk/central/rules.h"
#include "kiosk/central/slots.h"
#include "kiosk/central/to_tell.h"
#include "kiosk/service/contact.h"

namespace central {
namespace {

constexpr std::string_view confirmed = "confirmed";
constexpr std::string_view waitlisted = "waitlisted";
constexpr std::string_view cancelled = "cancelled";

bool acceptable(const wire::BookingRequest& body) {
  return service::parse_name(body.name).has_value() &&
         (body.phone.empty() || service::parse_phone(body.phone).has_value()) &&
         well_formed(body.code, body.last4);
}

// What was booked before a restored backup comes again when its time may be over already: the time
// it was asked for counts. Nothing for what was never here before.
Result<std::optional<base::Instant>> asked_before_restore(Transaction& transaction,
                                                          const wire::Op& op) {
  const CenterState state = TRY(read_state(transaction));
  const auto claimed = op.clock_trusted ? base::parse_rfc3339(op.at) : std::nullopt;
  const bool again =
      claimed && records_may_come_back(state, transaction) && *claimed < *state.restored;
  return again ? claimed : std::nullopt;
}

// A slot that was offered when its time was chosen is not too soon when the form is done.
constexpr base::Milliseconds filling_takes = std::chrono::minutes{15};
// Who confirmed longer ago may have left the kiosk.
constexpr base::Milliseconds visitor_stays = std::chrono::minutes{2};

struct Asked {
  const wire::Op& op;
  std::string_view key;
  std::string_view service;
  std::string_view way;  // "" means any
  base::Instant at;      // believed_time
};

// The slot, or why nobody can be booked into it.
struct SlotAnswer {
  std::string_view objection;
  SlotFacts slot;
};

// Who has left meanwhile is not refused for a day that was closed since: they wait there, and the
// office sees that their day is closed.
Result<SlotAnswer> find_open_slot(Transaction& transaction, const Asked& asked) {
  auto slot = TRY(find_slot(transaction, asked.key));
  const bool offered =
      slot && slot->service == asked.service && (asked.way.empty() || slot->way == asked.way);
  const service::Service* service = transaction.center.catalogue.find(asked.service);
  if (!offered || service == nullptr) return SlotAnswer{"slot_unknown", {}};
  const auto before = TRY(asked_before_restore(transaction, asked.op));
  if (slot->start <= before.value_or(transaction.now)) return SlotAnswer{"slot_past", {}};
  const base::Instant at = before.value_or(asked.at);
  const std::chrono::minutes soonest{service->slots.soonest_minutes};
  if (slot->start + filling_takes < at + soonest) {
    return SlotAnswer{"slot_too_soon", {}};
  }
  const bool here = transaction.now - at <= visitor_stays;
  if (!slot->closed.empty() && here) return SlotAnswer{"slot_closed", {}};
  return SlotAnswer{"", *std::move(slot)};
}

// The hash the kiosk gave; until bodies are sealed, the server makes it when the kiosk had no key.
std::string person_of(const Transaction& transaction, const wire::Op& op, std::string_view phone,
                      base::Date day) {
  if (!op.person.empty() || phone.empty()) return op.person;
  return wire::person_hash(person_key(transaction.center, day).key, phone);
}

struct Booking {
  std::string id;
  std::string service;
  std::string slot;
  std::string state;
  std::string person;
};

Result<std::optional<Booking>> read_booking(Transaction& transaction, std::string_view id) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT id, service, slot, state, person FROM booking WHERE center_id = ? AND id = ?",
      transaction.center_id(), id));
  if (!TRY(row.step())) return std::optional<Booking>{};
  return std::optional<Booking>{
      {row.string(0), row.string(1), row.string(2), row.string(3), row.string(4)}};
}

// The booking a change is about, or why there is none.
struct Found {
  std::string_view objection;
  Booking booking;
};

Result<Found> find_booking(Transaction& transaction, const wire::BookingChange& change) {
  const CaseAnswer answer = TRY(find_case(transaction, change.code, change.last4));
  if (answer.kind == CaseAnswer::Kind::locked) return Found{"locked", {}};
  if (answer.kind != CaseAnswer::Kind::found || answer.type != "booking") {
    return Found{"no_match", {}};
  }
  auto booking = TRY(read_booking(transaction, answer.id));
  if (!booking) return Found{"no_match", {}};
  const bool over = booking->state == cancelled;
  return Found{over ? "already_cancelled" : "", std::move(*booking)};
}

Result<void> update_booking(Transaction& transaction, const Booking& booking,
                            std::string_view withdrawn = "") {
  TRY(transaction.database.run(
      "UPDATE booking SET slot = ?1, state = ?2, queued_ms = ?3, changed_ms = ?3, version = ?4, "
      "withdrawn = ?7, "
      "way = (SELECT way FROM slot WHERE center_id = ?5 AND key = ?1) "
      "WHERE center_id = ?5 AND id = ?6",
      booking.slot, booking.state, transaction.now_ms(), TRY(next_version(transaction)),
      transaction.center_id(), booking.id, withdrawn));
  return {};
}

wire::Promise promise_of(std::string_view state) {
  return {std::string(state), "", 0};
}

// As the answers of an intake are kept.
std::string answers_text(const wire::BookingRequest& body) {
  if (body.answers.empty()) return {};
  return wire::to_json(wire::IntakeFile{body.service, body.way, "", "", body.answers});
}

// A wish that was filed earlier is decided now: whoever asked for it has left.
Result<void> tell_if_late(Transaction& transaction, base::Instant at, const Booking& booking) {
  if (transaction.now - at <= visitor_stays) return {};
  return tell(transaction, {"booking", booking.id, booking.state});
}

Booker booker_of(const Transaction& transaction, const Sender& sender, const wire::Op& op,
                 const wire::BookingRequest& body, base::Instant at) {
  const base::LocalTime local = transaction.center.zone.local(at);
  return {person_of(transaction, op, body.phone, local.date), sender.kiosk_id, local};
}

}  // namespace

Result<Verdict> request_booking(Transaction& transaction, const Sender& sender,
                                const wire::Op& op) {
  const auto body = wire::parse_booking_request(op.body);
  if (!body || !acceptable(*body)) return rejected("bad_body");
  const base::Instant at = believed_time(transaction, sender, op);
  const auto answer =
      TRY(find_open_slot(transaction, {op, body->slot, body->service, body->way, at}));
  if (!answer.objection.empty()) return rejected(answer.objection);
  const Booker booker = booker_of(transaction, sender, op, *body, at);
  const auto limit =
      TRY(count_booking(transaction, *transaction.center.catalogue.find(body->service), booker));
  if (!limit.empty()) return rejected(limit);
  const bool seated = TRY(take_seat(transaction, body->slot));
  const std::string_view state = seated ? confirmed : waitlisted;
  const CaseKeys keys = case_keys(transaction.center, body->code, body->last4);
  TRY(transaction.database.run(
      "INSERT INTO booking (center_id, id, kiosk_id, service, topic, way, slot, state, queued_ms, "
      "name, phone, code_key, case_key, changed_ms, version, made_ms, withdrawn, person, answers) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?9, ?14, ?9, ?15, ?16, ?17)",
      transaction.center_id(), op.id, sender.kiosk_id, body->service, body->topic, body->way,
      body->slot, state, transaction.now_ms(), body->name, body->phone, keys.code, keys.both,
      TRY(next_version(transaction)), answer.slot.closed, booker.person, answers_text(*body)));
  return applied(promise_of(state));
}

// To a full slot nobody is moved out of a seat; who only waits may wait there instead.
Result<Verdict> move_booking(Transaction& transaction, const Sender& sender, const wire::Op& op) {
  const auto body = wire::parse_booking_change(op.body);
  if (!body) return rejected("bad_body");
  Found found = TRY(find_booking(transaction, *body));
  if (!found.objection.empty()) return rejected(found.objection);
  Booking& booking = found.booking;
  if (booking.slot == body->slot) return applied(promise_of(booking.state));
  const base::Instant at = believed_time(transaction, sender, op);
  const auto answer = TRY(find_open_slot(transaction, {op, body->slot, booking.service, "", at}));
  if (!answer.objection.empty()) {
    if (transaction.now - at > visitor_stays) {
      TRY(tell(transaction, {"booking", booking.id, "refused", answer.objection}));
    }
    return rejected(answer.objection);
  }
  const bool had_seat = booking.state == confirmed;
  const bool seated = TRY(take_seat(transaction, body->slot));
  if (had_seat && !seated) {
    if (transaction.now - at > visitor_stays) {
      TRY(tell(transaction, {"booking", booking.id, "refused", "slot_full"}));
    }
    return rejected("slot_full");
  }
  const std::string left = std::exchange(booking.slot, body->slot);
  booking.state = seated ? confirmed : waitlisted;
  TRY(update_booking(transaction, booking, answer.slot.closed));
  if (had_seat) TRY(free_seat(transaction, left));
  TRY(tell_if_late(transaction, at, booking));
  return applied(promise_of(booking.state));
}

Result<Verdict> cancel_booking(Transaction& transaction, const Sender& sender, const wire::Op& op) {
  const auto body = wire::parse_booking_change(op.body);
  if (!body) return rejected("bad_body");
  Found found = TRY(find_booking(transaction, *body));
  if (!found.objection.empty()) return rejected(found.objection);
  Booking& booking = found.booking;
  const bool had_seat = booking.state == confirmed;
  booking.state = cancelled;
  TRY(update_booking(transaction, booking));
  TRY(uncount_booking(transaction, booking.service, booking.person));
  if (had_seat) TRY(free_seat(transaction, booking.slot));
  TRY(tell_if_late(transaction, believed_time(transaction, sender, op), booking));
  return applied(promise_of(cancelled));
}

}  // namespace central
