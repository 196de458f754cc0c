#include "kiosk/ticket/ticket_screen.h"

#include <set>

#include "kiosk/form/choice_list.h"
#include "kiosk/form/error_band.h"
#include "kiosk/ticket/number_page.h"
#include "kiosk/ui/patterns.h"

namespace ticket {
namespace {

using ui::Area;

constexpr int steps = 3;

class TicketScreen final : public ui::Screen {
 public:
  TicketScreen(const ScreenParts& parts, const service::Service& service, const std::string& matter)
      : parts_(parts), service_(service), number_(parts, service) {
    if (service.choice(matter) == nullptr) return;
    matter_ = matter;
    step_ = Step::papers;
  }

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    const Area content = ui::flow_head(ui, page, head(ui));
    switch (step_) {
      case Step::matter: return draw_matter(ui, page, content);
      case Step::papers: return draw_papers(ui, page, content);
      case Step::number: return number_.draw(ui, page, content);
    }
    return ui::Go::stay();
  }

  [[nodiscard]] std::string name() const override {
    switch (step_) {
      case Step::matter: return "ticket.matter";
      case Step::papers: return "ticket.papers";
      case Step::number: return std::string(number_.name());
    }
    return "ticket";
  }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::reading; }

 private:
  enum class Step { matter, papers, number };

  [[nodiscard]] ui::Head head(const ui::Ui& ui) const {
    const int step = step_ == Step::matter ? 1 : step_ == Step::papers ? 2 : 3;
    ui::Head head{.icon = service_.icon,
                  .title = ui.tr("ticket.title", {{"service", service_.name.in(ui.language())}}),
                  .step = step,
                  .steps = steps,
                  .chosen = {}};
    const service::Choice* matter = service_.choice(matter_);
    if (step > 1 && matter != nullptr) head.chosen.push_back(matter->name.in(ui.language()));
    return head;
  }

  ui::Go draw_matter(ui::Ui& ui, const ui::Page& page, Area content) {
    content = ui::question(ui, content, ui.tr("ticket.which_matter"), ui.tr("ticket.no_identity"));
    if (!open_now()) {
      content.take_top(ui.band(content, closed_words(ui), ui::Tone::attention, "clock"), 16);
    }
    const service::Choice* matter =
        form::choice_list(ui, "matter", content, scroll_, service_.choices, matter_);
    if (matter != nullptr) {
      matter_ = matter->id;
      brought_.clear();
    }
    switch (ui::action_bar(
        ui, page, {.back = false, .primary = ui.tr("flow.next"), .enabled = !matter_.empty()})) {
      case ui::Action::stop: return ui::Go::end_visit();
      case ui::Action::primary: go_to(ui, Step::papers); break;
      default: break;
    }
    return ui::Go::stay();
  }

  ui::Go draw_papers(ui::Ui& ui, const ui::Page& page, Area content) {
    content = ui::question(ui, content, ui.tr("ticket.papers"), ui.tr("ticket.papers_hint"));
    form::error_band(ui, content, error_);
    tick_papers(ui, content);
    const bool open = open_now();
    switch (ui::action_bar(ui, page,
                           {.primary = ui.tr(open ? "ticket.draw" : "ticket.not_now"),
                            .primary_icon = open ? "ticket" : "clock",
                            .enabled = open})) {
      case ui::Action::back: go_to(ui, Step::matter); break;
      case ui::Action::stop: return ui::Go::end_visit();
      case ui::Action::primary: draw_ticket(ui); break;
      default: break;
    }
    return ui::Go::stay();
  }

  void tick_papers(ui::Ui& ui, Area content) {
    const std::string& language = ui.language();
    const service::Choice* matter = service_.choice(matter_);
    if (matter == nullptr) return;
    std::vector<ui::ListItem> items;
    for (const std::string& id : matter->papers) {
      const service::Paper* each = service_.paper(id);
      if (each == nullptr) continue;
      const bool has = brought_.contains(id);
      items.push_back({id,
                       {.title = each->name.in(language),
                        .line = each->note.empty() ? "" : each->note.in(language),
                        .state = has ? ui.tr("ticket.has") : std::string(),
                        .selected = has,
                        .tick_box = true}});
    }
    const int touched = ui::list(ui, "paper", content, scroll_, items);
    if (touched < 0) return;
    const std::string& id = items[static_cast<std::size_t>(touched)].id;
    if (!brought_.erase(id)) brought_.insert(id);
    ui.redraw();
  }

  [[nodiscard]] base::LocalTime now() const { return parts_.zone.local(parts_.clock.now()); }
  [[nodiscard]] bool open_now() const { return service_.hours.open_at(now()); }

  [[nodiscard]] std::string closed_words(const ui::Ui& ui) const {
    const service::Closure* closure = service_.closure(now().date);
    if (closure == nullptr) return ui.tr("ticket.closed");
    return ui.tr("ticket.closed_for", {{"reason", closure->reason.in(ui.language())}});
  }

  void draw_ticket(ui::Ui& ui) {
    ui.redraw();
    auto drawn = parts_.store.draw(service_, matter_);
    error_ = drawn ? std::string() : drawn.error().code;
    if (!drawn) return;
    number_.begin(*std::move(drawn), brought_);
    go_to(ui, Step::number);
  }

  void go_to(ui::Ui& ui, Step step) {
    step_ = step;
    scroll_.jump(0);
    ui.redraw();
  }

  ScreenParts parts_;
  const service::Service& service_;
  Step step_ = Step::matter;
  std::string matter_;
  std::set<std::string> brought_;  // ids of papers
  std::string error_;              // code: no number could be drawn
  ui::Kinetic scroll_;
  NumberPage number_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_ticket_screen(const ScreenParts& parts,
                                               const service::Service& service,
                                               const std::string& matter) {
  return std::make_unique<TicketScreen>(parts, service, matter);
}

}  // namespace ticket
