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
// Bytes of what is stored and, the first, sent back.
constexpr std::size_t longest_mark = 256;  // epoch, cursor, manifest, and the keys of states
constexpr std::size_t longest_word = 64;   // codes, types
constexpr std::size_t largest_data = std::size_t{4} << 10U;  // of a result or a state
constexpr std::int64_t largest_seq = std::int64_t{1} << 53U;

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

bool small(const wire::OpResult& result) {
  return result.code.size() <= longest_word && result.data.size() <= largest_data;
}

bool small(const wire::Change& change) {
  return change.type.size() <= longest_word && change.key.size() <= longest_mark &&
         change.data.size() <= largest_data;
}

bool acceptable(const wire::SyncResponse& response) {
  return response.epoch.size() <= longest_mark && response.cursor.size() <= longest_mark &&
         response.manifest.size() <= longest_mark && !response.epoch.empty() &&
         response.applied_through >= 0 && response.applied_through <= largest_seq &&
         std::ranges::all_of(response.results, [](const auto& each) { return small(each); }) &&
         std::ranges::all_of(response.changes, [](const auto& each) { return small(each); });
}

// The server was restored from a backup, or is another one: what it confirmed may be gone. Also
// when it misses the very op whose result is here: then somebody else has given it.
Result<bool> has_forgotten(Writer& writer, const SyncState& state,
                           const wire::SyncResponse& response) {
  if (state.epoch.empty()) return false;
  if (response.epoch != state.epoch || response.applied_through < state.applied_through) {
    return true;
  }
  return store::is_settled(writer.store(), response.applied_through + 1);
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

// True when they have all found room. More states than a center can have are not kept: reading
// begins afresh, at the pace of polls.
Result<bool> store_changes(Writer& writer, const wire::SyncResponse& response) {
  if (response.afresh) TRY(store::clear_mirror(writer));
  for (const wire::Change& change : response.changes) TRY(store::apply_change(writer, change));
  if (response.changes.empty() || !TRY(store::too_many_states(writer.store()))) return true;
  TRY(store::clear_mirror(writer));
  return false;
}

// The clock that the kiosk signs by may be wrong; the server's is the one that counts.
void note_time(SyncState& state, Exchange& exchange, const wire::SyncResponse& response,
               const base::Clock& machine, base::Instant now) {
  exchange.server_time = base::parse_rfc3339(response.time);
  state.last_success = exchange.server_time.value_or(now);
  if (exchange.server_time) state.clock_offset = *exchange.server_time - machine.now();
}

Result<Exchange> store_answer(Writer& writer, SyncState state, const wire::SyncResponse& response,
                              const std::vector<Pending>& batch, const base::Clock& machine) {
  Exchange exchange;
  exchange.next_poll = polite_poll(response.next_poll_s);
  if (response.fleet) exchange.fleet_poll = exchange.next_poll;
  exchange.manifest = response.manifest;
  state.fleet = response.fleet;
  state.next_poll_s = static_cast<int>(exchange.next_poll.count());
  const bool forgotten = TRY(has_forgotten(writer, state, response));
  if (forgotten) {
    TRY(start_over(writer, state, response.applied_through));
    exchange.next_poll = std::chrono::seconds{shortest_poll_s};
  }
  const int settled = TRY(store_results(writer, response, batch, exchange.next_poll, forgotten));
  // Changes counted from a cursor of another life say nothing; the next answer starts afresh.
  const bool fits = forgotten || TRY(store_changes(writer, response));
  if (!forgotten) {
    const std::string cursor = fits ? response.cursor : std::string();
    const bool moved = std::exchange(state.cursor, cursor) != cursor;
    exchange.more = response.more && moved && fits;
  }
  note_time(state, exchange, response, machine, writer.store().now());
  state.epoch = response.epoch;
  state.applied_through = response.applied_through;
  state.caught_up = !forgotten && !response.more && fits;
  state.last_error = fits ? "" : "feed_too_large";
  state.keep_days = acceptable_days(response.keep_days);
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
  return store.write([&](Writer& writer) {
    return store_answer(writer, state, *response, batch, client.clock());
  });
}

}  // namespace syncing
