#include "kiosk/ticket/ticket_screen.h"

#include <fmt/format.h>

#include <set>

#include "kiosk/ticket/ticket_slip.h"
#include "kiosk/ui/patterns.h"

namespace ticket {
namespace {

using ui::Area;

constexpr int steps = 3;

class TicketScreen final : public ui::Screen {
 public:
  TicketScreen(const ScreenParts& parts, const service::Service& service, const std::string& matter)
      : parts_(parts), service_(service), receipt_(parts.press) {
    if (service.choice(matter) != nullptr) {
      matter_ = matter;
      step_ = Step::papers;
    }
  }

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    Area content = ui::flow_head(ui, page, head(ui));
    switch (step_) {
      case Step::matter: return draw_matter(ui, page, content);
      case Step::papers: return draw_papers(ui, page, content);
      case Step::number: return draw_number(ui, page, content);
      case Step::give_back: return draw_give_back(ui, page, content);
    }
    return ui::Go::stay();
  }

  [[nodiscard]] std::string name() const override {
    switch (step_) {
      case Step::matter: return "ticket.matter";
      case Step::papers: return "ticket.papers";
      case Step::number: return "ticket.number";
      case Step::give_back: return "ticket.give_back";
    }
    return "ticket";
  }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::reading; }

 private:
  enum class Step { matter, papers, number, give_back };

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
      content.take_top(ui.band(content, ui.tr("ticket.closed"), ui::Tone::attention, "clock"), 16);
    }
    std::vector<ui::ListItem> items;
    for (const service::Choice& each : service_.choices) {
      items.push_back({each.id,
                       {.icon = each.icon,
                        .title = each.name.in(ui.language()),
                        .line = each.hint.empty() ? "" : each.hint.in(ui.language()),
                        .selected = matter_ == each.id}});
    }
    const int touched = ui::list(ui, "matter", content, scroll_, items);
    if (touched >= 0) {
      matter_ = service_.choices[static_cast<std::size_t>(touched)].id;
      brought_.clear();
      ui.redraw();
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
    const std::string& language = ui.language();
    content = ui::question(ui, content, ui.tr("ticket.papers"), ui.tr("ticket.papers_hint"));
    if (!error_.empty()) {
      content.take_top(ui.band(content, error_, ui::Tone::error, "error"), 16);
    }
    const service::Choice* matter = service_.choice(matter_);
    std::vector<ui::ListItem> items;
    std::vector<std::string> ids;
    if (matter != nullptr) {
      for (const std::string& id : matter->papers) {
        const service::Paper* each = service_.paper(id);
        if (each == nullptr) continue;
        const bool has = brought_.contains(id);
        ids.push_back(id);
        items.push_back({id,
                         {.title = each->name.in(language),
                          .line = each->note.empty() ? "" : each->note.in(language),
                          .state = has ? ui.tr("ticket.has") : std::string(),
                          .selected = has,
                          .tick_box = true}});
      }
    }
    const int touched = ui::list(ui, "paper", content, scroll_, items);
    if (touched >= 0) {
      const std::string& id = ids[static_cast<std::size_t>(touched)];
      if (!brought_.erase(id)) brought_.insert(id);
      ui.redraw();
    }
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

  [[nodiscard]] bool open_now() const {
    return service_.hours.open_at(parts_.zone.local(parts_.clock.now()));
  }

  void draw_ticket(ui::Ui& ui) {
    auto drawn = parts_.store.draw(service_, matter_);
    if (!drawn) {
      error_ = ui.tr("error." + drawn.error().code);
      ui.redraw();
      return;
    }
    error_.clear();
    drawn_ = *std::move(drawn);
    go_to(ui, Step::number);
  }

  ui::Go draw_number(ui::Ui& ui, const ui::Page& page, Area content) {
    const auto ticket = parts_.store.settle(drawn_);
    if (!ticket) {
      ui.band(content, ui.tr("error." + ticket.error().code), ui::Tone::error, "error");
      return ending(ui, page, false);
    }
    if (ticket->state == State::drawing) {
      ui.redraw_at(drawn_.since + answer_patience);
      ui.band(content, ui.tr("ticket.drawing"), ui::Tone::tint, "sync");
      return ui::Go::stay();
    }
    if (ticket->state == State::refused) {
      ui.band(content, ui.tr("ticket.refused"), ui::Tone::attention, "clock");
      return ending(ui, page, false);
    }
    if (ticket->state == State::given_back) {
      // Nothing to print again: nobody may stand at a counter with it.
      ui::question(ui, content, ui.tr("ticket.given_back", {{"number", ticket->number}}),
                   ui.tr("ticket.given_back_line"));
      return ending(ui, page, false);
    }
    const auto known = parts_.store.ahead(drawn_.id);
    const Ahead ahead = known ? *known : Ahead{};
    const slip::Slip paper = ticket_slip(
        ui, {parts_.catalogue.center, service_, *ticket, ahead, brought_, parts_.kiosk});
    receipt_.print_once(paper);
    receipt_.draw(ui, content, verdict(ui, *ticket, ahead), paper);
    return ending(ui, page, ticket->state == State::waiting);
  }

  [[nodiscard]] slip::Verdict verdict(const ui::Ui& ui, const Ticket& ticket,
                                      const Ahead& ahead) const {
    const std::vector<base::Hole> number{{"number", ticket.number}};
    switch (ticket.state) {
      case State::called:
        return {.icon = "bell",
                .title = ui.tr("ticket.called", number),
                .line = ui.tr("ticket.called_line", {{"counter", ticket.counter}}),
                .tone = ui::Tone::ok};
      case State::done:
      case State::no_show:
        return {.icon = "info", .title = ui.tr("ticket.over", number), .line = {}};
      default:
        return {.icon = "ticket",
                .title = ui.tr("ticket.yours", number),
                .line = ahead_words(ui, ahead) +
                        (ahead.may_interleave ? "\n" + ui.tr("ticket.interleave") : std::string()),
                .tone = ui::Tone::ok};
    }
  }

  ui::Go ending(ui::Ui& ui, const ui::Page& page, bool held) {
    switch (ui::action_bar(ui, page,
                           {.back = false,
                            .stop = false,
                            .primary = ui.tr("flow.done"),
                            .primary_icon = "check",
                            .secondary = ui.tr(held ? "ticket.give_back" : "flow.again"),
                            .secondary_icon = held ? "undo" : "plus"})) {
      case ui::Action::primary: return ui::Go::end_visit();
      case ui::Action::secondary:
        if (!held) return ui::Go::home();
        go_to(ui, Step::give_back);
        break;
      default: break;
    }
    return ui::Go::stay();
  }

  ui::Go draw_give_back(ui::Ui& ui, const ui::Page& page, Area content) {
    const auto ticket = parts_.store.find(drawn_.id);
    const ui::Notice notice{
        .icon = "ticket",
        .title = ui.tr("ticket.give_back_sure", {{"number", ticket ? ticket->number : ""}}),
        .body = ui.tr("ticket.give_back_body"),
        .safe = ui.tr("ticket.keep"),
        .other = ui.tr("ticket.give_back")};
    switch (ui::notice_page(ui, content, notice)) {
      case ui::NoticeAnswer::safe: go_to(ui, Step::number); break;
      case ui::NoticeAnswer::other:
        if (const auto given = parts_.store.give_back(drawn_.id); !given) {
          error_ = ui.tr("error." + given.error().code);
        }
        go_to(ui, Step::number);
        break;
      case ui::NoticeAnswer::none: break;
    }
    if (ui::action_bar(ui, page, {.stop = false}) == ui::Action::back) go_to(ui, Step::number);
    return ui::Go::stay();
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
  std::set<std::string> brought_;
  Drawn drawn_;
  std::string error_;
  ui::Kinetic scroll_;
  slip::Receipt receipt_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_ticket_screen(const ScreenParts& parts,
                                               const service::Service& service,
                                               const std::string& matter) {
  return std::make_unique<TicketScreen>(parts, service, matter);
}

}  // namespace ticket
