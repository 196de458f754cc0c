// Requests that people decide on, and calls for a person.
#include "kiosk/central/cases.h"
#include "kiosk/central/rules.h"

namespace central {
namespace {

constexpr std::size_t longest_place = 64;  // a screen's id

}  // namespace

Result<Verdict> file_request(Transaction& transaction, const Sender& sender, const wire::Op& op) {
  auto body = wire::parse_intake_file(op.body);
  if (!body || !well_formed(body->code, body->last4)) return rejected("bad_body");
  const service::Service* service = transaction.center.catalogue.find(body->service);
  if (service == nullptr || service->kind != service::Kind::intake) {
    return rejected("service_unknown");
  }
  const CaseKeys keys = case_keys(transaction.center, body->code, body->last4);
  // Kept as the message it came in, without the parts that are kept as hashes only.
  body->code.clear();
  body->last4.clear();
  TRY(transaction.database.run(
      "INSERT INTO request VALUES (?, ?, ?, ?, ?, 'received', '', ?, ?, ?, ?9, ?9, ?10)",
      transaction.center_id(), op.id, sender.kiosk_id, body->service, body->way,
      wire::to_json(*body), keys.code, keys.both, transaction.now_ms(),
      TRY(next_version(transaction))));
  return applied({"received", "", 0});
}

Result<Verdict> call_person(Transaction& transaction, const Sender& sender, const wire::Op& op) {
  const auto body = wire::parse_assist_call(op.body);
  if (!body || body->place.size() > longest_place) return rejected("bad_body");
  TRY(transaction.database.run("INSERT INTO assist VALUES (?, ?, ?, ?, 'open', ?5, ?5, ?6)",
                               transaction.center_id(), op.id, sender.kiosk_id, body->place,
                               transaction.now_ms(), TRY(next_version(transaction))));
  return applied({"open", "", 0});
}

}  // namespace central
