// kioskctl check: reads a config folder as the kiosk and the server do and names every mistake.
#pragma once

#include "kiosk/ctl/command.h"

namespace ctl {

Command check_command();

}  // namespace ctl
