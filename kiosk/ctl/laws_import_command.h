// kioskctl laws import: builds the law library file from collections of texts.
#pragma once

#include "kiosk/ctl/command.h"

namespace ctl {

Command laws_import_command();

}  // namespace ctl
