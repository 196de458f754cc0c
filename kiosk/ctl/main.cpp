// kioskctl: looks after a kiosk from a terminal. The table of its commands; see command.h.
#include <array>
#include <iostream>
#include <string>
#include <vector>

#include "kiosk/ctl/check_command.h"
#include "kiosk/ctl/command.h"
#include "kiosk/ctl/laws_import_command.h"
#include "kiosk/ctl/laws_pack_command.h"
#include "kiosk/ctl/laws_search_command.h"
#include "kiosk/ctl/pin_command.h"
#include "kiosk/ctl/status_command.h"

int main(int count, char** words) {
  const std::array commands{ctl::laws_import_command(), ctl::laws_pack_command(),
                            ctl::laws_search_command(), ctl::check_command(),
                            ctl::pin_set_command(),     ctl::status_command()};
  const base::SystemClock clock;
  base::SystemChance chance;
  ctl::Console console{std::cout, std::cerr, {clock, chance}};
  return ctl::run(commands, std::vector<std::string>(words + 1, words + count), console);
}
