#include "kiosk/form/error_band.h"

namespace form {

std::string error_words(const ui::Ui& ui, std::string_view code) {
  return code.empty() ? std::string() : ui.tr("error." + std::string(code));
}

void error_band(ui::Ui& ui, ui::Area& content, std::string_view code) {
  if (code.empty()) return;
  constexpr float gap = 16;
  content.take_top(ui.band(content, error_words(ui, code), ui::Tone::error, "error"), gap);
}

}  // namespace form
