#include "kiosk/slip/slip_words.h"

#include <utility>

namespace slip {

Papers papers(const ui::Ui& ui, std::string_view matter, std::vector<PaperToBring> papers) {
  std::string neutral = ui.tr("slip.papers");
  std::string title =
      matter.empty() ? neutral : ui.tr("slip.papers_for", {{"matter", std::string(matter)}});
  return {std::move(title), std::move(neutral), ui.tr("slip.missing"), std::move(papers)};
}

Code code(const ui::Ui& ui, const CaseCode& given) {
  const bool has_page = !given.status_address.empty();
  return {.address = given.status_address + given.code,
          .invitation = has_page ? ui.tr("slip.scan") : std::string(),
          .label = ui.tr("slip.code"),
          .code = given.code,
          .use = ui.tr(given.digits.empty() ? "slip.use_with_phone" : "slip.use_with_digits"),
          .digits = given.digits};
}

Text receipt(const ui::Ui& ui, const std::string& name) {
  return {.text = name.empty() ? ui.tr("slip.no_receipt") : ui.tr("slip.receipt", {{"name", name}}),
          .size = 24};
}

std::string closing(const ui::Ui& ui, std::string_view kiosk) {
  return ui.tr("slip.closing", {{"kiosk", std::string(kiosk)}});
}

}  // namespace slip
