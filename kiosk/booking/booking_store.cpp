#include "kiosk/booking/booking_store.h"

#include <array>

#include "kiosk/service/contact.h"
#include "kiosk/store/mirror.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/receipts.h"
#include "kiosk/wire/case_code.h"
#include "kiosk/wire/messages.h"

namespace booking {
namespace {

using base::ErrorKind;
using base::fail;
using store::Fate;
using store::Writer;

constexpr std::array migrations{sql::Migration{1, R"sql(
-- One row a booking made at this kiosk; nothing in it names a person.
CREATE TABLE booking (
  id         TEXT PRIMARY KEY,  -- UUIDv7; the id of its op "booking.request" as well
  service    TEXT NOT NULL,     -- id of the service, "consult"
  topic      TEXT NOT NULL,     -- id of the topic
  way        TEXT NOT NULL,     -- "onsite" | "phone" | "remote"
  slot       TEXT NOT NULL,     -- key of the slot first asked for
  created_ms INTEGER NOT NULL   -- UTC
) STRICT, WITHOUT ROWID;
)sql"}};

constexpr std::chrono::days keep{90};

Answer answer_of(const Fate& fate) {
  switch (fate.delivery) {
    case store::Delivery::waiting: return Answer::none;
    case store::Delivery::accepted: return Answer::accepted;
    case store::Delivery::refused: return Answer::refused;
  }
  return Answer::none;
}

// "" when there is no promise, or the center wrote one that cannot be read.
std::string promised_state(const Fate& fate) {
  if (fate.data.empty()) return {};
  const auto promise = wire::parse_promise(fate.data);
  return promise ? promise->state : std::string{};
}

Result<wire::RecordState> read_record(store::Store& store, std::string_view id) {
  const auto data = TRY(store::find_state(store, "booking", id));
  if (!data) return wire::RecordState{};
  return wire::parse_record_state(*data).value_or(wire::RecordState{});
}

Result<std::string> wished_slot(store::Store& store, const Fate& fate) {
  const auto op = TRY(wire::parse_op(TRY(store::op_bytes(store, fate.seq))));
  return TRY(wire::parse_booking_change(op.body)).slot;
}

// Without the day's key the center makes the hash itself.
Result<std::string> person_of(store::Store& store, const std::string& phone) {
  const auto key = TRY(store::person_key(store));
  if (!key || phone.empty()) return std::string();
  return wire::person_hash(key->key, phone);
}

Result<Wish> read_wish(store::Store& store, const Fate& fate) {
  return Wish{.slot = TRY(wished_slot(store, fate)),
              .state = wish_state(answer_of(fate), fate.age(store.now())),
              .code = fate.code};
}

std::optional<Seats> parse_seats(std::string_view key, std::string_view data) {
  const auto state = wire::parse_slot_state(data);
  if (!state) return std::nullopt;
  const auto day = base::parse_date(state->day);
  const auto start = base::parse_time(state->start);
  const auto end = base::parse_time(state->end);
  if (!day || !start || !end) return std::nullopt;
  return Seats{.key = std::string(key),
               .day = *day,
               .time = {*start, *end},
               .capacity = state->capacity,
               .taken = state->taken,
               .room = state->room};
}

}  // namespace

Result<BookingStore> BookingStore::open(store::Store& store) {
  TRY(store.migrate("booking", migrations));
  TRY(store.write([&](Writer& writer) {
    return writer.database().run("DELETE FROM booking WHERE created_ms < ?",
                                 base::to_ms(store.earliest() - keep));
  }));
  return BookingStore(store);
}

Result<Submitted> BookingStore::submit(const Draft& draft) {
  if (draft.service.empty() || draft.topic.empty() || draft.way.empty() || draft.slot.empty()) {
    return fail(ErrorKind::invalid, "draft_incomplete");
  }
  base::Chance& chance = store_.world().chance;
  wire::BookingRequest body;
  body.service = draft.service;
  body.topic = draft.topic;
  body.way = draft.way;
  body.slot = draft.slot;
  body.name = TRY(service::parse_name(draft.name));
  if (!draft.no_phone) body.phone = TRY(service::parse_phone(draft.phone));
  if (!draft.wish.empty() && !draft.no_phone) body.answers[draft.wish_question] = draft.wish;
  body.code = wire::make_case_code(chance);
  body.last4 = draft.no_phone ? wire::make_last4(chance) : service::last_four(body.phone);
  return store_.write([&](Writer& writer) -> Result<Submitted> {
    std::string id = TRY(writer.append({.kind = "booking.request",
                                        .record = {},
                                        .body = wire::to_json(body),
                                        .legal_day = {},
                                        .person = TRY(person_of(store_, body.phone))}));
    TRY(writer.database().run("INSERT INTO booking VALUES (?, ?, ?, ?, ?, ?)", id, draft.service,
                              draft.topic, draft.way, draft.slot, base::to_ms(store_.now())));
    TRY(store::index_case(writer, {body.code, body.last4}, "booking", id));
    return Submitted{std::move(id), body.code, body.last4};
  });
}

Result<std::vector<Seats>> BookingStore::seats(std::string_view service, base::Date from) {
  auto told = told_.find(service);
  if (told == told_.end()) told = told_.emplace(service, Told{}).first;
  Told& last = told->second;
  const std::int64_t elsewhere = TRY(store_.database().data_version());
  const std::int64_t here = store_.database().total_changes();
  if (last.elsewhere != elsewhere || last.here != here || last.from != from) {
    last = {elsewhere, here, from, TRY(read_seats(service, from))};
  }
  return last.seats;
}

Result<std::vector<Seats>> BookingStore::read_seats(std::string_view service, base::Date from) {
  sql::Statement row = TRY(store_.database().query(
      "SELECT key, data FROM mirror WHERE type = 'slot' AND key >= ?1 || '|' AND key < ?1 || '}' "
      "AND data ->> '$.day' >= ?2",
      service, base::iso_date(from)));
  std::vector<Seats> seats;
  while (TRY(row.step())) {
    if (auto each = parse_seats(row.text(0), row.text(1))) seats.push_back(std::move(*each));
  }
  return seats;
}

Result<Booking> BookingStore::read(std::string_view id) {
  sql::Statement row = TRY(
      store_.database().query("SELECT service, topic, way, slot FROM booking WHERE id = ?", id));
  if (!TRY(row.step())) return fail(ErrorKind::not_found, "booking_unknown");
  return Booking{std::string(id), row.string(0), row.string(1), row.string(2), row.string(3)};
}

Result<Status> BookingStore::status(std::string_view id) {
  Status status;
  status.booking = TRY(read(id));
  const wire::RecordState record = TRY(read_record(store_, id));
  Facts facts;
  // An op that is gone from the outbox was accepted longer ago than the outbox remembers.
  facts.answer = Answer::accepted;
  facts.record = record.state;
  status.reason = record.reason;
  status.receipt = TRY(store::receipt_name(store_, id));
  for (const Fate& fate : TRY(store::ops_of(store_, id))) {
    if (fate.kind == "booking.request") {
      facts.answer = answer_of(fate);
      facts.waited = fate.age(store_.now());
      facts.promise = promised_state(fate);
      if (facts.answer == Answer::refused) status.reason = fate.code;
      continue;
    }
    status.wish = TRY(read_wish(store_, fate));
    if (status.wish->state != WishState::done) continue;
    facts.cancel_accepted = facts.cancel_accepted || fate.kind == "booking.cancel";
    facts.promise = promised_state(fate);
    if (!status.wish->slot.empty()) status.booking.slot = status.wish->slot;
  }
  if (!record.slot.empty()) status.booking.slot = record.slot;
  status.state = state_of(facts);
  return status;
}

Result<store::CaseAnswer> BookingStore::find(std::string_view code, std::string_view last4) {
  const store::TypedCase typed = TRY(store::parse_typed_case(code, last4));
  return store::find_case(store_, {typed.code, typed.last4});
}

Result<std::string> BookingStore::move(const Reference& reference, std::string_view slot) {
  if (!parse_slot_key(slot)) return fail(ErrorKind::invalid, "slot_form");
  return file_wish(reference, "booking.move", slot);
}

Result<std::string> BookingStore::cancel(const Reference& reference) {
  return file_wish(reference, "booking.cancel", {});
}

Result<std::string> BookingStore::file_wish(const Reference& reference, std::string_view kind,
                                            std::string_view slot) {
  const store::TypedCase typed = TRY(store::parse_typed_case(reference.code, reference.last4));
  const wire::BookingChange body{typed.code, typed.last4, std::string(slot)};
  return store_.write([&](Writer& writer) {
    return writer.append(
        {.kind = kind, .record = reference.id, .body = wire::to_json(body), .legal_day = {}});
  });
}

Result<Wish> BookingStore::wish(std::string_view id) {
  const auto fate = TRY(store::find_op(store_, id));
  if (!fate) return fail(ErrorKind::not_found, "wish_unknown");
  return read_wish(store_, *fate);
}

}  // namespace booking
