#include "kiosk/central/slots.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <vector>

#include "kiosk/central/to_tell.h"

namespace central {
namespace {

// Writes a row only when it is new or differs, with the next version of the feed.
constexpr std::string_view upsert_slot =
    "INSERT INTO slot (center_id, key, service, way, day, start_time, end_time, start_ms, room, "
    "offered, capacity, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, "
    "(SELECT version + 1 FROM center WHERE id = ?1)) "
    "ON CONFLICT (center_id, key) DO UPDATE SET end_time = excluded.end_time, "
    "room = excluded.room, offered = excluded.offered, "
    "capacity = CASE WHEN excluded.offered > slot.taken + slot.held + slot.leased "
    "THEN excluded.offered ELSE slot.taken + slot.held + slot.leased END, "
    "version = excluded.version WHERE slot.end_time <> excluded.end_time "
    "OR slot.room <> excluded.room OR slot.offered <> excluded.offered";

constexpr std::string_view day_closed = "day_closed";
constexpr std::string_view room_closed = "room_closed";
constexpr std::string_view slot_closed = "slot_closed";

// The first who waits gets the seat, if there is one. Says whether somebody did.
Result<bool> seat_first_waiting(Transaction& transaction, std::string_view key) {
  sql::Statement waiting = TRY(transaction.database.query(
      "SELECT id FROM booking WHERE center_id = ? AND slot = ? AND state = 'waitlisted' "
      "ORDER BY queued_ms, id LIMIT 1",
      transaction.center_id(), key));
  if (!TRY(waiting.step())) return false;
  const std::string id = waiting.string(0);
  if (!TRY(take_seat(transaction, key))) return false;
  TRY(transaction.database.run(
      "UPDATE booking SET state = 'confirmed', changed_ms = ?, version = ? "
      "WHERE center_id = ? AND id = ?",
      transaction.now_ms(), TRY(next_version(transaction)), transaction.center_id(), id));
  TRY(tell(transaction, {"booking", id, "confirmed"}));
  return true;
}

Result<void> seat_waiting(Transaction& transaction, std::string_view key) {
  while (TRY(seat_first_waiting(transaction, key))) {
  }
  return {};
}

struct Sitting {
  std::string id;
  bool confirmed = false;
  std::string withdrawn;
};

// First who sits, then who waits, each in the order they came.
Result<std::vector<Sitting>> people_in(Transaction& transaction, std::string_view key) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT id, state, withdrawn FROM booking WHERE center_id = ? AND slot = ? "
      "AND state IN ('confirmed', 'waitlisted') ORDER BY state, queued_ms, id",
      transaction.center_id(), key));
  std::vector<Sitting> people;
  while (TRY(row.step())) {
    people.push_back({row.string(0), row.text(1) == "confirmed", row.string(2)});
  }
  return people;
}

// What the center cannot keep any more. Who came last is asked to change first; who only waits
// loses nothing while anybody may still sit.
struct Withdrawal {
  std::size_t seats = 0;  // people who can stay
  std::string_view why;
};

// Marks, and unmarks when the days are open again. Everybody stays booked until the office or the
// visitor changes it.
Result<void> mark_withdrawn(Transaction& transaction, std::string_view key,
                            const Withdrawal& withdrawal) {
  std::size_t place = 0;
  for (const Sitting& each : TRY(people_in(transaction, key))) {
    const bool stays = each.confirmed ? place++ < withdrawal.seats : withdrawal.seats > 0;
    const std::string_view why = stays ? std::string_view() : withdrawal.why;
    if (each.withdrawn == why) continue;
    TRY(transaction.database.run(
        "UPDATE booking SET withdrawn = ?, version = ? WHERE center_id = ? AND id = ?", why,
        TRY(next_version(transaction)), transaction.center_id(), each.id));
    TRY(tell(transaction, {"booking", each.id, why.empty() ? "offered" : "withdrawn", why}));
  }
  return {};
}

// Fewer seats by the catalogue's word alone put nobody out; a room that is closed does.
Withdrawal withdrawal_while_open(const service::Way& way, base::Date day) {
  if (way.rooms.empty()) return {std::numeric_limits<std::size_t>::max(), ""};
  return {way.open_rooms(day), room_closed};
}

std::string_view why_closed(const Transaction& transaction, std::string_view service_id,
                            std::string_view way_id, base::Date day) {
  const service::Service* service = transaction.center.catalogue.find(service_id);
  const service::Way* way = service == nullptr ? nullptr : service->way(way_id);
  if (way == nullptr || service->closure(*way, day) == nullptr) return slot_closed;
  return service->closure(day) != nullptr ? day_closed : room_closed;
}

// After somebody has left: of those that are too many one less must change.
Result<void> settle_withdrawn(Transaction& transaction, std::string_view key,
                              const SlotFacts& slot) {
  if (!slot.closed.empty()) return {};
  const service::Service* service = transaction.center.catalogue.find(slot.service);
  const service::Way* way = service == nullptr ? nullptr : service->way(slot.way);
  if (way == nullptr) return {};
  const base::Date day = transaction.center.zone.date(slot.start);
  return mark_withdrawn(transaction, key, withdrawal_while_open(*way, day));
}

// What the catalogue says of a slot, beside its key.
struct Offer {
  std::string end_time;
  std::string room;
  std::int64_t seats = 0;
  bool operator==(const Offer&) const = default;
};
using Offers = std::map<std::string, Offer>;  // by key

// Read at once: a server that starts where others serve finds every slot as it is, and must not
// keep them waiting for as many statements.
Result<Offers> offers_from(Transaction& transaction, base::Date day) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT key, end_time, room, offered FROM slot WHERE center_id = ? AND day >= ?",
      transaction.center_id(), base::iso_date(day)));
  Offers offers;
  while (TRY(row.step())) {
    offers.emplace(row.string(0), Offer{row.string(1), row.string(2), row.integer(3)});
  }
  return offers;
}

Result<void> expand_slot(Transaction& transaction, const service::Service& service,
                         const service::Way& way, base::Date day, service::TimeSpan time,
                         const Offers& standing, std::set<std::string>& wanted) {
  const std::string start = base::iso_time(time.start);
  const std::string key =
      fmt::format("{}|{}|{}T{}", service.id, way.id, base::iso_date(day), start);
  wanted.insert(key);
  const Offer offer{base::iso_time(time.end),
                    way.room.empty() ? std::string() : way.room.in("zh-Hans"), way.seats_on(day)};
  const auto stands = standing.find(key);
  if (stands != standing.end() && stands->second == offer) return {};
  const base::Instant starts = transaction.center.zone.instant(day, time.start);
  const auto changed = TRY(transaction.database.run(
      upsert_slot, transaction.center_id(), key, service.id, way.id, base::iso_date(day), start,
      offer.end_time, base::to_ms(starts), offer.room, offer.seats));
  if (changed == 0) return {};
  TRY(next_version(transaction));
  TRY(seat_waiting(transaction, key));
  return mark_withdrawn(transaction, key, withdrawal_while_open(way, day));
}

struct Unwanted {
  std::string key;
  std::string_view why;
};

Result<std::vector<Unwanted>> find_unwanted(Transaction& transaction,
                                            const std::set<std::string>& wanted) {
  std::vector<Unwanted> unwanted;
  sql::Statement row = TRY(transaction.database.query(
      "SELECT key, service, way, day FROM slot WHERE center_id = ? AND start_ms > ? "
      "AND offered > 0",
      transaction.center_id(), transaction.now_ms()));
  while (TRY(row.step())) {
    if (wanted.contains(row.string(0))) continue;
    const base::Date day = base::parse_date(row.text(3)).value_or(base::Date{});
    unwanted.push_back({row.string(0), why_closed(transaction, row.text(1), row.text(2), day)});
  }
  return unwanted;
}

Result<void> close_unwanted(Transaction& transaction, const std::set<std::string>& wanted) {
  for (const Unwanted& each : TRY(find_unwanted(transaction, wanted))) {
    TRY(transaction.database.run(
        "UPDATE slot SET offered = 0, capacity = taken + held + leased, version = ? "
        "WHERE center_id = ? AND key = ?",
        TRY(next_version(transaction)), transaction.center_id(), each.key));
    TRY(mark_withdrawn(transaction, each.key, {0, each.why}));
  }
  return {};
}

}  // namespace

Result<void> expand_slots(Transaction& transaction) {
  const Offers standing = TRY(offers_from(transaction, transaction.today()));
  std::set<std::string> wanted;
  for (const service::Service& service : transaction.center.catalogue.services) {
    if (service.kind != service::Kind::booking) continue;
    for (int ahead = 0; ahead <= service.slots.horizon_days; ++ahead) {
      const base::Date day = base::add_days(transaction.today(), ahead);
      for (const service::Way& way : service.ways) {
        for (const service::TimeSpan& time : service::slots_of_day(service, way, day)) {
          TRY(expand_slot(transaction, service, way, day, time, standing, wanted));
        }
      }
    }
  }
  return close_unwanted(transaction, wanted);
}

Result<std::optional<SlotFacts>> find_slot(Transaction& transaction, std::string_view key) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT service, way, start_ms, offered, day FROM slot WHERE center_id = ? AND key = ?",
      transaction.center_id(), key));
  if (!TRY(row.step())) return std::optional<SlotFacts>{};
  SlotFacts facts{row.string(0), row.string(1), base::from_ms(row.integer(2)), ""};
  if (row.integer(3) == 0) {
    const base::Date day = base::parse_date(row.text(4)).value_or(base::Date{});
    facts.closed = why_closed(transaction, facts.service, facts.way, day);
  }
  return std::optional<SlotFacts>{std::move(facts)};
}

Result<bool> take_seat(Transaction& transaction, std::string_view key) {
  const auto changed = TRY(transaction.database.run(
      "UPDATE slot SET taken = taken + 1, version = (SELECT version + 1 FROM center WHERE id = ?1) "
      "WHERE center_id = ?1 AND key = ?2 AND taken + held + leased < capacity",
      transaction.center_id(), key));
  if (changed == 0) return false;
  TRY(next_version(transaction));
  return true;
}

Result<void> free_seat(Transaction& transaction, std::string_view key) {
  TRY(transaction.database.run(
      "UPDATE slot SET taken = taken - 1, capacity = CASE WHEN offered > taken - 1 + held + leased "
      "THEN offered ELSE taken - 1 + held + leased END, version = ? "
      "WHERE center_id = ? AND key = ?",
      TRY(next_version(transaction)), transaction.center_id(), key));
  const auto slot = TRY(find_slot(transaction, key));
  if (!slot || slot->start <= transaction.now) return {};
  TRY(seat_waiting(transaction, key));
  return settle_withdrawn(transaction, key, *slot);
}

}  // namespace central
