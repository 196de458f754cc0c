// kioskctl laws search: asks the law library from a terminal.
#pragma once

#include "kiosk/ctl/command.h"

namespace ctl {

Command laws_search_command();

}  // namespace ctl
