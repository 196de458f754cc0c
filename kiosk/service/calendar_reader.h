// Reads days off: holidays.toml, and the [[closed]] of a center, a service or a room. Knows no week
// and no service; what a closed day means for them stands in catalogue.h.
//
//   [[year]]             year = 2026, notice = "…" once the State Council has published it
//   [[year.holiday]]     name = text, from = "2026-10-01", to = "2026-10-07"
//   [[year.make_up]]     day = "2026-10-10", hours_of = "wednesday"; only with a notice
//   [[closed]]           from = "2026-12-10", to = "2026-12-11", reason = text
//
// Without `to` it is one day.
#pragma once

#include <vector>

#include "kiosk/service/catalogue.h"
#include "kiosk/service/table.h"

namespace service {

std::vector<HolidayYear> read_holidays(Table& table);
std::vector<Closure> read_closures(Table& table);

}  // namespace service
