// What the library is, how it tells what is in force, and how well its search does. Drawing only.
#pragma once

#include "kiosk/law/law_store.h"
#include "kiosk/ui/ui.h"

namespace law {

void draw_about(ui::Ui& ui, ui::Area area, const LibraryInfo& info, ui::Kinetic& scroll);

}  // namespace law
