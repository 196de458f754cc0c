// What each kind of op does to the center's records. Every rule runs inside a transaction that the
// op's result joins, and decides before it writes: a rejected op has changed nothing but the count
// of wrong tries, and that its visitor, who has left, is to be told (to_tell.h). Knows no HTTP and
// no envelope (ops.h). The bodies and the codes of rejection stand in kiosk/wire/messages.h.
//
// Result errors are failures of the database, never answers.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/central/center.h"
#include "kiosk/wire/messages.h"

namespace central {

// Which kiosk says so.
struct Sender {
  std::string kiosk_id;
  base::Instant last_contact;  // before the exchange that brought the op
};

struct Verdict {
  bool applied = false;
  std::string code;  // why rejected
  wire::Promise promise;
};

inline Verdict applied(wire::Promise promise) {
  return {true, "", std::move(promise)};
}
inline Verdict rejected(std::string_view code) {
  return {false, std::string(code), {}};
}

using Rule = Result<Verdict> (*)(Transaction&, const Sender&, const wire::Op&);

// When the visitor confirmed: what the kiosk claims, believed as far back as its last contact and
// not beyond now.
base::Instant believed_time(const Transaction& transaction, const Sender& sender,
                            const wire::Op& op);

// Null for a kind that this server does not know (yet).
Rule find_rule(std::string_view kind);

// rules_booking.cpp
Result<Verdict> request_booking(Transaction& transaction, const Sender& sender, const wire::Op& op);
Result<Verdict> move_booking(Transaction& transaction, const Sender& sender, const wire::Op& op);
Result<Verdict> cancel_booking(Transaction& transaction, const Sender& sender, const wire::Op& op);
// rules_ticket.cpp
Result<Verdict> draw_ticket(Transaction& transaction, const Sender& sender, const wire::Op& op);
Result<Verdict> issue_ticket(Transaction& transaction, const Sender& sender, const wire::Op& op);
Result<Verdict> cancel_ticket(Transaction& transaction, const Sender& sender, const wire::Op& op);
// rules_intake.cpp
Result<Verdict> file_request(Transaction& transaction, const Sender& sender, const wire::Op& op);
Result<Verdict> call_person(Transaction& transaction, const Sender& sender, const wire::Op& op);

}  // namespace central
