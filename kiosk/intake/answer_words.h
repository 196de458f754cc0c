// An answer as the review repeats it.
#pragma once

#include <string>

#include "kiosk/intake/intake.h"
#include "kiosk/ui/ui.h"

namespace intake {

// "" for the question of safety and for what was not answered. Names and phone numbers are masked,
// because others may stand behind.
std::string answer_words(const ui::Ui& ui, const service::Service& service, const Draft& draft,
                         const service::Question& question);

}  // namespace intake
