#include "kiosk/ticket/ticket_store.h"

#include <algorithm>
#include <array>
#include <vector>

#include "kiosk/store/mirror.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/wire/messages.h"

namespace ticket {
namespace {

using base::ErrorKind;
using base::fail;
using store::Writer;

constexpr std::array migrations{sql::Migration{1, R"sql(
-- One row a ticket drawn at this kiosk; nothing in it names a person.
CREATE TABLE ticket (
  id         TEXT PRIMARY KEY,  -- UUIDv7; the id of its op "ticket.draw" as well
  service    TEXT NOT NULL,     -- id of the service, "notary"
  matter     TEXT NOT NULL,     -- id of the matter; "" when none was asked
  letter     TEXT NOT NULL,     -- of the queue, "B"
  day        TEXT NOT NULL,     -- ISO date of the queue, local
  number     TEXT,              -- what the visitor holds; NULL until it is settled, then for good
  own_series INTEGER NOT NULL,  -- 1: the number is this kiosk's own
  created_ms INTEGER NOT NULL   -- UTC
) STRICT, WITHOUT ROWID;

-- How many own numbers were taken on a day; it only grows, so no number is given twice.
CREATE TABLE ticket_series (
  day   TEXT PRIMARY KEY,  -- ISO date, local
  taken INTEGER NOT NULL   -- from 1
) STRICT, WITHOUT ROWID;
)sql"}};

constexpr int keep_days = 7;

wire::Promise read_promise(const std::optional<store::Fate>& fate) {
  if (!fate || fate->data.empty()) return {};
  return wire::parse_promise(fate->data).value_or(wire::Promise{});
}

bool given_back(const std::vector<store::Fate>& ops) {
  return std::ranges::any_of(ops, [](const store::Fate& op) { return op.kind == "ticket.cancel"; });
}

Result<std::optional<wire::TicketState>> read_state(store::Store& store, std::string_view id) {
  const auto data = TRY(store::find_state(store, "ticket", id));
  if (!data) return std::optional<wire::TicketState>{};
  auto state = wire::parse_ticket_state(*data);
  if (!state) return std::optional<wire::TicketState>{};
  return std::optional<wire::TicketState>{std::move(*state)};
}

// What the row, the ops and the feed say together.
Result<void> add_state(store::Store& store, Ticket& ticket) {
  const std::vector<store::Fate> ops = TRY(store::ops_of(store, ticket.id));
  if (given_back(ops)) {
    ticket.state = State::given_back;
    return {};
  }
  if (ticket.number.empty()) {
    const bool refused = !ops.empty() && ops.front().delivery == store::Delivery::refused;
    ticket.state = refused ? State::refused : State::drawing;
    if (refused) ticket.reason = ops.front().code;
    return {};
  }
  ticket.state = State::waiting;
  if (const auto told = TRY(read_state(store, ticket.id))) {
    ticket.state = state_named(told->state);
    ticket.counter = told->counter;
  }
  return {};
}

}  // namespace

Result<TicketStore> TicketStore::open(store::Store& store) {
  TRY(store.migrate("ticket", migrations));
  TicketStore tickets(store);
  TRY(tickets.give_back_leftovers());
  const base::Date today = store.zone().date(store.earliest());
  const std::string oldest = base::iso_date(base::add_days(today, -keep_days));
  TRY(store.write([&](Writer& writer) -> Result<void> {
    TRY(writer.database().run("DELETE FROM ticket WHERE day < ?", oldest));
    TRY(writer.database().run("DELETE FROM ticket_series WHERE day < ?", oldest));
    return {};
  }));
  return tickets;
}

Result<void> TicketStore::give_back_leftovers() {
  std::vector<std::string> leftovers;
  sql::Statement row = TRY(store_.database().query("SELECT id FROM ticket WHERE number IS NULL"));
  while (TRY(row.step())) leftovers.push_back(row.string(0));
  for (const std::string& id : leftovers) TRY(give_back(id));
  return {};
}

Result<Drawn> TicketStore::draw(const service::Service& service, std::string_view matter) {
  const std::string day = base::iso_date(store_.today());
  const wire::TicketDraw body{service.id, std::string(matter), day};
  const base::Tick since = store_.world().clock.tick();
  return store_.write([&](Writer& writer) -> Result<Drawn> {
    std::string id = TRY(writer.append(
        {.kind = "ticket.draw", .record = {}, .body = wire::to_json(body), .legal_day = {}}));
    TRY(writer.database().run("INSERT INTO ticket VALUES (?, ?, ?, ?, ?, NULL, 0, ?)", id,
                              service.id, matter, service.letter, day, base::to_ms(store_.now())));
    return Drawn{std::move(id), since};
  });
}

Result<Settling> TicketStore::settling_of(const Drawn& drawn, std::string& number) {
  const auto fate = TRY(store::find_op(store_, drawn.id));
  DrawFacts facts;
  facts.refused = fate && fate->delivery == store::Delivery::refused;
  facts.number = read_promise(fate).number;
  facts.waited = store_.world().clock.tick() - drawn.since;
  number = facts.number;
  return settling(facts);
}

Result<Ticket> TicketStore::settle(const Drawn& drawn) {
  const Ticket before = TRY(find(drawn.id));
  std::string number;
  const bool open = before.state == State::drawing;
  if (!open || TRY(settling_of(drawn, number)) == Settling::wait) return before;
  // Looked at again inside: the answer may have come between the two.
  TRY(store_.write([&](Writer& writer) -> Result<void> {
    switch (TRY(settling_of(drawn, number))) {
      case Settling::take_queues_number: return fix_number(writer, before, number, false);
      case Settling::take_own_number:
        return fix_number(writer, before, TRY(take_own_number(writer, before)), true);
      case Settling::wait:
      case Settling::refused: break;
    }
    return {};
  }));
  return find(drawn.id);
}

Result<void> TicketStore::fix_number(Writer& writer, const Ticket& ticket, std::string number,
                                     bool own_series) {
  TRY(writer.database().run(
      "UPDATE ticket SET number = ?, own_series = ? WHERE id = ? AND number IS NULL", number,
      own_series, ticket.id));
  TRY(writer.append({.kind = "ticket.issue",
                     .record = ticket.id,
                     .body = wire::to_json(wire::TicketIssue{ticket.id, std::move(number)}),
                     .legal_day = {}}));
  return {};
}

Result<std::string> TicketStore::take_own_number(Writer& writer, const Ticket& ticket) {
  sql::Statement taken = TRY(
      writer.database().query("INSERT INTO ticket_series VALUES (?, 1) "
                              "ON CONFLICT (day) DO UPDATE SET taken = taken + 1 RETURNING taken",
                              base::iso_date(ticket.day)));
  if (!TRY(taken.step())) return fail(ErrorKind::storage, "database", "no own number");
  const std::int64_t nth = taken.integer(0);
  sql::Statement letter =
      TRY(writer.database().query("SELECT letter FROM ticket WHERE id = ?", ticket.id));
  if (!TRY(letter.step())) return fail(ErrorKind::not_found, "ticket_unknown");
  return own_number(letter.text(0), TRY(store::read_sync_state(store_)).number, nth);
}

Result<void> TicketStore::give_back(std::string_view id) {
  return store_.write([&](Writer& writer) -> Result<void> {
    const Ticket ticket = TRY(find(id));
    if (ticket.state == State::given_back || ticket.state == State::refused) return {};
    TRY(writer.append({.kind = "ticket.cancel",
                       .record = id,
                       .body = wire::to_json(wire::TicketCancel{std::string(id)}),
                       .legal_day = {}}));
    return {};
  });
}

Result<Ticket> TicketStore::find(std::string_view id) {
  sql::Statement row = TRY(store_.database().query(
      "SELECT service, matter, day, number, own_series FROM ticket WHERE id = ?", id));
  if (!TRY(row.step())) return fail(ErrorKind::not_found, "ticket_unknown");
  Ticket ticket;
  ticket.id = id;
  ticket.service = row.string(0);
  ticket.matter = row.string(1);
  ticket.day = base::parse_date(row.text(2)).value_or(base::Date{});
  ticket.number = row.string(3);
  ticket.own_series = row.integer(4) != 0;
  TRY(add_state(store_, ticket));
  return ticket;
}

Result<std::int64_t> TicketStore::position(std::string_view id) {
  if (const auto told = TRY(read_state(store_, id))) return told->position;
  return read_promise(TRY(store::find_op(store_, id))).position;
}

Result<Ahead> TicketStore::ahead(std::string_view id) {
  const Ticket ticket = TRY(find(id));
  Ahead ahead{.people = std::nullopt, .may_interleave = ticket.own_series};
  const std::int64_t place = TRY(position(id));
  if (place <= 0 || !TRY(store::read_sync_state(store_)).caught_up) return ahead;
  const auto people = TRY(store_.database().integer(
      "SELECT count(*) FROM mirror WHERE type = 'ticket' AND key <> ?1 "
      "AND data ->> '$.service' = ?2 AND data ->> '$.day' = ?3 AND data ->> '$.state' = 'waiting' "
      "AND CAST(data ->> '$.position' AS INTEGER) < ?4",
      id, ticket.service, base::iso_date(ticket.day), place));
  ahead.people = static_cast<int>(people.value_or(0));
  return ahead;
}

Result<std::optional<int>> TicketStore::waiting(std::string_view service) {
  const store::SyncState sync = TRY(store::read_sync_state(store_));
  if (!sync.caught_up || !store::online(sync, store_.now())) return std::optional<int>{};
  const auto people = TRY(store_.database().integer(
      "SELECT count(*) FROM mirror WHERE type = 'ticket' AND data ->> '$.service' = ?1 "
      "AND data ->> '$.day' = ?2 AND data ->> '$.state' = 'waiting'",
      service, base::iso_date(store_.today())));
  return std::optional<int>{static_cast<int>(people.value_or(0))};
}

Result<std::optional<Called>> TicketStore::now_called() {
  const store::SyncState sync = TRY(store::read_sync_state(store_));
  if (!sync.caught_up || !store::online(sync, store_.now())) return std::optional<Called>{};
  sql::Statement row = TRY(store_.database().query(
      "SELECT data ->> '$.number', data ->> '$.counter' FROM mirror WHERE type = 'ticket' "
      "AND data ->> '$.day' = ?1 AND data ->> '$.state' = 'called' "
      "ORDER BY data ->> '$.called_at' DESC LIMIT 1",
      base::iso_date(store_.today())));
  if (!TRY(row.step())) return std::optional<Called>{};
  return std::optional<Called>{Called{row.string(0), row.string(1)}};
}

}  // namespace ticket
