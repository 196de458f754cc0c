#include "kiosk/intake/intake_screen.h"
#include "kiosk/intake/intake_slip.h"
#include "kiosk/ui/patterns.h"

namespace intake {
namespace {

using ui::Area;

// What became of a request: one page to read.
class StateScreen final : public ui::Screen {
 public:
  StateScreen(const ScreenParts& parts, const service::Service& service, const Found& found)
      : parts_(parts), service_(service), found_(found) {}

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    if (const auto status = parts_.store.status(found_.id)) {
      found_.state = status->state;
      found_.reason = status->reason;
    }
    const Area content = ui::flow_head(
        ui, page, {.icon = service_.icon, .title = service_.name.in(ui.language()), .chosen = {}});
    const slip::Verdict words = verdict(ui, found_.state, found_.reason);
    const ui::Notice notice{.icon = words.icon,
                            .title = words.title,
                            .body = words.line,
                            .safe = ui.tr("flow.done"),
                            .tone = words.tone};
    const ui::NoticeAnswer answer = ui::notice_page(ui, content, notice);
    const ui::Action action = ui::action_bar(
        ui, page,
        {.back = false, .stop = false, .secondary = ui.tr("flow.home"), .secondary_icon = "home"});
    if (answer == ui::NoticeAnswer::safe) return ui::Go::end_visit();
    return action == ui::Action::secondary ? ui::Go::home() : ui::Go::stay();
  }

  [[nodiscard]] std::string name() const override { return "intake.state"; }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::reading; }

 private:
  ScreenParts parts_;
  const service::Service& service_;
  Found found_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_state_screen(const ScreenParts& parts,
                                              const service::Service& service, const Found& found) {
  return std::make_unique<StateScreen>(parts, service, found);
}

}  // namespace intake
