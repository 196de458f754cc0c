#include "kiosk/staff/staff_screen.h"

#include <fmt/format.h>

#include <array>

#include "kiosk/slip/slip_layout.h"
#include "kiosk/staff/trouble_words.h"
#include "kiosk/store/legal_days.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/staff_pin.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/ui/dates.h"
#include "kiosk/ui/patterns.h"

namespace staff {
namespace {

using ui::Area;

class StaffScreen final : public ui::Screen {
 public:
  explicit StaffScreen(const ScreenParts& parts) : parts_(parts) {}

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    return open_ ? draw_panel(ui, page) : draw_pin(ui, page);
  }

  [[nodiscard]] std::string name() const override { return open_ ? "staff.panel" : "staff.pin"; }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::form; }

 private:
  ui::Go draw_pin(ui::Ui& ui, const ui::Page& page) {
    Area content =
        ui::flow_head(ui, page, {.icon = "lock", .title = ui.tr("staff.title"), .chosen = {}});
    const Area keys = input::Keyboard::place(ui, content, input::Kind::digits);
    content = ui::question(ui, content, ui.tr("staff.pin"));
    constexpr float width = 620;  // of the keys
    const Area row = content.take_top(100);
    const Area seat =
        ui.metrics().portrait() ? row.centered(width, row.h) : Area{row.x, row.y, width, row.h};
    ui.field("staff.pin", seat, pin_,
             {.active = true, .masked = true, .error = error_, .name = ui.tr("staff.pin")});
    const bool entered =
        parts_.keyboard.draw(ui, keys, pin_, input::Kind::digits, ui.tr("staff.enter"));
    const ui::Action action = ui::action_bar(
        ui, page, {.back = false, .primary = ui.tr("staff.enter"), .primary_icon = "enter"});
    if (action == ui::Action::stop) return ui::Go::end_visit();
    if (entered || action == ui::Action::primary) check(ui);
    return ui::Go::stay();
  }

  void check(ui::Ui& ui) {
    const auto answer = store::check_pin(parts_.store, pin_.text());
    pin_.set("");
    ui.redraw();
    if (!answer) {
      error_ = ui.tr("error." + answer.error().code);
      return;
    }
    switch (*answer) {
      case store::PinAnswer::right:
        open_ = true;
        parts_.press.queue.check();
        break;
      case store::PinAnswer::wrong: error_ = ui.tr("staff.wrong"); break;
      case store::PinAnswer::locked: error_ = ui.tr("staff.locked"); break;
      case store::PinAnswer::not_set: error_ = ui.tr("staff.not_set"); break;
    }
  }

  // ---- panel ------------------------------------------------------------------------------------

  ui::Go draw_panel(ui::Ui& ui, const ui::Page& page) {
    Area content =
        ui::flow_head(ui, page, {.icon = "status", .title = ui.tr("staff.title"), .chosen = {}});
    content.take_bottom(ui::space::gap);
    const std::vector<Area> seats = content.take_bottom(104, 20).columns({1, 1, 1}, 16);
    if (ui.button("staff.sync", seats[0], ui.tr("staff.sync_now"), {.icon = "sync", .size = 27})) {
      parts_.machine.sync_now();
    }
    if (ui.button("staff.print", seats[1], ui.tr("staff.test_print"),
                  {.icon = "printer", .size = 27})) {
      print_test(ui);
    }
    ui::Go go = ui::Go::stay();
    if (ui.button("staff.quit", seats[2], ui.tr("staff.quit"), {.icon = "stop", .size = 27})) {
      go.to = ui::Go::To::quit;
    }
    Area column = ui::begin_column(ui, "staff", content, scroll_);
    draw_legal_days(ui, column);
    draw_sync(ui, column);
    draw_outbox(ui, column);
    draw_printer(ui, column);
    const std::string library = parts_.machine.library_words(ui);
    row(ui, column, "law", ui.tr("staff.library"),
        library.empty() ? ui.tr("staff.no_library") : library);
    if (const std::string calendar = parts_.machine.calendar_words(ui); !calendar.empty()) {
      row(ui, column, "calendar", ui.tr("staff.calendar"), calendar, ui::Tone::attention);
    }
    draw_refused(ui, column);
    ui.end_scroll(column.y);
    const ui::Action action = ui::action_bar(
        ui, page,
        {.back = false, .stop = false, .primary = ui.tr("staff.leave"), .primary_icon = "check"});
    return action == ui::Action::primary ? ui::Go::end_visit() : go;
  }

  static void row(ui::Ui& ui, Area& column, std::string_view icon, const std::string& label,
                  const std::string& value, ui::Tone tone = ui::Tone::plain) {
    const ui::TextStyle bold{.size = 28, .weight = ui::Weight::bold, .line = 1.4F};
    const float value_width = column.w - 420;
    const float height = std::max(72.0F, ui.text_height(value, bold, value_width) + 28);
    Area line = column.take_top(height);
    ui.rule(line.x, line.bottom(), line.w);
    ui.icon(line.take_left(44, 16), icon, 38, ui.colors().on_tint);
    ui.label(line.take_left(330, 20), label, {.size = 26, .color = ui.colors().ink2});
    ui::TextStyle style = bold;
    if (tone == ui::Tone::ok) style.color = ui.colors().ok;
    if (tone == ui::Tone::error) style.color = ui.colors().err;
    if (tone == ui::Tone::attention) style.color = ui.colors().on_attn;
    ui.label(line, value, style);
  }

  [[nodiscard]] std::string time_words(const ui::Ui& ui, base::Instant at) const {
    const base::LocalTime local = parts_.zone.local(at);
    return ui::short_date(ui, local.date) + " " + base::iso_time(local.time);
  }

  void draw_sync(ui::Ui& ui, Area& column) {
    const auto state = store::read_sync_state(parts_.store);
    if (!state) return;
    row(ui, column, "room", ui.tr("staff.kiosk"), fmt::format("{}", state->number));
    const bool online = store::online(*state, parts_.store.now());
    row(ui, column, online ? "online" : "offline", ui.tr("staff.network"),
        online ? ui.tr("state.online") : ui.tr("state.offline"),
        online ? ui::Tone::ok : ui::Tone::attention);
    row(ui, column, "sync", ui.tr("staff.last_success"),
        state->last_success ? time_words(ui, *state->last_success) : ui.tr("staff.never"));
    if (!state->last_error.empty()) {
      row(ui, column, "warning", ui.tr("staff.last_error"), contact_trouble(ui, state->last_error),
          ui::Tone::attention);
    }
    row(ui, column, "clock", ui.tr("staff.clock"), clock_words(ui, *state),
        state->last_success && !store::clock_trusted(*state) ? ui::Tone::attention
                                                             : ui::Tone::plain);
  }

  // ---- care 8: what must not pass unnoticed while the center does not have it -------------------

  static std::string day_words(const ui::Ui& ui, const store::LegalAlarm& alarm) {
    const std::string day = base::iso_date(alarm.day);
    const std::string left =
        alarm.days_left < 0 ? ui.tr("staff.legal_over", {{"day", day}})
                            : ui.tr("staff.legal_left",
                                    {{"day", day}, {"days", fmt::format("{}", alarm.days_left)}});
    return (alarm.refused ? ui.tr("staff.legal_refused") : std::string()) + left;
  }

  void draw_legal_days(ui::Ui& ui, Area& column) {
    const auto alarms = store::legal_alarms(parts_.store);
    if (!alarms || alarms->empty()) return;
    column.take_top(ui.heading(column, ui.tr("staff.legal"), 32), 8);
    column.take_top(ui.text(column, ui.tr("staff.legal_help"), {.size = 26}), 16);
    for (const store::LegalAlarm& each : *alarms) {
      row(ui, column, "bell", record_words(ui, each.kind) + "  " + time_words(ui, each.created),
          day_words(ui, each), ui::Tone::error);
      draw_outcomes(ui, column.take_top(88, 16), each);
    }
    column.take_top(24);
  }

  void draw_outcomes(ui::Ui& ui, Area seats, const store::LegalAlarm& alarm) {
    using store::LegalOutcome;
    struct Answer {
      LegalOutcome outcome;
      std::string_view id;
      std::string words;
    };
    const std::array<Answer, 3> answers{
        {{LegalOutcome::handed_in, "handed_in", ui.tr("staff.legal_handed_in")},
         {LegalOutcome::told, "told", ui.tr("staff.legal_told")},
         {LegalOutcome::not_needed, "not_needed", ui.tr("staff.legal_not_needed")}}};
    const std::vector<Area> columns = seats.columns({1, 1, 1}, 16);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const Answer& each = answers[i];
      const std::string id = fmt::format("legal.{}.{}", alarm.id, each.id);
      if (!ui.button(id, columns[i], each.words, {.size = 26})) continue;
      // What was not written stays in alarm.
      [[maybe_unused]] const auto written = parts_.store.write([&](store::Writer& writer) {
        return store::settle_legal_alarm(writer, alarm.id, each.outcome);
      });
      ui.redraw();
    }
  }

  static std::string clock_words(const ui::Ui& ui, const store::SyncState& state) {
    if (!state.last_success) return ui.tr("staff.clock_unknown");
    if (store::clock_trusted(state)) return ui.tr("staff.clock_good");
    const auto off = std::chrono::round<std::chrono::minutes>(std::chrono::abs(state.clock_offset));
    return ui.tr("staff.clock_off", {{"minutes", fmt::format("{}", off.count())}});
  }

  void draw_outbox(ui::Ui& ui, Area& column) {
    const auto waiting = store::count_waiting(parts_.store);
    if (!waiting) return;
    std::string words = ui.tr("staff.records", {{"count", fmt::format("{}", waiting->count)}});
    if (waiting->oldest) {
      words += ui.tr("staff.oldest", {{"time", time_words(ui, *waiting->oldest)}});
    }
    row(ui, column, "waiting", ui.tr("staff.waiting"), words,
        waiting->count > 0 ? ui::Tone::attention : ui::Tone::ok);
  }

  void draw_printer(ui::Ui& ui, Area& column) {
    const auto health = parts_.press.queue.health();
    const std::string words = !health           ? ui.tr("staff.printer_asking")
                              : health->trouble ? printer_trouble(ui, health->trouble->code)
                                                : ui.tr("staff.printer_good");
    row(ui, column, "printer", ui.tr("staff.printer"), words,
        health && health->trouble ? ui::Tone::error : ui::Tone::plain);
  }

  void draw_refused(ui::Ui& ui, Area& column) {
    column.take_top(24);
    column.take_top(ui.heading(column, ui.tr("staff.refused"), 32), 8);
    const auto refused = store::refused_ops(parts_.store);
    if (!refused || refused->empty()) {
      column.take_top(
          ui.text(column, ui.tr("staff.none_refused"), {.size = 26, .color = ui.colors().ink2}),
          16);
      return;
    }
    for (const store::Refusal& each : *refused) {
      row(ui, column, "error", record_words(ui, each.kind) + "  " + time_words(ui, each.created),
          refusal_words(ui, each.code), ui::Tone::error);
    }
  }

  void print_test(const ui::Ui& ui) {
    slip::Slip paper;
    paper.center = ui.tr("staff.test_print");
    paper.blocks.push_back({slip::Number{"A1-00"}, false});
    paper.blocks.push_back({slip::Text{.text = ui.tr("staff.test_line")}, false});
    paper.closing = time_words(ui, parts_.store.now());
    parts_.press.queue.print(slip::render(paper, parts_.press.paper_mm, parts_.press.atlas),
                             slip::slip_name(parts_.press.world));
  }

  ScreenParts parts_;
  ui::TextField pin_{12};
  std::string error_;
  bool open_ = false;
  ui::Kinetic scroll_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_staff_screen(const ScreenParts& parts) {
  return std::make_unique<StaffScreen>(parts);
}

}  // namespace staff
