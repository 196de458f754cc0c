// The envelope: takes a kiosk's ops in order, each once, whatever arrives twice, and remembers what
// came of it (protocol rules 1 to 3). Knows no kind of op (rules.h) and no HTTP.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/central/rules.h"

namespace central {

// An op that came in, with the hash of the bytes the kiosk wrote.
struct Arrived {
  wire::Op op;
  std::string hash;
};
// By seq. invalid ("bad_message"): one of them is no op. Needs no database: done outside of
// transactions, where several may work at once.
Result<std::vector<Arrived>> read_ops(const std::vector<std::string>& ops);

struct OpsOutcome {
  std::vector<wire::OpResult> results;  // one for each op, in their order
  std::int64_t applied_through = 0;
};

//   applied    now
//   duplicate  before, from whichever kiosk; with the promise of then
//   rejected   by its rule, now or before; or "id_reuse": this id was used with other bytes;
//              or "conflict": what it would write contradicts what stands there
//   deferred   "kind_unknown": a newer server may know the kind; or "restored": it is about
//              a record that is not here, and after a restored backup another kiosk may still
//              bring it. Nothing of it is remembered
Result<OpsOutcome> apply_ops(Transaction& transaction, std::string_view kiosk_id,
                             const std::vector<Arrived>& ops);

// For a kiosk that speaks to the life of the server before a restored backup: what it sends now may
// be about records it has to send again first. Every op is deferred ("restored").
Result<OpsOutcome> defer_ops(Transaction& transaction, std::string_view kiosk_id,
                             const std::vector<Arrived>& ops);

}  // namespace central
