#include "kiosk/store/sync_state.h"

namespace store {
namespace {

constexpr std::chrono::minutes trusted_offset{5};
// Two polls that were due and one request that hangs until its deadline.
constexpr int missed_polls = 2;
constexpr std::chrono::seconds request_allowance{10};

std::optional<std::int64_t> milliseconds(std::optional<base::Instant> instant) {
  if (!instant) return std::nullopt;
  return base::to_ms(*instant);
}

}  // namespace

Result<SyncState> read_sync_state(Store& store) {
  sql::Statement row = TRY(store.database().query(
      "SELECT kiosk_id, number, center_id, epoch, cursor, applied_through, caught_up, "
      "last_success_ms, last_error, content_error, clock_offset_ms, next_poll_s, manifest, "
      "keep_days, fleet FROM sync_state"));
  SyncState state;
  if (!TRY(row.step())) {
    return base::fail(base::ErrorKind::storage, "database", "sync_state has no row");
  }
  state.kiosk_id = row.string(0);
  state.number = static_cast<int>(row.integer(1));
  state.center_id = row.string(2);
  state.epoch = row.string(3);
  state.cursor = row.string(4);
  state.applied_through = row.integer(5);
  state.caught_up = row.integer(6) != 0;
  if (!row.is_null(7)) state.last_success = base::from_ms(row.integer(7));
  state.last_error = row.string(8);
  state.content_error = row.string(9);
  state.clock_offset = base::Milliseconds{row.integer(10)};
  state.next_poll_s = static_cast<int>(row.integer(11));
  state.manifest = row.string(12);
  state.keep_days = static_cast<int>(row.integer(13));
  state.fleet = row.integer(14) != 0;
  return state;
}

Result<void> save_sync_state(Writer& writer, const SyncState& state) {
  TRY(writer.database().run(
      "UPDATE sync_state SET kiosk_id = ?, number = ?, center_id = ?, epoch = ?, cursor = ?, "
      "applied_through = ?, caught_up = ?, last_success_ms = ?, last_error = ?, "
      "content_error = ?, clock_offset_ms = ?, next_poll_s = ?, manifest = ?, keep_days = ?, "
      "fleet = ?",
      state.kiosk_id, state.number, state.center_id, state.epoch, state.cursor,
      state.applied_through, state.caught_up, milliseconds(state.last_success), state.last_error,
      state.content_error, state.clock_offset.count(), state.next_poll_s, state.manifest,
      state.keep_days, state.fleet));
  return {};
}

bool online(const SyncState& state, base::Instant now) {
  if (!state.last_error.empty() || !state.last_success) return false;
  const std::chrono::seconds patience =
      missed_polls * std::chrono::seconds{state.next_poll_s} + request_allowance;
  return now - *state.last_success <= patience;
}

bool clock_trusted(const SyncState& state) {
  return state.last_success.has_value() && std::chrono::abs(state.clock_offset) <= trusted_offset;
}

}  // namespace store
