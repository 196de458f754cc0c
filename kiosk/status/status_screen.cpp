#include "kiosk/status/status_screen.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "kiosk/ui/patterns.h"
#include "kiosk/wire/case_code.h"

namespace status {
namespace {

using ui::Area;

bool four_digits(std::string_view text) {
  return text.size() == 4 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class StatusScreen final : public ui::Screen {
 public:
  StatusScreen(CaseSource& source, input::Keyboard& keyboard, const std::string& typed)
      : source_(source), keyboard_(keyboard) {
    source_.forget();
    const std::size_t blank = typed.find(' ');
    if (blank == std::string::npos) return;
    code_.set(typed.substr(0, blank));
    last4_.set(typed.substr(blank + 1));
    ask_at_once_ = true;
  }
  ~StatusScreen() override { source_.forget(); }
  StatusScreen(const StatusScreen&) = delete;
  StatusScreen& operator=(const StatusScreen&) = delete;

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    if (std::exchange(ask_at_once_, false)) ask(ui);
    const Answer answer = source_.answer();
    if (answer == Answer::found) return source_.open();
    Area content =
        ui::flow_head(ui, page, {.icon = "status", .title = ui.tr("status.title"), .chosen = {}});
    const bool on_code = active_ == &code_;
    const input::Kind kind = on_code ? input::Kind::code : input::Kind::digits;
    const Area keys = input::Keyboard::place(ui, content, kind);
    content = ui::question(ui, content, ui.tr("status.question"), ui.tr("status.hint"));
    draw_fields(ui, content, on_code);
    draw_answer(ui, content, answer);
    const std::string before = active_->text();
    const bool finished = keyboard_.draw(ui, keys, *active_, kind, ui.tr("status.look"));
    // Who writes on has read the sentence.
    if (active_->text() != before) (on_code ? code_error_ : last4_error_).clear();
    if (finished) {
      if (on_code) {
        active_ = &last4_;
      } else {
        ask(ui);
      }
      ui.redraw();
    }
    switch (ui::action_bar(ui, page,
                           {.back = false,
                            .primary = ui.tr("status.look"),
                            .primary_icon = "search",
                            .enabled = answer != Answer::pending})) {
      case ui::Action::stop: return ui::Go::end_visit();
      case ui::Action::primary: ask(ui); break;
      default: break;
    }
    return ui::Go::stay();
  }

  [[nodiscard]] std::string name() const override { return "status"; }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::form; }

 private:
  void draw_fields(ui::Ui& ui, Area& content, bool on_code) {
    const ui::FieldSeats seats =
        ui::field_seats(ui, content, {.first_error = code_error_, .second_error = last4_error_});
    const std::string code_words = ui.tr("status.code");
    const std::string last4_words = ui.tr("status.last4");
    if (ui::labelled_field(ui, "field.code", seats.first, code_,
                           {.active = on_code,
                            .placeholder = "XXXXX-XXXXX",
                            .error = code_error_,
                            .name = code_words})) {
      active_ = &code_;
      ui.redraw();
    }
    if (ui::labelled_field(ui, "field.last4", seats.second, last4_,
                           {.active = !on_code,
                            .placeholder = "0000",
                            .error = last4_error_,
                            .name = last4_words})) {
      active_ = &last4_;
      ui.redraw();
    }
    content = seats.below;
  }

  void draw_answer(ui::Ui& ui, Area content, Answer answer) {
    switch (answer) {
      case Answer::none:
      case Answer::found: return;
      case Answer::pending:
        ui.band(content, ui.tr("status.pending"), ui::Tone::tint, "sync");
        return;
      case Answer::no_match:
        ui.band(content, ui.tr("status.no_match"), ui::Tone::error, "error");
        return;
      case Answer::locked:
        ui.band(content, ui.tr("status.locked"), ui::Tone::attention, "lock");
        return;
      case Answer::offline:
        ui.band(content, ui.tr("status.offline"), ui::Tone::attention, "offline");
        return;
    }
  }

  void ask(ui::Ui& ui) {
    const std::optional<std::string> code = wire::parse_case_code(code_.text());
    const bool digits = four_digits(last4_.text());
    code_error_ = code ? std::string() : ui.tr("error.code_form");
    last4_error_ = digits ? std::string() : ui.tr("error.last4_form");
    if (!code) active_ = &code_;
    if (code && !digits) active_ = &last4_;
    if (code && digits) source_.ask(*code, last4_.text());
    ui.redraw();
  }

  CaseSource& source_;
  input::Keyboard& keyboard_;
  ui::TextField code_{14};
  ui::TextField last4_{4};
  ui::TextField* active_ = &code_;
  std::string code_error_;
  std::string last4_error_;
  bool ask_at_once_ = false;
};

}  // namespace

std::unique_ptr<ui::Screen> make_status_screen(CaseSource& source, input::Keyboard& keyboard,
                                               const std::string& typed) {
  return std::make_unique<StatusScreen>(source, keyboard, typed);
}

}  // namespace status
