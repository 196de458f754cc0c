// The two bars every screen stands between. Values in, what was touched out.
#pragma once

#include "kiosk/app/host.h"
#include "kiosk/ui/ui.h"

namespace app {

void draw_state_bar(ui::Ui& ui, ui::Area bar, const StateLine& state);

enum class BarAction { none, call_person, home, contrast, language };
struct BottomBar {
  bool home = true;       // not on home itself
  bool languages = true;  // not while staff is at the machine
};
BarAction draw_access_bar(ui::Ui& ui, ui::Area bar, const BottomBar& what);

}  // namespace app
