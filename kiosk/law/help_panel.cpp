#include "kiosk/law/help_panel.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "kiosk/ui/patterns.h"

namespace law {
namespace {

using ui::Area;

constexpr std::size_t services_shown = 3;
constexpr float wide = 1300;  // u: room for all of them in one row
constexpr float button_height = 96;
constexpr std::size_t services_in_short = 2;
constexpr float short_button_height = 76;
constexpr float gap = 16;

}  // namespace

HelpPanel::Wish HelpPanel::draw(ui::Ui& ui, Area& column, std::string_view prefix, const Help& help,
                                base::Date today) const {
  Wish wish;
  draw_head(ui, column, help);
  draw_buttons(ui, column, prefix, offer(ui, help), button_height, wish);
  draw_limits(ui, column, prefix, help, today, wish);
  return wish;
}

HelpPanel::Wish HelpPanel::draw_short(ui::Ui& ui, Area& column, std::string_view prefix,
                                      const Help& help, base::Date today) {
  if (unfolded_) return draw(ui, column, prefix, help, today);
  Wish wish;
  draw_head(ui, column, help);
  const Offer all = offer(ui, help);
  Offer shown = all;
  std::vector<std::string> limits;
  for (const TimeLimit* limit : help.limits) limits.push_back(limit->name.in(ui.language()));
  std::vector<std::string> others;
  if (all.services.size() > services_in_short) {
    const auto talks = std::ranges::find(all.services, service::Kind::booking,
                                         [](const service::Service* each) { return each->kind; });
    const bool late = talks != all.services.end() && talks != all.services.begin();
    shown.services = {all.services[0], late ? *talks : all.services[1]};
    for (const service::Service* each : all.services) {
      const bool seen = std::ranges::find(shown.services, each) != shown.services.end();
      if (!seen) others.push_back(each->name.in(ui.language()));
    }
  }
  draw_buttons(ui, column, prefix, shown, short_button_height, wish);
  if (limits.empty() && others.empty()) return wish;
  const auto joined = [between =
                           ui.tr("law.between_names")](const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, between));
  };
  ui::RowFace face{.icon = "info",
                   .title = ui.tr("law.help_more"),
                   .line = joined(others),
                   .state = ui.tr("law.unfold")};
  if (!limits.empty()) {
    face.icon = "clock";
    face.title = ui.tr("law.limits");
    face.line = joined(limits);
    // No limits, and said so: they stand on a line of their own.
    if (!others.empty()) {
      face.line += "\n" + ui.tr("law.help_also", {{"services", joined(others)}});
    }
  }
  if (ui::list_row(ui, fmt::format("{}.more", prefix),
                   column.take_top(ui::row_height(ui, face, column.w), gap), face)) {
    unfolded_ = true;
    ui.redraw();
  }
  return wish;
}

void HelpPanel::draw_head(ui::Ui& ui, Area& column, const Help& help) const {
  if (help.topic != nullptr && help.topic->ask_safety) {
    column.take_top(ui.band(column, ui.tr("law.unsafe"), ui::Tone::attention, "warning"), gap);
  }
  const std::string words =
      help.topic == nullptr
          ? ui.tr("law.help")
          : ui.tr("law.help_with", {{"topic", help.topic->name.in(ui.language())}});
  column.take_top(ui.text(column, words, {.size = 28, .weight = ui::Weight::bold}), 12);
}

HelpPanel::Offer HelpPanel::offer(const ui::Ui& ui, const Help& help) const {
  std::vector<std::string> ids = help.services;
  if (ids.size() > services_shown) ids.resize(services_shown);
  for (const std::string& each : parts_.topics.otherwise) {
    const service::Service* known = parts_.catalogue.find(each);
    const bool talks = known != nullptr && known->kind == service::Kind::booking;
    if (talks && std::ranges::find(ids, each) == ids.end()) ids.push_back(each);
  }
  Offer offer;
  for (const std::string& id : ids) {
    if (const UnbuiltService* unbuilt = parts_.topics.unbuilt_service(id)) {
      offer.elsewhere = ui.tr("law.unbuilt", {{"service", unbuilt->name.in(ui.language())}});
    } else if (const service::Service* known = parts_.catalogue.find(id)) {
      offer.services.push_back(known);
    }
  }
  return offer;
}

void HelpPanel::draw_buttons(ui::Ui& ui, Area& column, std::string_view prefix, const Offer& offer,
                             float height, Wish& wish) const {
  const int in_a_row = column.w < wide ? 2 : 4;
  int index = 0;
  for (const service::Service* each : offer.services) {
    if (ui.button(fmt::format("{}.{}", prefix, each->id),
                  column.cell(index++, in_a_row, height, gap), each->name.in(ui.language()),
                  {.icon = each->icon, .size = 28})) {
      wish.go = ui::Go::open(each->id);
    }
  }
  column.take_top(ui::grid_height(index, in_a_row, height, gap), gap);
  if (offer.elsewhere.empty()) return;
  column.take_top(ui.text(column, offer.elsewhere, {.size = 26, .line = 1.4F}), gap);
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
