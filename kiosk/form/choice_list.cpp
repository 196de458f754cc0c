#include "kiosk/form/choice_list.h"

#include "kiosk/ui/patterns.h"

namespace form {
namespace {

template <typename Offer>
const Offer* draw(ui::Ui& ui, std::string_view prefix, ui::Area area, ui::Kinetic& scroll,
                  const std::vector<Offer>& offered, std::string_view chosen) {
  const std::string& language = ui.language();
  std::vector<ui::ListItem> items;
  for (const Offer& each : offered) {
    items.push_back({each.id,
                     {.icon = each.icon,
                      .title = each.name.in(language),
                      .line = each.hint.empty() ? "" : each.hint.in(language),
                      .selected = each.id == chosen}});
  }
  const int touched = ui::list(ui, prefix, area, scroll, items);
  if (touched < 0) return nullptr;
  ui.redraw();
  return &offered[static_cast<std::size_t>(touched)];
}

}  // namespace

const service::Choice* choice_list(ui::Ui& ui, std::string_view prefix, ui::Area area,
                                   ui::Kinetic& scroll, const std::vector<service::Choice>& offered,
                                   std::string_view chosen) {
  return draw(ui, prefix, area, scroll, offered, chosen);
}

const service::Way* choice_list(ui::Ui& ui, std::string_view prefix, ui::Area area,
                                ui::Kinetic& scroll, const std::vector<service::Way>& offered,
                                std::string_view chosen) {
  return draw(ui, prefix, area, scroll, offered, chosen);
}

}  // namespace form
