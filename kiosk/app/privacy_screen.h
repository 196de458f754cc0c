// 隐私说明: who handles what a visitor types, why, how long and for whom, and how to ask for copy,
// correction or deletion (个人信息保护法 art. 17, 44 to 47). Written from the catalogue's own
// declarations, so that it cannot differ from what the forms ask.
#pragma once

#include <memory>

#include "kiosk/service/catalogue.h"
#include "kiosk/ui/screen.h"

namespace app {

// The catalogue outlives the screen.
std::unique_ptr<ui::Screen> make_privacy_screen(const service::Catalogue& catalogue);

}  // namespace app
