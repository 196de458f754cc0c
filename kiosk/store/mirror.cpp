#include "kiosk/store/mirror.h"

namespace store {

Result<std::optional<std::string>> find_state(Store& store, std::string_view type,
                                              std::string_view key) {
  sql::Statement row =
      TRY(store.database().query("SELECT data FROM mirror WHERE type = ? AND key = ?", type, key));
  if (!TRY(row.step())) return std::optional<std::string>{};
  return std::optional<std::string>{row.string(0)};
}

Result<std::optional<wire::DayKey>> person_key(Store& store) {
  const auto data = TRY(find_state(store, "key", "person"));
  if (!data) return std::optional<wire::DayKey>{};
  const auto key = wire::parse_day_key(*data);
  if (!key || key->day != base::iso_date(store.today())) return std::optional<wire::DayKey>{};
  return std::optional<wire::DayKey>{*key};
}

Result<bool> too_many_states(Store& store) {
  const auto beyond =
      TRY(store.database().integer("SELECT 1 FROM mirror LIMIT 1 OFFSET ?", most_states));
  return beyond.has_value();
}

Result<void> apply_change(Writer& writer, const wire::Change& change) {
  if (change.deleted) {
    TRY(writer.database().run("DELETE FROM mirror WHERE type = ? AND key = ?", change.type,
                              change.key));
    return {};
  }
  TRY(writer.database().run(
      "INSERT INTO mirror VALUES (?1, ?2, ?3) ON CONFLICT (type, key) DO UPDATE SET data = ?3",
      change.type, change.key, change.data));
  return {};
}

Result<void> clear_mirror(Writer& writer) {
  TRY(writer.database().run("DELETE FROM mirror"));
  return {};
}

Result<void> drop_days_before(Writer& writer, base::Date day) {
  TRY(writer.database().run("DELETE FROM mirror WHERE data ->> '$.day' < ?", base::iso_date(day)));
  return {};
}

}  // namespace store
