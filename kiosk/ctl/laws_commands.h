// kioskctl laws …: builds the law library file and searches it from a terminal.
#pragma once

#include "kiosk/ctl/command.h"

namespace ctl {

Command laws_import_command();
Command laws_search_command();

}  // namespace ctl
