// kioskctl laws pack: builds the law pack that kiosks read and a center publishes, or goes back to
// the one before.
#pragma once

#include "kiosk/ctl/command.h"

namespace ctl {

Command laws_pack_command();

}  // namespace ctl
