// What kiosk-central's commands do. Says what went wrong in one line on standard error; the return
// values are the program's exit codes.
#pragma once

#include "kiosk/central/options.h"
#include "platform/base/ids.h"

namespace central {

// Settings of the folder with the command line's words over them.
struct Start {
  Settings settings;
  base::Path catalogue;  // folder
};

base::Path database_file(const Start& start);

// Returns after SIGINT or SIGTERM, when everything accepted is answered. No other thread may run
// yet: the two signals are blocked for all that follow.
int serve(const Start& start, base::World world);
int print_enrol_code(const Start& start, base::World world);
int begin_new_epoch(const Start& start, base::World world);

}  // namespace central
