#include "kiosk/store/outbox.h"

#include "kiosk/store/sync_state.h"

namespace store {
namespace {

using std::chrono::days;

constexpr days keep_refused{30};
// A hold further away than any server asks for was set before the clock was put back.
constexpr std::chrono::hours longest_hold{1};

constexpr std::string_view fate_columns = "seq, kind, state, code, data, created_ms";

Delivery delivery(std::string_view state) {
  if (state == "accepted") return Delivery::accepted;
  return state == "refused" ? Delivery::refused : Delivery::waiting;
}

Fate read_fate(const sql::Statement& row) {
  return {.seq = row.integer(0),
          .kind = row.string(1),
          .delivery = delivery(row.text(2)),
          .code = row.string(3),
          .data = row.string(4),
          .created = base::from_ms(row.integer(5))};
}

Result<std::int64_t> last_seq(Store& store) {
  return TRY(store.database().integer("SELECT last FROM sequence")).value_or(0);
}

}  // namespace

Result<std::optional<Fate>> find_op(Store& store, std::string_view id) {
  sql::Statement row = TRY(store.database().query(
      "SELECT " + std::string(fate_columns) + " FROM outbox WHERE id = ?", id));
  if (!TRY(row.step())) return std::optional<Fate>{};
  return std::optional<Fate>{read_fate(row)};
}

Result<std::vector<Fate>> ops_of(Store& store, std::string_view record) {
  sql::Statement row = TRY(store.database().query(
      "SELECT " + std::string(fate_columns) + " FROM outbox WHERE record = ? ORDER BY seq",
      record));
  std::vector<Fate> fates;
  while (TRY(row.step())) fates.push_back(read_fate(row));
  return fates;
}

OutboxWatch::OutboxWatch(Store& store, std::int64_t last_seq)
    : store_(&store), seen_changes_(store.database().total_changes()), seen_seq_(last_seq) {}

Result<OutboxWatch> OutboxWatch::begin(Store& store) {
  return OutboxWatch(store, TRY(last_seq(store)));
}

Result<bool> OutboxWatch::grown() {
  const std::int64_t changes = store_->database().total_changes();
  if (std::exchange(seen_changes_, changes) == changes) return false;
  const std::int64_t seq = TRY(last_seq(*store_));
  return std::exchange(seen_seq_, seq) != seq;
}

Result<Waiting> count_waiting(Store& store) {
  sql::Statement row = TRY(store.database().query(
      "SELECT count(*), min(created_ms) FROM outbox WHERE state = 'waiting'"));
  Waiting waiting;
  if (!TRY(row.step())) return waiting;
  waiting.count = static_cast<int>(row.integer(0));
  if (!row.is_null(1)) waiting.oldest = base::from_ms(row.integer(1));
  return waiting;
}

Result<std::vector<Refusal>> refused_ops(Store& store) {
  sql::Statement row = TRY(store.database().query(
      "SELECT id, kind, code, created_ms FROM outbox WHERE state = 'refused' "
      "ORDER BY seq DESC LIMIT 200"));
  std::vector<Refusal> refusals;
  while (TRY(row.step())) {
    refusals.push_back({.id = row.string(0),
                        .kind = row.string(1),
                        .code = row.string(2),
                        .created = base::from_ms(row.integer(3))});
  }
  return refusals;
}

Result<std::vector<Pending>> pending_ops(Store& store) {
  const base::Instant now = store.now();
  sql::Statement row = TRY(
      store.database().query("SELECT seq, id, record, legal_day, length(bytes) FROM outbox AS op "
                             "WHERE state = 'waiting' AND NOT EXISTS ("
                             "  SELECT 1 FROM outbox AS earlier WHERE earlier.record = op.record "
                             "  AND earlier.seq <= op.seq AND earlier.state = 'waiting' "
                             "  AND earlier.hold_ms > ?1 AND earlier.hold_ms <= ?2) ORDER BY seq",
                             base::to_ms(now), base::to_ms(now + longest_hold)));
  std::vector<Pending> pending;
  while (TRY(row.step())) {
    pending.push_back({.seq = row.integer(0),
                       .id = row.string(1),
                       .record = row.string(2),
                       .legal_day = base::parse_date(row.text(3)),
                       .size = static_cast<std::size_t>(row.integer(4))});
  }
  return pending;
}

Result<std::string> op_bytes(Store& store, std::int64_t seq) {
  sql::Statement row = TRY(store.database().query("SELECT bytes FROM outbox WHERE seq = ?", seq));
  if (!TRY(row.step())) return base::fail(base::ErrorKind::not_found, "op_unknown");
  return std::string(row.blob(0));
}

Result<void> record_result(Writer& writer, const wire::OpResult& result, base::Milliseconds hold) {
  sql::Database& database = writer.database();
  const base::Instant now = writer.store().now();
  if (result.outcome == wire::Outcome::deferred) {
    TRY(database.run(
        "UPDATE outbox SET code = ?, hold_ms = ?, answered_ms = ? "
        "WHERE id = ? AND state = 'waiting'",
        result.code, base::to_ms(now + std::min<base::Milliseconds>(hold, longest_hold)),
        base::to_ms(now), result.id));
    return {};
  }
  const bool refused = result.outcome == wire::Outcome::rejected;
  TRY(database.run(
      "UPDATE outbox SET state = ?, code = ?, data = ?, hold_ms = NULL, "
      "answered_ms = ? WHERE id = ? AND state = 'waiting'",
      refused ? "refused" : "accepted", result.code, result.data, base::to_ms(now), result.id));
  return {};
}

Result<bool> is_settled(Store& store, std::int64_t seq) {
  const auto settled = TRY(
      store.database().integer("SELECT 1 FROM outbox WHERE seq = ? AND state <> 'waiting'", seq));
  return settled.has_value();
}

Result<std::int64_t> rewind(Writer& writer, std::int64_t applied_through) {
  return writer.database().run(
      "UPDATE outbox SET state = 'waiting', hold_ms = NULL, code = '' "
      "WHERE seq > ? AND (state <> 'waiting' OR hold_ms IS NOT NULL)",
      applied_through);
}

Result<void> prune(Writer& writer) {
  const base::Instant now = writer.store().earliest();
  const days keep_accepted{TRY(read_sync_state(writer.store())).keep_days};
  TRY(
      writer.database().run("DELETE FROM outbox WHERE (state = 'accepted' AND answered_ms < ?) "
                            "OR (state = 'refused' AND answered_ms < ?)",
                            base::to_ms(now - keep_accepted), base::to_ms(now - keep_refused)));
  return {};
}

}  // namespace store
