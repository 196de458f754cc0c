#include "kiosk/safety/safety_page.h"

#include "kiosk/ui/patterns.h"

namespace safety {

using ui::Area;

Outcome SafetyPage::draw(ui::Ui& ui, Area area, const service::Center& center) {
  return helping_ ? draw_help(ui, area, center) : draw_question(ui, area);
}

Outcome SafetyPage::draw_question(ui::Ui& ui, Area area) {
  area = ui::question(ui, area, ui.tr("safety.question"), ui.tr("safety.hint"));
  const ui::RowFace safe{.icon = "check", .title = ui.tr("safety.safe"), .chevron = true};
  const ui::RowFace unsafe{.icon = "warning",
                           .title = ui.tr("safety.unsafe"),
                           .line = ui.tr("safety.unsafe_line"),
                           .chevron = true};
  Outcome outcome = Outcome::none;
  if (ui::list_row(ui, "safety.safe",
                   area.take_top(ui::row_height(ui, safe, area.w), ui::space::gap), safe)) {
    outcome = Outcome::passed;
  }
  if (ui::list_row(ui, "safety.unsafe",
                   area.take_top(ui::row_height(ui, unsafe, area.w), ui::space::gap), unsafe)) {
    helping_ = true;
    ui.redraw();
  }
  if (ui.button("safety.hide", area.take_top(ui::space::target + 8), ui.tr("safety.hide"),
                {.icon = "hide"})) {
    outcome = Outcome::hide;
  }
  return outcome;
}

Outcome SafetyPage::draw_help(ui::Ui& ui, Area area, const service::Center& center) {
  area = ui::question(ui, area, ui.tr("safety.help"));
  Outcome outcome = Outcome::none;
  area.take_bottom(ui::space::gap);
  Area row = area.take_bottom(96, 20);
  const std::vector<Area> seats = row.columns({1, 1.4F}, 20);
  if (ui.button("safety.hide", seats[0], ui.tr("safety.hide"), {.icon = "hide"})) {
    outcome = Outcome::hide;
  }
  if (ui.button("safety.go_on", seats[1], ui.tr("safety.go_on"), {.icon = "next"})) {
    outcome = Outcome::passed;
  }
  Area column = ui::begin_column(ui, "safety.help", area, scroll_);
  const std::string& language = ui.language();
  for (const service::SafetyHelp& each : center.safety) {
    Area line = column;
    ui.icon(line.take_left(48, 20).take_top(44), each.icon, 44, ui.colors().on_tint);
    float used = ui.text(line, each.name.in(language), {.size = 32, .weight = ui::Weight::bold});
    line.take_top(used, 4);
    std::string words = each.text.in(language);
    for (const service::Citation& source : each.sources) {
      words += "\n" + source.law + " " + source.article;
    }
    used += 4 + ui.text(line, words, {.size = 25, .color = ui.colors().ink2, .line = 1.5F});
    column.take_top(used, ui::space::group);
  }
  ui.end_scroll(column.y);
  return outcome;
}

}  // namespace safety
