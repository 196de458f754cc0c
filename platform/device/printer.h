// Slips on paper: a Bitmap goes to a receipt printer as ESC/POS raster, or into a folder as PNG.
// Knows nothing of what a slip says. Calls may last seconds: they belong to the printer thread,
// one at a time.
#pragma once

#include <memory>
#include <string_view>

#include "platform/base/clock.h"
#include "platform/base/file.h"
#include "platform/base/result.h"
#include "platform/device/canvas.h"

namespace device {

class Printer {
 public:
  virtual ~Printer() = default;
  // Prints and cuts. `name` tells slips apart where they become files ("slip-20261123-0007");
  // letters, digits, '-' and '_' only. Errors are of kind device: "paper_out" and "cover_open"
  // when the printer itself says so, "printer_unreachable" for all else; storage for the folder.
  virtual base::Result<void> print(const Bitmap& picture, std::string_view name) = 0;
  // What print() would meet now, without printing; success also when the printer tells nothing.
  virtual base::Result<void> check() = 0;
};

// target:
//   "png"            data_folder/slips/<name>.png, mode 0600
//   "file:PATH"      a device file such as /dev/usb/lp0
//   "tcp:HOST:PORT"  a network printer, port 9100 as a rule
// Opens nothing yet: a printer may be switched on later. invalid: "bad_printer_target".
base::Result<std::unique_ptr<Printer>> make_printer(std::string_view target,
                                                    const base::Path& data_folder,
                                                    const base::Clock& clock);

}  // namespace device
