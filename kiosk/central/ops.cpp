#include "kiosk/central/ops.h"

#include <algorithm>
#include <tuple>

#include "kiosk/central/inherit.h"
#include "kiosk/central/kiosks.h"
#include "kiosk/central/legal_days.h"
#include "kiosk/central/receipts.h"
#include "kiosk/central/to_tell.h"
#include "platform/crypto/crypto.h"

namespace central {
namespace {

// Claims the op's id; false when it stands there already.
Result<bool> claim(Transaction& transaction, const Sender& sender, const Arrived& arrived) {
  const wire::Op& op = arrived.op;
  return TRY(transaction.database.run("INSERT INTO op VALUES (?, ?, ?, ?, ?, ?, 0, '', '{}', ?, "
                                      "NULL) ON CONFLICT DO NOTHING",
                                      transaction.center_id(), op.id, sender.kiosk_id, op.seq,
                                      op.kind, arrived.hash, transaction.now_ms())) == 1;
}

// The first answer again, whoever asks: the same bytes come from the same outbox, though its kiosk
// may have been enrolled anew meanwhile. Nothing is given away: to send the bytes is to know the op
// and the case code in it, and the answer says only what became of it. Other bytes get no answer.
Result<wire::OpResult> recall(Transaction& transaction, const Sender& sender,
                              const Arrived& arrived) {
  const wire::OpResult id_reuse{arrived.op.id, wire::Outcome::rejected, "id_reuse", "{}"};
  sql::Statement row = TRY(transaction.database.query(
      "SELECT kiosk_id, hash, applied, code, data FROM op WHERE center_id = ? AND op_id = ?",
      transaction.center_id(), arrived.op.id));
  if (!TRY(row.step()) || row.text(1) != arrived.hash) return id_reuse;
  const auto outcome = row.integer(2) != 0 ? wire::Outcome::duplicate : wire::Outcome::rejected;
  wire::OpResult answer{arrived.op.id, outcome, row.string(3), row.string(4)};
  TRY(inherit(transaction, arrived.op.id, row.string(0), sender.kiosk_id));
  return answer;
}

// A result of which nothing is remembered: the same op may be decided later.
wire::OpResult deferred(const std::string& id, std::string_view code) {
  return {id, wire::Outcome::deferred, std::string(code), "{}"};
}

// Only for what was not found: so the center's row is not read for every op.
Result<bool> may_still_come(Transaction& transaction, const Verdict& verdict) {
  if (verdict.applied || verdict.code != "no_match") return false;
  return records_may_come_back(TRY(read_state(transaction)), transaction);
}

// Runs the rule so that nothing of it stays behind when the database contradicts it, or when it is
// too early to decide: then there is no verdict.
Result<std::optional<Verdict>> judge(Transaction& transaction, const Sender& sender,
                                     const wire::Op& op, Rule rule) {
  TRY(transaction.database.run("SAVEPOINT op"));
  const Result<Verdict> ruled = rule(transaction, sender, op);
  const bool conflict = !ruled && ruled.error().code == "constraint";
  if (!ruled && !conflict) return tl::unexpected<base::Error>(ruled.error());
  std::optional<Verdict> verdict = conflict ? rejected("conflict") : *ruled;
  if (TRY(may_still_come(transaction, *verdict))) verdict.reset();
  if (conflict || !verdict) TRY(transaction.database.run("ROLLBACK TO op"));
  TRY(transaction.database.run("RELEASE op"));
  return verdict;
}

Result<wire::OpResult> apply(Transaction& transaction, const Sender& sender, const Arrived& arrived,
                             Rule rule) {
  if (!TRY(claim(transaction, sender, arrived))) return recall(transaction, sender, arrived);
  const auto verdict = TRY(judge(transaction, sender, arrived.op, rule));
  if (!verdict) {
    TRY(transaction.database.run("DELETE FROM op WHERE center_id = ? AND op_id = ?",
                                 transaction.center_id(), arrived.op.id));
    return deferred(arrived.op.id, "restored");
  }
  wire::Promise promise = verdict->promise;
  if (verdict->applied) promise.receipt = make_receipt(transaction, arrived.op, arrived.hash);
  wire::OpResult result{arrived.op.id,
                        verdict->applied ? wire::Outcome::applied : wire::Outcome::rejected,
                        verdict->code, wire::to_json(promise)};
  TRY(transaction.database.run(
      "UPDATE op SET applied = ?, code = ?, data = ? WHERE center_id = ? AND op_id = ?",
      verdict->applied, result.code, result.data, transaction.center_id(), result.id));
  TRY(tell_late(transaction, sender, arrived.op, *verdict));
  TRY(note_legal_day(transaction, sender, arrived.op, verdict->applied));
  return result;
}

}  // namespace

Result<std::vector<Arrived>> read_ops(const std::vector<std::string>& ops) {
  std::vector<Arrived> arrived;
  for (const std::string& bytes : ops) {
    arrived.push_back({TRY(wire::parse_op(bytes)), crypto::sha256_hex(bytes)});
  }
  std::sort(arrived.begin(), arrived.end(), [](const Arrived& a, const Arrived& b) {
    return std::tie(a.op.seq, a.op.id) < std::tie(b.op.seq, b.op.id);
  });
  return arrived;
}

Result<OpsOutcome> defer_ops(Transaction& transaction, std::string_view kiosk_id,
                             const std::vector<Arrived>& ops) {
  OpsOutcome outcome{{}, TRY(note_contact(transaction, kiosk_id)).applied_through};
  for (const Arrived& arrived : ops) {
    outcome.results.push_back(deferred(arrived.op.id, "restored"));
  }
  return outcome;
}

Result<OpsOutcome> apply_ops(Transaction& transaction, std::string_view kiosk_id,
                             const std::vector<Arrived>& ops) {
  const Contact contact = TRY(note_contact(transaction, kiosk_id));
  const Sender sender{std::string(kiosk_id), contact.before};
  OpsOutcome outcome{{}, contact.applied_through};
  std::vector<std::int64_t> decided;
  for (const Arrived& arrived : ops) {
    const Rule rule = find_rule(arrived.op.kind);
    outcome.results.push_back(rule == nullptr ? deferred(arrived.op.id, "kind_unknown")
                                              : TRY(apply(transaction, sender, arrived, rule)));
    if (outcome.results.back().outcome == wire::Outcome::deferred) continue;
    decided.push_back(arrived.op.seq);
  }
  outcome.applied_through =
      TRY(note_results(transaction, kiosk_id, contact.applied_through, std::move(decided)));
  return outcome;
}

}  // namespace central
