#include <fmt/format.h>

#include "kiosk/booking/booking_screen.h"
#include "kiosk/booking/booking_slip.h"
#include "kiosk/booking/slot_page.h"
#include "kiosk/form/error_band.h"
#include "kiosk/ui/patterns.h"

namespace booking {
namespace {

using ui::Area;

// A booking as it stands, with the two things that can be done to it.
class ChangeScreen final : public ui::Screen {
 public:
  ChangeScreen(const ScreenParts& parts, const service::Service& service, const Found& found)
      : parts_(parts), service_(service), found_(found) {}

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    read_status();
    const Area content = ui::flow_head(
        ui, page, {.icon = service_.icon, .title = ui.tr("booking.change_title"), .chosen = {}});
    switch (step_) {
      case Step::view: return draw_view(ui, page, content);
      case Step::slot: return draw_slot(ui, page, content);
      case Step::cancel: return draw_cancel(ui, content, page);
    }
    return ui::Go::stay();
  }

  [[nodiscard]] std::string name() const override {
    switch (step_) {
      case Step::view: return "booking.change";
      case Step::slot: return "booking.move";
      case Step::cancel: return "booking.cancel";
    }
    return "booking.change";
  }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::form; }

 private:
  enum class Step { view, slot, cancel };

  // What is known here is fresher than what the look-up brought.
  void read_status() {
    if (const auto status = parts_.store.status(found_.booking.id)) {
      found_.booking = status->booking;
      found_.state = status->state;
      found_.reason = status->reason;
    }
  }

  [[nodiscard]] std::optional<Wish> wish() {
    if (wish_.empty()) return std::nullopt;
    const auto known = parts_.store.wish(wish_);
    if (!known) return std::nullopt;
    return *known;
  }

  ui::Go draw_view(ui::Ui& ui, const ui::Page& page, Area content) {
    const std::optional<Wish> wanted = wish();
    form::error_band(ui, content, error_);
    draw_state(ui, content, wanted);
    const bool open = found_.state != State::cancelled && found_.state != State::refused &&
                      (!wanted || wanted->state == WishState::refused);
    if (open) {
      const std::vector<Area> seats = content.take_top(104).columns({1, 1}, 20);
      if (ui.button("change.move", seats[0], ui.tr("booking.move"), {.icon = "calendar"})) {
        step_ = Step::slot;
        slot_.clear();
        ui.redraw();
      }
      if (ui.button("change.cancel", seats[1], ui.tr("booking.cancel"), {.icon = "trash"})) {
        step_ = Step::cancel;
        ui.redraw();
      }
    }
    switch (slip::last_actions(ui, page, ui.tr("flow.home"), "home")) {
      case ui::Action::primary: return ui::Go::end_visit();
      case ui::Action::secondary: return ui::Go::home();
      default: return ui::Go::stay();
    }
  }

  void draw_state(ui::Ui& ui, Area& content, const std::optional<Wish>& wanted) {
    const std::string& language = ui.language();
    const std::string lost = wanted ? std::string() : withdrawn(ui);
    const std::string title =
        lost.empty() ? ui.tr("booking.state_" + state_name(found_.state)) : ui.tr("booking.lost");
    content.take_top(ui.heading(content, title), 16);
    const service::Way* way = service_.way(found_.booking.way);
    const service::Choice* topic = service_.choice(found_.booking.topic);
    // One below the other, or on a lying screen two by two.
    const bool portrait = ui.metrics().portrait();
    const int columns = portrait ? 1 : 2;
    const float row_height = portrait ? 96 : 120;
    constexpr float between = 8;
    int rows = 0;
    const auto row = [&](std::string_view label, const std::string& value) {
      if (value.empty()) return;
      ui::review_row(ui, {}, content.cell(rows++, columns, row_height, between), label, value,
                     false);
    };
    row(ui.tr("booking.time"), slot_words(ui, found_.booking.slot, service_));
    row(ui.tr("booking.topic"), topic == nullptr ? "" : topic->name.in(language));
    row(ui.tr("booking.way"), way == nullptr ? "" : way->name.in(language));
    row(ui.tr("booking.place"), way == nullptr || way->room.empty() ? "" : way->room.in(language));
    content.take_top(ui::grid_height(rows, columns, row_height, between), 16);
    if (!lost.empty()) {
      content.take_top(ui.band(content, lost, ui::Tone::attention, "warning"), 24);
      return;
    }
    if (!wanted) {
      content.take_top(ui.text(content, next_words(ui, found_.state, found_.reason),
                               {.size = 28, .color = ui.colors().ink2, .line = 1.5F}),
                       24);
      return;
    }
    const std::string what = wanted->slot.empty() ? "cancel" : "move";
    const std::string time = slot_words(ui, wanted->slot, service_);
    std::string key;
    ui::Tone tone = ui::Tone::tint;
    switch (wanted->state) {
      case WishState::sending: key = "sending"; break;
      case WishState::filed: key = "filed", tone = ui::Tone::attention; break;
      case WishState::done: key = "done", tone = ui::Tone::ok; break;
      case WishState::refused: key = "refused", tone = ui::Tone::error; break;
    }
    if (wanted->state == WishState::sending) ui.redraw_at(ui.tick() + answer_patience);
    content.take_top(
        ui.band(content, ui.tr(fmt::format("booking.{}_{}", what, key), {{"time", time}}), tone,
                tone == ui::Tone::ok ? "check" : "info"),
        24);
  }

  // Of a seat that the center cannot keep, while somebody is still booked there.
  [[nodiscard]] std::string withdrawn(const ui::Ui& ui) const {
    if (found_.state == State::cancelled || found_.state == State::refused) return {};
    return withdrawn_words(ui, service_, found_.booking.slot, found_.reason);
  }

  ui::Go draw_slot(ui::Ui& ui, const ui::Page& page, Area content) {
    content = ui::question(ui, content, ui.tr("booking.which_new_time"));
    const base::LocalTime now = parts_.zone.local(parts_.clock.now());
    if (const auto known = parts_.store.seats(service_.id, now.date)) {
      slots_.draw(ui, content, service_, found_.booking.way, *known, now, slot_);
    } else {
      form::error_band(ui, content, known.error().code);
    }
    switch (ui::action_bar(ui, page,
                           {.stop = false,
                            .primary = ui.tr("booking.move_now"),
                            .primary_icon = "check",
                            .enabled = !slot_.empty()})) {
      case ui::Action::back: leave(ui); break;
      case ui::Action::primary: file(ui, parts_.store.move(found_.reference, slot_)); break;
      default: break;
    }
    return ui::Go::stay();
  }

  ui::Go draw_cancel(ui::Ui& ui, Area content, const ui::Page& page) {
    const ui::Notice notice{.icon = "calendar",
                            .title = ui.tr("booking.cancel_sure"),
                            .body = slot_words(ui, found_.booking.slot, service_),
                            .safe = ui.tr("booking.keep"),
                            .other = ui.tr("booking.cancel_now")};
    switch (ui::notice_page(ui, content, notice)) {
      case ui::NoticeAnswer::safe: leave(ui); break;
      case ui::NoticeAnswer::other: file(ui, parts_.store.cancel(found_.reference)); break;
      case ui::NoticeAnswer::none: break;
    }
    if (ui::action_bar(ui, page, {.stop = false}) == ui::Action::back) leave(ui);
    return ui::Go::stay();
  }

  void file(ui::Ui& ui, const base::Result<std::string>& filed) {
    if (filed) wish_ = *filed;
    error_ = filed ? std::string() : filed.error().code;
    leave(ui);
  }

  void leave(ui::Ui& ui) {
    step_ = Step::view;
    slots_.reset();
    ui.redraw();
  }

  ScreenParts parts_;
  const service::Service& service_;
  Found found_;
  Step step_ = Step::view;
  std::string slot_;
  std::string wish_;
  std::string error_;  // why the last wish could not be filed
  SlotPage slots_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_change_screen(const ScreenParts& parts,
                                               const service::Service& service,
                                               const Found& found) {
  return std::make_unique<ChangeScreen>(parts, service, found);
}

}  // namespace booking
