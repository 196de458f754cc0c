#include "kiosk/assist/assist_store.h"

#include "kiosk/store/mirror.h"
#include "kiosk/store/outbox.h"
#include "kiosk/wire/messages.h"

namespace assist {
namespace {

Result<std::string> told_state(store::Store& store, std::string_view id) {
  const auto data = TRY(store::find_state(store, "assist", id));
  if (!data) return std::string{};
  return wire::parse_record_state(*data).value_or(wire::RecordState{}).state;
}

}  // namespace

Result<std::string> AssistStore::call(std::string_view place) {
  return store_.write([&](store::Writer& writer) {
    return writer.append({.kind = "assist.call",
                          .record = {},
                          .body = wire::to_json(wire::AssistCall{std::string(place)}),
                          .legal_day = {}});
  });
}

Result<Call> AssistStore::find(std::string_view id) {
  const auto op = TRY(store::find_op(store_, id));
  if (!op) return base::fail(base::ErrorKind::not_found, "call_unknown");
  const std::string record = TRY(told_state(store_, id));
  const base::Milliseconds waited = op->age(store_.now());
  Call call;
  call.state = state_of(
      {.received = op->delivery == store::Delivery::accepted, .record = record, .waited = waited});
  call.alternative = names_alternative(call.state, waited);
  return call;
}

}  // namespace assist
