#include "kiosk/guide/guide_screen.h"

#include <fmt/format.h>

#include "kiosk/ui/patterns.h"

namespace guide {
namespace {

using ui::Area;

// "周一 9:00–12:00，13:30–17:00"; days with the same hours are not joined: seven short lines read
// easily and never lie about a Wednesday.
std::string hours_line(const ui::Ui& ui, const service::Hours& hours, int weekday) {
  std::string line = ui.tr(fmt::format("date.weekday_{}", weekday));
  const auto& spans = hours.week[static_cast<std::size_t>(weekday)];
  if (spans.empty()) return line + "  " + ui.tr("guide.closed");
  for (const service::TimeSpan& span : spans) {
    line += fmt::format("  {}–{}", base::iso_time(span.start), base::iso_time(span.end));
  }
  return line;
}

// Empty when the hours are not known here: seven times "closed" would be a lie.
std::string week_words(const ui::Ui& ui, const service::Hours& hours) {
  if (!hours.known()) return {};
  std::string week = hours_line(ui, hours, 0);
  for (int day = 1; day < 7; ++day) week += '\n' + hours_line(ui, hours, day);
  return week;
}

class GuideScreen final : public ui::Screen {
 public:
  GuideScreen(const service::Catalogue& catalogue, const service::Service& service)
      : catalogue_(catalogue), service_(service) {}

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    const Area content = ui::flow_head(
        ui, page, {.icon = service_.icon, .title = service_.name.in(ui.language()), .chosen = {}});
    Area column = ui::begin_column(ui, "guide", content, scroll_);
    draw_about(ui, column);
    draw_facts(ui, column);
    const ui::Go chosen = draw_next(ui, column);
    draw_sources(ui, column);
    ui.end_scroll(column.y);
    switch (ui::action_bar(
        ui, page, {.back = false, .primary = ui.tr("flow.home"), .primary_icon = "home"})) {
      case ui::Action::primary: return ui::Go::home();
      case ui::Action::stop: return ui::Go::end_visit();
      default: return chosen;
    }
  }

  [[nodiscard]] std::string name() const override { return "guide." + service_.id; }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::reading; }

 private:
  void draw_about(ui::Ui& ui, Area& column) {
    if (service_.about.empty()) return;
    column.take_top(
        ui.text(column, service_.about.in(ui.language()), {.size = ui::type::button, .line = 1.6F}),
        ui::space::group);
  }

  void draw_fact(ui::Ui& ui, Area& column, std::string_view icon, const std::string& title,
                 const std::string& words) {
    if (words.empty()) return;
    Area row = column;
    ui.icon(row.take_left(44, 20).take_top(44), icon, 40, ui.colors().on_tint);
    const float label = ui.text(row, title, {.size = 24, .color = ui.colors().ink2});
    row.take_top(label, 4);
    const float body = ui.text(row, words, {.size = 28, .line = 1.5F});
    column.take_top(label + 4 + body, ui::space::group);
  }

  void draw_facts(ui::Ui& ui, Area& column) {
    const std::string& language = ui.language();
    draw_fact(ui, column, "pin", ui.tr("guide.where"),
              service_.where.empty() ? std::string() : service_.where.in(language));
    draw_fact(ui, column, "clock", ui.tr("guide.hours"), week_words(ui, service_.hours));
    draw_fact(ui, column, "info", ui.tr("guide.fee"),
              service_.fee.empty() ? std::string() : service_.fee.in(language));
    std::string papers;
    for (const service::Paper& each : service_.papers) {
      if (!papers.empty()) papers += '\n';
      papers += "· " + each.name.in(language);
      if (!each.note.empty()) papers += ui.tr("guide.note", {{"note", each.note.in(language)}});
    }
    draw_fact(ui, column, "paper", ui.tr("guide.papers"), papers);
  }

  ui::Go draw_next(ui::Ui& ui, Area& column) {
    ui::Go go = ui::Go::stay();
    for (const std::string& id : service_.next) {
      const service::Service* next = catalogue_.find(id);
      if (next == nullptr) continue;
      const ui::RowFace face{
          .icon = next->icon, .title = next->name.in(ui.language()), .chevron = true};
      if (ui::list_row(ui, "guide.next." + id,
                       column.take_top(ui::row_height(ui, face, column.w), ui::space::gap), face)) {
        go = ui::Go::open(id);
      }
    }
    return go;
  }

  void draw_sources(ui::Ui& ui, Area& column) {
    column.take_top(8);
    if (!service_.sources.empty()) {
      std::string sources;
      for (const service::Citation& each : service_.sources) {
        if (!sources.empty()) sources += ui.tr("guide.and");
        sources += each.law + " " + each.article;
      }
      const std::string words = ui.tr("guide.sources", {{"sources", sources}});
      column.take_top(ui.text(column, words,
                              {.size = ui::type::caption, .color = ui.colors().ink2, .line = 1.5F}),
                      12);
    }
    column.take_top(ui.text(column, ui.tr("flow.not_advice"),
                            {.size = ui::type::caption, .color = ui.colors().ink2}),
                    24);
  }

  const service::Catalogue& catalogue_;
  const service::Service& service_;
  ui::Kinetic scroll_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_guide_screen(const service::Catalogue& catalogue,
                                              const service::Service& service) {
  return std::make_unique<GuideScreen>(catalogue, service);
}

}  // namespace guide
