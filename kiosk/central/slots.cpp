#include "kiosk/central/slots.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

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
  return true;
}

Result<void> seat_waiting(Transaction& transaction, std::string_view key) {
  while (TRY(seat_first_waiting(transaction, key))) {
  }
  return {};
}

Result<void> expand_slot(Transaction& transaction, const service::Service& service,
                         const service::Way& way, base::Date day, service::TimeSpan time,
                         std::set<std::string>& wanted) {
  const std::string start = base::iso_time(time.start);
  const std::string key =
      fmt::format("{}|{}|{}T{}", service.id, way.id, base::iso_date(day), start);
  const base::Instant starts = transaction.center.zone.instant(day, time.start);
  wanted.insert(key);
  const auto changed = TRY(transaction.database.run(
      upsert_slot, transaction.center_id(), key, service.id, way.id, base::iso_date(day), start,
      base::iso_time(time.end), base::to_ms(starts),
      way.room.empty() ? std::string() : way.room.in("zh-Hans"), way.capacity));
  if (changed == 0) return {};
  TRY(next_version(transaction));
  return seat_waiting(transaction, key);
}

Result<void> close_unwanted(Transaction& transaction, const std::set<std::string>& wanted) {
  std::vector<std::string> unwanted;
  sql::Statement row = TRY(transaction.database.query(
      "SELECT key FROM slot WHERE center_id = ? AND start_ms > ? AND offered > 0",
      transaction.center_id(), transaction.now_ms()));
  while (TRY(row.step())) {
    if (!wanted.contains(row.string(0))) unwanted.push_back(row.string(0));
  }
  for (const std::string& key : unwanted) {
    TRY(transaction.database.run(
        "UPDATE slot SET offered = 0, capacity = taken + held + leased, version = ? "
        "WHERE center_id = ? AND key = ?",
        TRY(next_version(transaction)), transaction.center_id(), key));
  }
  return {};
}

}  // namespace

Result<void> expand_slots(Transaction& transaction) {
  std::set<std::string> wanted;
  for (const service::Service& service : transaction.center.catalogue.services) {
    if (service.kind != service::Kind::booking) continue;
    for (int ahead = 0; ahead <= service.slots.horizon_days; ++ahead) {
      const base::Date day = base::add_days(transaction.today(), ahead);
      for (const service::TimeSpan& time : service::slots_of_day(service, day)) {
        for (const service::Way& way : service.ways) {
          TRY(expand_slot(transaction, service, way, day, time, wanted));
        }
      }
    }
  }
  return close_unwanted(transaction, wanted);
}

Result<std::optional<SlotFacts>> find_slot(Transaction& transaction, std::string_view key) {
  sql::Statement row = TRY(transaction.database.query(
      "SELECT service, way, start_ms FROM slot WHERE center_id = ? AND key = ?",
      transaction.center_id(), key));
  if (!TRY(row.step())) return std::optional<SlotFacts>{};
  return std::optional<SlotFacts>{{row.string(0), row.string(1), base::from_ms(row.integer(2))}};
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
      "THEN offered ELSE taken - 1 + held + leased END, version = ? WHERE center_id = ? AND key = "
      "?",
      TRY(next_version(transaction)), transaction.center_id(), key));
  const auto slot = TRY(find_slot(transaction, key));
  if (!slot || slot->start <= transaction.now) return {};
  return seat_waiting(transaction, key);
}

}  // namespace central
