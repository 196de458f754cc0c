#include "kiosk/sync/enrol.h"

#include "kiosk/store/mirror.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/sync/exchange.h"
#include "kiosk/wire/messages.h"

namespace syncing {
namespace {

using base::Result;
using store::SyncState;
using store::Writer;

constexpr std::size_t longest_center = 64;  // bytes of an id in center.toml
constexpr std::size_t longest_epoch = 256;  // as in exchange.cpp

bool acceptable(const wire::EnrolResponse& response) {
  return base::is_uuid(response.kiosk_id) && response.number >= 1 &&
         response.number <= wire::largest_number && response.center_id.size() <= longest_center &&
         !response.epoch.empty() && response.epoch.size() <= longest_epoch;
}

Result<void> store_identity(Writer& writer, const wire::EnrolResponse& response) {
  SyncState state = TRY(store::read_sync_state(writer.store()));
  // Another kiosk to the center than before: it may have no result of what this one did.
  const bool begins_anew = state.epoch != response.epoch || state.kiosk_id != response.kiosk_id;
  if (!state.epoch.empty() && begins_anew) {
    TRY(store::rewind(writer, 0));
    TRY(store::clear_mirror(writer));
  }
  state.kiosk_id = response.kiosk_id;
  state.number = response.number;
  state.center_id = response.center_id;
  state.epoch = response.epoch;
  state.cursor.clear();
  state.applied_through = 0;
  state.caught_up = false;
  state.last_error.clear();
  return store::save_sync_state(writer, state);
}

}  // namespace

Result<Answer> enrol(store::Store& store, Client& client, std::string_view code,
                     const std::stop_token& stop) {
  const SyncState before = TRY(store::read_sync_state(store));
  const int number = before.enrolled() ? before.number : 0;
  const std::string body =
      wire::to_json(wire::EnrolRequest{std::string(code), client.public_key(), number});
  Answer answer = client.ask_unsigned({.method = "POST", .path = "/v1/enrol", .body = body}, stop);
  if (answer.kind == Answer::Kind::ok) {
    const auto response = wire::parse_enrol_response(answer.body);
    if (response && acceptable(*response)) {
      TRY(store.write([&](Writer& writer) { return store_identity(writer, *response); }));
      return answer;
    }
    answer.kind = Answer::Kind::postponed;
    answer.code = "broken_answer";
  }
  TRY(note_failure(store, answer.code, stop));
  return answer;
}

}  // namespace syncing
