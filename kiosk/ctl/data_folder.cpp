#include "kiosk/ctl/data_folder.h"

namespace ctl {

base::Result<store::Store> open_data_folder(std::string_view folder, base::World world) {
  const base::Path path = folder;
  std::error_code unreadable;
  if (!std::filesystem::exists(path / "kiosk.db", unreadable)) {
    return base::fail(base::ErrorKind::not_found, "no_kiosk",
                      "no kiosk has run on " + path.string() + " yet; start it once first");
  }
  return store::Store::open(path, world);
}

}  // namespace ctl
