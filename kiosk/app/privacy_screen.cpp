#include "kiosk/app/privacy_screen.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/ui/patterns.h"

namespace app {
namespace {

using ui::Area;

class PrivacyScreen final : public ui::Screen {
 public:
  explicit PrivacyScreen(const service::Catalogue& catalogue) : catalogue_(catalogue) {}

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    const Area content =
        ui::flow_head(ui, page, {.icon = "privacy", .title = ui.tr("privacy.title"), .chosen = {}});
    Area column = ui::begin_column(ui, "privacy", content, scroll_);
    const std::string center = catalogue_.center.name.in(ui.language());
    paragraph(ui, column, ui.tr("privacy.who", {{"center", center}}));
    paragraph(ui, column, ui.tr("privacy.none"));
    for (const service::Service& each : catalogue_.services) draw_service(ui, column, each);
    paragraph(ui, column, ui.tr("privacy.rights"));
    ui.end_scroll(column.y);
    const ui::Action action = ui::action_bar(
        ui, page,
        {.back = false, .stop = false, .primary = ui.tr("flow.home"), .primary_icon = "home"});
    return action == ui::Action::primary ? ui::Go::home() : ui::Go::stay();
  }

  [[nodiscard]] std::string name() const override { return "privacy"; }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::reading; }

 private:
  static void paragraph(ui::Ui& ui, Area& column, const std::string& words) {
    column.take_top(ui.text(column, words, {.size = 28, .line = 1.55F}), ui::space::group);
  }

  [[nodiscard]] std::string readers(const service::Question& question,
                                    const std::string& language) const {
    std::string names;
    for (const service::Role& role : catalogue_.center.roles) {
      if (std::find(question.readers.begin(), question.readers.end(), role.id) ==
          question.readers.end()) {
        continue;
      }
      if (!names.empty()) names += language == "en" ? ", " : "、";
      names += role.name.in(language);
    }
    return names;
  }

  void draw_service(ui::Ui& ui, Area& column, const service::Service& service) const {
    const std::string& language = ui.language();
    bool titled = false;
    for (const service::Question& each : service.questions) {
      if (each.days_kept == 0) continue;
      if (!titled) {
        column.take_top(ui.heading(column, service.name.in(language), 34), 12);
        titled = true;
      }
      const ui::TextStyle asked{.size = ui::type::body, .weight = ui::Weight::bold};
      column.take_top(ui.text(column, each.title.in(language), asked), 4);
      std::string words = ui.tr("privacy.field", {{"purpose", each.purpose.in(language)},
                                                  {"days", fmt::format("{}", each.days_kept)},
                                                  {"readers", readers(each, language)}});
      for (const service::Citation& source : each.basis) {
        words += "\n" + source.law + " " + source.article;
      }
      column.take_top(ui.text(column, words, {.size = 25, .color = ui.colors().ink2, .line = 1.5F}),
                      ui::space::gap);
    }
    if (titled) column.take_top(12);
  }

  const service::Catalogue& catalogue_;
  ui::Kinetic scroll_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_privacy_screen(const service::Catalogue& catalogue) {
  return std::make_unique<PrivacyScreen>(catalogue);
}

}  // namespace app
