// Days in the visitor's words: "11月24日 周二", "Tue 24 Nov".
#pragma once

#include <string>

#include "kiosk/ui/ui.h"
#include "platform/base/clock.h"

namespace ui {

std::string weekday(const Ui& ui, base::Date day);
std::string short_date(const Ui& ui, base::Date day);
// With today and tomorrow named: "11月24日 周二（明天）".
std::string long_date(const Ui& ui, base::Date day, base::Date today);

}  // namespace ui
