// What a filed request says on paper and on its receipt: one place for both, and for the honest
// sentence of care rule 1.
#pragma once

#include <string>

#include "kiosk/intake/intake_store.h"
#include "kiosk/slip/receipt.h"
#include "kiosk/slip/slip.h"
#include "kiosk/ui/ui.h"

namespace intake {

struct SlipFacts {
  const service::Center& center;
  const service::Service& service;
  const Filed& filed;
  State state = State::sending;
  bool neutral = false;  // the kind of dispute is discreet
  bool no_phone = false;
  std::string_view kiosk;
  std::string receipt = {};  // as Status::receipt
};
slip::Slip intake_slip(const ui::Ui& ui, const SlipFacts& facts);

// What stands above the paper, and on the status page. `reason` is the center's own sentence.
slip::Verdict verdict(const ui::Ui& ui, State state, const std::string& reason);
// The same before a last day that is near (act_today): what to do without this machine comes first.
slip::Verdict verdict_of(const ui::Ui& ui, const Filed& filed, State state,
                         const std::string& reason);

}  // namespace intake
