#include "kiosk/store/legal_days.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/store/sync_state.h"
#include "kiosk/wire/legal_day.h"

namespace store {
namespace {

// ISO days compare as texts.
constexpr std::string_view in_alarm =
    "legal_day IS NOT NULL AND state <> 'accepted' AND legal_outcome = '' AND (legal_day < ?1 "
    "OR (offline = 1 AND legal_day < ?2) OR state = 'refused')";

struct Limits {
  base::Date today{};
  std::string near;
  std::string near_offline;
};

// The center's, as far as it is known: told, or as far off as it was last, and never before it was
// last heard of.
base::Instant center_time(Store& store, const SyncState& sync) {
  const base::Instant now = store.now();
  const base::Instant mended = store.world().clock.certain() ? now : now + sync.clock_offset;
  return std::max(mended, sync.last_success.value_or(mended));
}

Result<Limits> limits(Store& store) {
  const SyncState sync = TRY(read_sync_state(store));
  const base::Date today = store.zone().date(center_time(store, sync));
  return Limits{today, base::iso_date(base::add_days(today, wire::near_days)),
                base::iso_date(base::add_days(today, wire::near_days_offline))};
}

std::string_view name(LegalOutcome outcome) {
  switch (outcome) {
    case LegalOutcome::handed_in: return "handed_in";
    case LegalOutcome::told: return "told";
    case LegalOutcome::not_needed: return "not_needed";
  }
  return "not_needed";
}

}  // namespace

Result<std::vector<LegalAlarm>> legal_alarms(Store& store) {
  const Limits limit = TRY(limits(store));
  sql::Statement row = TRY(store.database().query(
      fmt::format("SELECT id, kind, legal_day, state, created_ms FROM outbox WHERE {} "
                  "ORDER BY legal_day, seq",
                  in_alarm),
      limit.near, limit.near_offline));
  std::vector<LegalAlarm> alarms;
  while (TRY(row.step())) {
    const base::Date day = base::parse_date(row.text(2)).value_or(limit.today);
    alarms.push_back({.id = row.string(0),
                      .kind = row.string(1),
                      .day = day,
                      .days_left = base::days_between(limit.today, day),
                      .refused = row.text(3) == "refused",
                      .created = base::from_ms(row.integer(4))});
  }
  return alarms;
}

Result<int> count_legal_alarms(Store& store) {
  const Limits limit = TRY(limits(store));
  const auto count =
      TRY(store.database().integer(fmt::format("SELECT count(*) FROM outbox WHERE {}", in_alarm),
                                   limit.near, limit.near_offline));
  return static_cast<int>(count.value_or(0));
}

Result<void> settle_legal_alarm(Writer& writer, std::string_view id, LegalOutcome outcome) {
  TRY(writer.database().run(
      "UPDATE outbox SET legal_outcome = ? WHERE id = ? AND legal_outcome = ''", name(outcome),
      id));
  return {};
}

}  // namespace store
