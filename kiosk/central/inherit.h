// What a kiosk that was enrolled anew takes over from the one it was before. Knows no kind of op
// and no HTTP.
//
// A kiosk that loses its key keeps its outbox and comes back under another id. The records it made
// before are told to nobody then, and nobody may speak for its tickets, until they are its own
// again. What it has to show are the ops themselves.
#pragma once

#include <string_view>

#include "kiosk/central/center.h"

namespace central {

// The record that an op made is the heir's from now on: its changes are told there, and the heir
// speaks for its ticket. The caller has seen the op's very bytes from the heir, so it learns
// nothing of a person that it did not send itself. Since the bytes of a draw can be guessed (its id
// and time stand in everybody's feed), that alone is not enough: nothing is taken from a kiosk that
// has been heard of since the heir was enrolled.
Result<void> inherit(Transaction& transaction, std::string_view op_id, std::string_view former,
                     std::string_view heir);

}  // namespace central
