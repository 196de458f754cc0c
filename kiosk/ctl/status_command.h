// kioskctl status: how a kiosk and its center stand to each other, for people and for monitoring.
// Names no visitor: counts, codes, days and versions only.
#pragma once

#include "kiosk/ctl/command.h"

namespace ctl {

Command status_command();

}  // namespace ctl
