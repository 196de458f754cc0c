// What did not pass or could not be done, in the visitor's words. Screens keep the code of the
// base::Error, so that the sentence follows when the visitor changes the language.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/ui/ui.h"

namespace form {

// "" for "".
std::string error_words(const ui::Ui& ui, std::string_view code);

// The sentence as a band at the top of the content, which becomes lower by it; nothing for "".
void error_band(ui::Ui& ui, ui::Area& content, std::string_view code);

}  // namespace form
