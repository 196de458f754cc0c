#include "kiosk/ui/dates.h"

#include <fmt/format.h>

namespace ui {

std::string weekday(const Ui& ui, base::Date day) {
  return ui.tr(fmt::format("date.weekday_{}", base::weekday_index(day)));
}

std::string short_date(const Ui& ui, base::Date day) {
  return ui.tr("date.short",
               {{"month", ui.tr(fmt::format("date.month_{}", static_cast<unsigned>(day.month())))},
                {"day", fmt::format("{}", static_cast<unsigned>(day.day()))},
                {"weekday", weekday(ui, day)}});
}

std::string long_date(const Ui& ui, base::Date day, base::Date today) {
  const int ahead = base::days_between(today, day);
  if (ahead != 0 && ahead != 1) return short_date(ui, day);
  return ui.tr("date.named", {{"date", short_date(ui, day)},
                              {"name", ui.tr(ahead == 0 ? "date.today" : "date.tomorrow")}});
}

}  // namespace ui
