#include "kiosk/sync/exchange.h"

#include <algorithm>

#include "kiosk/store/mirror.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/packs.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/sync/batch.h"
#include "kiosk/wire/messages.h"

namespace syncing {
namespace {

using base::Result;
using store::Pending;
using store::SyncState;
using store::Writer;

constexpr int shortest_poll_s = 1;
constexpr int longest_poll_s = 3600;
constexpr int longest_keep_days = 60;  // whatever a server asks for
constexpr std::size_t longest_mark =
    256;  // bytes of epoch, cursor and manifest: they are sent back

Result<wire::SyncRequest> make_request(store::Store& store, const SyncState& state,
                                       const std::vector<Pending>& batch) {
  wire::SyncRequest request;
  request.epoch = state.epoch;
  request.cursor = state.cursor;
  request.have = TRY(store::packs_in_force(store));
  if (const auto key = TRY(store::person_key(store))) request.have["person"] = key->day;
  for (const Pending& op : batch) request.ops.push_back(TRY(store::op_bytes(store, op.seq)));
  return request;
}

bool acceptable(const wire::SyncResponse& response) {
  return response.epoch.size() <= longest_mark && response.cursor.size() <= longest_mark &&
         response.manifest.size() <= longest_mark && !response.epoch.empty();
}

// The server was restored from a backup, or is another one: what it confirmed may be gone.
bool has_forgotten(const SyncState& state, const wire::SyncResponse& response) {
  if (state.epoch.empty()) return false;
  return response.epoch != state.epoch || response.applied_through < state.applied_through;
}

bool was_sent(const std::vector<Pending>& batch, std::string_view id) {
  return std::ranges::find(batch, id, &Pending::id) != batch.end();
}

// Says how many ops have got a durable result. A result for an op that was not sent is no result.
// Of a server that has forgotten only what it took counts: the rest was about records it did not
// have, and will be asked again behind them.
Result<int> store_results(Writer& writer, const wire::SyncResponse& response,
                          const std::vector<Pending>& batch, std::chrono::seconds hold,
                          bool forgotten) {
  int settled = 0;
  for (const wire::OpResult& result : response.results) {
    if (!was_sent(batch, result.id)) continue;
    const bool taken =
        result.outcome == wire::Outcome::applied || result.outcome == wire::Outcome::duplicate;
    if (forgotten && !taken) continue;
    TRY(store::record_result(writer, result, hold));
    if (result.outcome != wire::Outcome::deferred) ++settled;
  }
  return settled;
}

Result<void> start_over(Writer& writer, SyncState& state, std::int64_t applied_through) {
  TRY(store::rewind(writer, applied_through));
  TRY(store::clear_mirror(writer));
  state.cursor.clear();
  return {};
}

// A server that says nothing asks for the usual.
int acceptable_days(int asked) {
  return std::clamp(asked, wire::usual_keep_days, longest_keep_days);
}

std::chrono::seconds polite_poll(int asked) {
  return std::chrono::seconds{std::clamp(asked, shortest_poll_s, longest_poll_s)};
}

Result<Exchange> store_answer(Writer& writer, SyncState state, const wire::SyncResponse& response,
                              const std::vector<Pending>& batch) {
  Exchange exchange;
  exchange.next_poll = polite_poll(response.next_poll_s);
  exchange.manifest = response.manifest;
  const bool forgotten = has_forgotten(state, response);
  if (forgotten) {
    TRY(start_over(writer, state, response.applied_through));
    exchange.next_poll = std::chrono::seconds{shortest_poll_s};
  }
  const int settled = TRY(store_results(writer, response, batch, exchange.next_poll, forgotten));
  // Changes counted from a cursor of another life say nothing; the next answer starts afresh.
  if (!forgotten) {
    for (const wire::Change& change : response.changes) TRY(store::apply_change(writer, change));
    const bool moved = std::exchange(state.cursor, response.cursor) != response.cursor;
    exchange.more = response.more && moved;
  }
  const base::Instant now = writer.store().now();
  if (const auto server_now = base::parse_rfc3339(response.time)) {
    state.clock_offset = *server_now - now;
  }
  state.epoch = response.epoch;
  state.applied_through = response.applied_through;
  state.caught_up = !forgotten && !response.more;
  state.last_success = now;
  state.last_error.clear();
  state.keep_days = acceptable_days(response.keep_days);
  state.next_poll_s = static_cast<int>(exchange.next_poll.count());
  TRY(store::save_sync_state(writer, state));
  if (settled > 0 && !TRY(store::pending_ops(writer.store())).empty()) exchange.more = true;
  return exchange;
}

Answer unreadable(Answer answer) {
  answer.kind = Answer::Kind::postponed;
  answer.code = "broken_answer";
  return answer;
}

Result<Exchange> failed(store::Store& store, Answer answer, const std::stop_token& stop) {
  TRY(note_failure(store, answer.code, stop));
  Exchange exchange;
  exchange.answer = std::move(answer);
  return exchange;
}

}  // namespace

Result<void> note_failure(store::Store& store, std::string_view code, const std::stop_token& stop) {
  if (stop.stop_requested()) return {};
  SyncState state = TRY(store::read_sync_state(store));
  if (state.last_error == code) return {};
  state.last_error = code;
  return store.write([&](Writer& writer) { return store::save_sync_state(writer, state); });
}

Result<Exchange> exchange_once(store::Store& store, Client& client, const std::stop_token& stop) {
  SyncState state = TRY(store::read_sync_state(store));
  const std::vector<Pending> batch = choose_batch(TRY(store::pending_ops(store)));
  const wire::SyncRequest request = TRY(make_request(store, state, batch));
  Identity who{state.kiosk_id, state.clock_offset};
  const Answer answer =
      client.ask({.method = "POST", .path = "/v1/sync", .body = wire::to_json(request)}, who, stop);
  if (answer.kind != Answer::Kind::ok) return failed(store, answer, stop);
  const auto response = wire::parse_sync_response(answer.body);
  if (!response || !acceptable(*response)) return failed(store, unreadable(answer), stop);
  return store.write([&](Writer& writer) { return store_answer(writer, state, *response, batch); });
}

}  // namespace syncing
