#include "kiosk/central/office.h"

#include <algorithm>
#include <array>

#include "kiosk/central/to_tell.h"
#include "platform/base/text.h"

namespace central {
namespace {

using base::ErrorKind;
using base::fail;

struct Step {
  std::string_view from;
  std::string_view to;
};

constexpr std::array request_steps{Step{"received", "reviewing"}, Step{"reviewing", "accepted"},
                                   Step{"reviewing", "refused"}, Step{"reviewing", "closed"},
                                   Step{"accepted", "closed"}};
constexpr std::array call_steps{Step{"open", "accepted"}, Step{"accepted", "done"}};

// A step there is, from the state the record is in.
template <std::size_t count>
bool allowed(const std::array<Step, count>& steps, std::string_view from, std::string_view to) {
  return std::any_of(steps.begin(), steps.end(),
                     [&](const Step& each) { return each.from == from && each.to == to; });
}

tl::unexpected<base::Error> state_changed() {
  return fail(ErrorKind::refused, "state_changed");
}

// "" when there is no such record.
Result<std::string> state_of(Transaction& transaction, std::string_view query,
                             std::string_view id) {
  sql::Statement row = TRY(transaction.database.query(query, transaction.center_id(), id));
  if (!TRY(row.step())) return std::string();
  return row.string(0);
}

Result<void> call_ticket(Transaction& transaction, std::string_view id, std::string_view counter,
                         bool again) {
  const std::string_view from = again ? "called" : "waiting";
  const std::string_view or_from = again ? "called" : "no_show";
  const auto changed = TRY(transaction.database.run(
      "UPDATE ticket SET state = 'called', called_ms = ?1, calls = calls + 1, "
      "counter = COALESCE(NULLIF(?2, ''), counter), "
      "version = (SELECT version + 1 FROM center WHERE id = ?3) "
      "WHERE center_id = ?3 AND id = ?4 AND issued = 1 AND state IN (?5, ?6)",
      transaction.now_ms(), counter, transaction.center_id(), id, from, or_from));
  if (changed == 0) return state_changed();
  TRY(next_version(transaction));
  return {};
}

Result<void> finish_ticket(Transaction& transaction, std::string_view id, std::string_view state) {
  const auto changed = TRY(transaction.database.run(
      "UPDATE ticket SET state = ?1, version = (SELECT version + 1 FROM center WHERE id = ?2) "
      "WHERE center_id = ?2 AND id = ?3 AND state = 'called'",
      state, transaction.center_id(), id));
  if (changed == 0) return state_changed();
  TRY(next_version(transaction));
  return {};
}

}  // namespace

Result<void> step_ticket(Transaction& transaction, std::string_view id, TicketStep step,
                         std::string_view counter) {
  switch (step) {
    case TicketStep::call: return call_ticket(transaction, id, counter, false);
    case TicketStep::recall: return call_ticket(transaction, id, counter, true);
    case TicketStep::done: return finish_ticket(transaction, id, "done");
    case TicketStep::no_show: return finish_ticket(transaction, id, "no_show");
  }
  return state_changed();
}

Result<void> step_request(Transaction& transaction, std::string_view id, std::string_view state,
                          std::string_view reason) {
  const std::string_view sentence = base::trim(reason);
  const bool ends = state == "refused" || state == "closed";
  if (ends && sentence.empty()) return fail(ErrorKind::invalid, "reason_missing");
  if (base::count_characters(sentence) > longest_reason) {
    return fail(ErrorKind::invalid, "reason_long");
  }
  const std::string before =
      TRY(state_of(transaction, "SELECT state FROM request WHERE center_id = ? AND id = ?", id));
  if (!allowed(request_steps, before, state)) return state_changed();
  TRY(transaction.database.run(
      "UPDATE request SET state = ?, reason = ?, changed_ms = ?, version = ? "
      "WHERE center_id = ? AND id = ?",
      state, sentence, transaction.now_ms(), TRY(next_version(transaction)),
      transaction.center_id(), id));
  // That somebody reads it changes nothing for the visitor.
  if (state == "reviewing") return {};
  return tell(transaction, {"request", id, state, sentence});
}

Result<void> step_call(Transaction& transaction, std::string_view id, std::string_view state) {
  const std::string before =
      TRY(state_of(transaction, "SELECT state FROM assist WHERE center_id = ? AND id = ?", id));
  if (!allowed(call_steps, before, state)) return state_changed();
  TRY(transaction.database.run(
      "UPDATE assist SET state = ?, changed_ms = ?, version = ? WHERE center_id = ? AND id = ?",
      state, transaction.now_ms(), TRY(next_version(transaction)), transaction.center_id(), id));
  return {};
}

}  // namespace central
