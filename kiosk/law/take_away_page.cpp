#include "kiosk/law/take_away_page.h"

#include <fmt/format.h>

#include <algorithm>

namespace law {

using ui::Area;

TakeAwayPage::TakeAwayPage(const std::vector<std::string>& texts) {
  for (const std::string& each : texts) {
    if (auto code = device::qr(each, device::QrLevel::low)) codes_.push_back(*std::move(code));
  }
}

bool TakeAwayPage::draw(ui::Ui& ui, Area area) {
  area = ui::question(ui, area, ui.tr("law.take_away"), ui.tr("law.take_away_hint"));
  Area tools = area.take_bottom(96, 20);
  const bool print = ui.button("takeaway.print", tools.take_right(tools.w / 2 - 8, 16),
                               ui.tr("law.print"), {.icon = "printer", .size = 28});
  if (codes_.empty()) return print;
  if (codes_.size() > 1) {
    const std::string words = ui.tr("law.next_code", {{"number", fmt::format("{}", shown_ + 1)},
                                                      {"count", fmt::format("{}", codes_.size())}});
    if (ui.button("takeaway.next", tools, words, {.icon = "qr", .size = 28})) {
      shown_ = (shown_ + 1) % codes_.size();
      ui.redraw();
    }
  }
  const float side = std::min(area.w, area.h);
  ui::draw_qr(ui.painter(), area.centered(side, side), codes_[shown_]);
  return print;
}

}  // namespace law
