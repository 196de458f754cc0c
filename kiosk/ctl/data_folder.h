// The data folder of a kiosk that has been started before, as commands open it: as one more
// connection beside a running kiosk. Never makes a folder: a mistyped name must not become a kiosk.
#pragma once

#include <string_view>

#include "kiosk/store/store.h"

namespace ctl {

// not_found ("no_kiosk") when no kiosk has run there yet.
base::Result<store::Store> open_data_folder(std::string_view folder, base::World world);

}  // namespace ctl
