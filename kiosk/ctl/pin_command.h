// kioskctl pin set: gives the staff screens of a kiosk their PIN. The PIN never stands on the
// command line, where every user of the machine could read it.
#pragma once

#include "kiosk/ctl/command.h"

namespace ctl {

Command pin_set_command();  // reads standard input

// The command with another descriptor to read from. A terminal is asked twice and shows nothing
// of what is typed; anything else gives the PIN as its first line.
Exit set_pin(std::span<const std::string> arguments, Console& console, int input);

}  // namespace ctl
