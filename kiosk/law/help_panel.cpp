#include "kiosk/law/help_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "kiosk/ui/patterns.h"

namespace law {
namespace {

using ui::Area;

constexpr std::size_t services_shown = 3;
constexpr float wide = 1300;  // u: room for all of them in one row
constexpr float button_height = 96;
constexpr float gap = 16;

}  // namespace

HelpPanel::Wish HelpPanel::draw(ui::Ui& ui, Area& column, std::string_view prefix, const Help& help,
                                base::Date today) const {
  Wish wish;
  if (help.topic != nullptr && help.topic->ask_safety) {
    column.take_top(ui.band(column, ui.tr("law.unsafe"), ui::Tone::attention, "warning"), gap);
  }
  const std::string words =
      help.topic == nullptr
          ? ui.tr("law.help")
          : ui.tr("law.help_with", {{"topic", help.topic->name.in(ui.language())}});
  column.take_top(ui.text(column, words, {.size = 28, .weight = ui::Weight::bold}), 12);
  draw_services(ui, column, prefix, help, wish);
  draw_limits(ui, column, prefix, help, today, wish);
  return wish;
}

void HelpPanel::draw_services(ui::Ui& ui, Area& column, std::string_view prefix, const Help& help,
                              Wish& wish) const {
  // Whatever the matter, somebody to talk to is among them (care 4).
  std::vector<std::string> ids = help.services;
  if (ids.size() > services_shown) ids.resize(services_shown);
  for (const std::string& each : parts_.topics.otherwise) {
    const service::Service* known = parts_.catalogue.find(each);
    const bool talks = known != nullptr && known->kind == service::Kind::booking;
    if (talks && std::ranges::find(ids, each) == ids.end()) ids.push_back(each);
  }
  const int in_a_row = column.w < wide ? 2 : 4;
  int index = 0;
  std::string elsewhere;
  for (const std::string& id : ids) {
    if (const UnbuiltService* unbuilt = parts_.topics.unbuilt_service(id)) {
      elsewhere = ui.tr("law.unbuilt", {{"service", unbuilt->name.in(ui.language())}});
      continue;
    }
    const service::Service* each = parts_.catalogue.find(id);
    if (each == nullptr) continue;
    if (ui.button(fmt::format("{}.{}", prefix, id),
                  column.cell(index++, in_a_row, button_height, gap), each->name.in(ui.language()),
                  {.icon = each->icon, .size = 28})) {
      wish.go = ui::Go::open(id);
    }
  }
  column.take_top(ui::grid_height(index, in_a_row, button_height, gap), gap);
  if (elsewhere.empty()) return;
  column.take_top(ui.text(column, elsewhere, {.size = 26, .line = 1.4F}), gap);
}

void HelpPanel::draw_limits(ui::Ui& ui, Area& column, std::string_view prefix, const Help& help,
                            base::Date today, Wish& wish) const {
  if (help.limits.empty()) return;
  column.take_top(ui.text(column, ui.tr("law.limits"), {.size = 28, .weight = ui::Weight::bold}),
                  12);
  for (const TimeLimit* limit : help.limits) {
    const service::Citation& source = limit->sources.front();
    const ui::RowFace face{.icon = "clock",
                           .title = limit->name.in(ui.language()),
                           .line = source.law + source.article,
                           .chevron = true};
    if (!ui::list_row(ui, fmt::format("{}.limit.{}", prefix, limit->id),
                      column.take_top(ui::row_height(ui, face, column.w), gap), face)) {
      continue;
    }
    const auto number = parse_article_number(source.article);
    if (!number) continue;
    auto article = parts_.store.find_article(source.law, *number, today);
    if (article) wish.article = *article;
  }
  column.take_top(ui.text(column, ui.tr("law.limits_line"),
                          {.size = ui::type::caption, .color = ui.colors().ink2}),
                  gap);
}

}  // namespace law
