#include "kiosk/ticket/number_page.h"

#include "kiosk/form/error_band.h"
#include "kiosk/ticket/ticket_slip.h"

namespace ticket {
namespace {

using ui::Area;

slip::Verdict verdict(const ui::Ui& ui, const Ticket& ticket, const Ahead& ahead) {
  const std::vector<base::Hole> number{{"number", ticket.number}};
  switch (ticket.state) {
    case State::called:
      return {.icon = "bell",
              .title = ui.tr("ticket.called", number),
              .line = ui.tr("ticket.called_line", {{"counter", ticket.counter}}),
              .tone = ui::Tone::ok};
    case State::done:
    case State::no_show: return {.icon = "info", .title = ui.tr("ticket.over", number), .line = {}};
    default:
      return {.icon = "ticket",
              .title = ui.tr("ticket.yours", number),
              .line = ahead_words(ui, ahead) +
                      (ahead.may_interleave ? "\n" + ui.tr("ticket.interleave") : std::string()),
              .tone = ui::Tone::ok};
  }
}

}  // namespace

void NumberPage::begin(Drawn drawn, std::set<std::string> brought) {
  drawn_ = std::move(drawn);
  brought_ = std::move(brought);
}

ui::Go NumberPage::draw(ui::Ui& ui, const ui::Page& page, Area content) {
  if (!giving_back_) return draw_number(ui, page, content);
  draw_give_back(ui, page, content);
  return ui::Go::stay();
}

ui::Go NumberPage::draw_number(ui::Ui& ui, const ui::Page& page, Area content) {
  const auto ticket = parts_.store.settle(drawn_);
  if (!ticket) {
    form::error_band(ui, content, ticket.error().code);
    return draw_ending(ui, page, false);
  }
  switch (ticket->state) {
    case State::drawing:
      ui.redraw_at(drawn_.since + answer_patience);
      ui.band(content, ui.tr("ticket.drawing"), ui::Tone::tint, "sync");
      return ui::Go::stay();
    case State::refused:
      ui.band(content, ui.tr("ticket.refused"), ui::Tone::attention, "clock");
      break;
    case State::given_back:
      // Nothing to print again: nobody may stand at a counter with it.
      ui::question(ui, content, ui.tr("ticket.given_back", {{"number", ticket->number}}),
                   ui.tr("ticket.given_back_line"));
      break;
    default: draw_receipt(ui, content, *ticket);
  }
  return draw_ending(ui, page, ticket->state == State::waiting);
}

void NumberPage::draw_receipt(ui::Ui& ui, Area content, const Ticket& ticket) {
  const Ahead ahead = parts_.store.ahead(drawn_.id).value_or(Ahead{});
  const slip::Slip paper =
      ticket_slip(ui, {parts_.catalogue.center, service_, ticket, ahead, brought_, parts_.kiosk});
  receipt_.print_once(paper);
  form::error_band(ui, content, error_);
  receipt_.draw(ui, content, verdict(ui, ticket, ahead), paper);
}

ui::Go NumberPage::draw_ending(ui::Ui& ui, const ui::Page& page, bool held) {
  const std::string other = ui.tr(held ? "ticket.give_back" : "flow.again");
  switch (slip::last_actions(ui, page, other, held ? "undo" : "plus")) {
    case ui::Action::primary: return ui::Go::end_visit();
    case ui::Action::secondary:
      if (!held) return ui::Go::home();
      giving_back_ = true;
      ui.redraw();
      break;
    default: break;
  }
  return ui::Go::stay();
}

void NumberPage::draw_give_back(ui::Ui& ui, const ui::Page& page, Area content) {
  const auto ticket = parts_.store.find(drawn_.id);
  const ui::NoticeAnswer answer = ui::notice_page(
      ui, content,
      {.icon = "ticket",
       .title = ui.tr("ticket.give_back_sure", {{"number", ticket ? ticket->number : ""}}),
       .body = ui.tr("ticket.give_back_body"),
       .safe = ui.tr("ticket.keep"),
       .other = ui.tr("ticket.give_back")});
  if (answer == ui::NoticeAnswer::other) give_back();
  const bool back = ui::action_bar(ui, page, {.stop = false}) == ui::Action::back;
  if (answer == ui::NoticeAnswer::none && !back) return;
  giving_back_ = false;
  ui.redraw();
}

void NumberPage::give_back() {
  const auto given = parts_.store.give_back(drawn_.id);
  error_ = given ? std::string() : given.error().code;
}

}  // namespace ticket
