// "Which of these?": what a service offers, one below the other with icon, name and hint, the
// chosen one marked. Knows no draft: what was touched comes back.
#pragma once

#include <string_view>
#include <vector>

#include "kiosk/service/catalogue.h"
#include "kiosk/ui/ui.h"

namespace form {

// The one touched in this pass, out of `offered`; nullptr for none. `chosen` is the id of the one
// chosen before, "" for none. Ids "<prefix>.<id>".
const service::Choice* choice_list(ui::Ui& ui, std::string_view prefix, ui::Area area,
                                   ui::Kinetic& scroll, const std::vector<service::Choice>& offered,
                                   std::string_view chosen);
const service::Way* choice_list(ui::Ui& ui, std::string_view prefix, ui::Area area,
                                ui::Kinetic& scroll, const std::vector<service::Way>& offered,
                                std::string_view chosen);

}  // namespace form
