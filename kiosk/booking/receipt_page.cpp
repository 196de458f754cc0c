#include "kiosk/booking/receipt_page.h"

#include <fmt/format.h>

#include "kiosk/booking/booking_slip.h"

namespace booking {

void ReceiptPage::begin(Submitted submitted, base::Tick now) {
  submitted_ = std::move(submitted);
  submitted_at_ = now;
}

ui::Go ReceiptPage::draw(ui::Ui& ui, const ui::Page& page, const ui::Head& head,
                         const Draft& draft) {
  const auto status = parts_.store.status(submitted_.id);
  const State state = status ? status->state : State::requested;
  const base::Tick answer_due = submitted_at_ + answer_patience;
  if (state == State::sending && ui.tick() < answer_due) ui.redraw_at(answer_due);
  const slip::Slip slip =
      booking_slip(ui, {parts_.catalogue.center, service_, draft.topic, draft.way,
                        status ? status->booking.slot : draft.slot, submitted_, state,
                        draft.no_phone, parts_.kiosk, status ? status->receipt : std::string()});
  if (state != State::sending) paper_.print_once(slip);
  paper_.draw(ui, ui::flow_head(ui, page, head),
              {.icon = state_icon(state),
               .title = ui.tr("booking.state_" + state_name(state)),
               .line = next_words(ui, state, status ? status->reason : std::string()),
               .tone = state_tone(state)},
              slip);
  return draw_actions(ui, page, state);
}

ui::Go ReceiptPage::draw_actions(ui::Ui& ui, const ui::Page& page, State state) const {
  const bool full = state == State::waitlisted;
  const std::string other = ui.tr(full ? "booking.other_time" : "flow.again");
  switch (slip::last_actions(ui, page, other, full ? "calendar" : "plus")) {
    case ui::Action::primary: return ui::Go::end_visit();
    case ui::Action::secondary:
      if (!full) return ui::Go::home();
      return ui::Go::open("change", fmt::format("{} {}", submitted_.code, submitted_.last4));
    default: return ui::Go::stay();
  }
}

}  // namespace booking
