#include "kiosk/slip/receipt.h"

#include <algorithm>
#include <vector>

#include "kiosk/slip/print_state.h"
#include "kiosk/slip/slip_layout.h"

namespace slip {
namespace {

ui::Color ink(const ui::Palette& colors, ui::Tone tone) {
  switch (tone) {
    case ui::Tone::ok: return colors.ok;
    case ui::Tone::attention: return colors.attn;
    case ui::Tone::error: return colors.err;
    case ui::Tone::tint: return colors.on_tint;
    case ui::Tone::plain: return colors.ink2;
  }
  return colors.ink;
}

constexpr float column_gap = 40;

}  // namespace

ui::Action last_actions(ui::Ui& ui, const ui::Page& page, const std::string& other,
                        std::string_view other_icon) {
  return ui::action_bar(ui, page,
                        {.back = false,
                         .stop = false,
                         .primary = ui.tr("flow.done"),
                         .primary_icon = "check",
                         .secondary = other,
                         .secondary_icon = other_icon});
}

void Receipt::print_once(const Slip& slip) {
  if (!job_) print(slip);
}

void Receipt::print(const Slip& slip) {
  job_ = press_.queue.print(render(slip, press_.paper_mm, press_.atlas), slip_name(press_.world));
}

void Receipt::draw(ui::Ui& ui, ui::Area area, const Verdict& verdict, const Slip& slip) {
  area.take_bottom(ui::space::gap);
  const ui::Metrics& metrics = ui.metrics();
  const bool beside = !metrics.portrait() && !metrics.compact();
  ui::Area words = area;
  ui::Area paper = area;
  if (!metrics.portrait()) {
    // A lying screen has no height to spare: how the printing stands is said below the head, and
    // where there is width for both, the paper stands beside the words.
    ui::Area left{metrics.margin(), area.y, metrics.side() - 2 * metrics.margin(), area.h};
    if (job_) draw_printing(ui, left, slip);
    if (beside) words = paper.take_left((area.w - column_gap) / 2, column_gap);
  }
  draw_verdict(ui, words, verdict);
  if (job_ && metrics.portrait()) draw_printing(ui, words, slip);
  show(ui, beside ? paper : words, slip, scroll_);
}

void Receipt::draw_verdict(ui::Ui& ui, ui::Area& area, const Verdict& verdict) {
  ui::Area row = area;
  ui.icon(row.take_left(56, 18).take_top(60), verdict.icon, 52, ink(ui.colors(), verdict.tone));
  const float size = ui.metrics().compact() ? 38.0F : ui::type::question;
  area.take_top(std::max(60.0F, ui.heading(row, verdict.title, size)), 10);
  if (!verdict.line.empty()) {
    area.take_top(
        ui.text(area, verdict.line, {.size = 27, .color = ui.colors().ink2, .line = 1.45F}), 16);
  }
}

void Receipt::draw_printing(ui::Ui& ui, ui::Area& area, const Slip& slip) {
  constexpr float padding = 24;
  constexpr float button_width = 230;
  constexpr float between = 20;
  const auto state = press_.queue.state(*job_);
  if (!state) return;
  // The button has its seat from the start: nothing moves when the slip is done.
  const bool beside = ui.metrics().portrait();
  const float words_width = area.w - 2 * padding - (beside ? button_width + between : 0);
  const float words_height = print_state_height(ui, words_width, *state);
  const float below = beside ? 0 : ui::space::target + padding;
  ui::Area row = area.take_bottom(std::max(words_height, 104.0F) + below, 16);
  ui.panel(row);
  row = row.inset(padding, 0);
  if (!beside) row.take_bottom(padding);
  const ui::Area seat =
      beside ? row.take_right(button_width, between) : row.take_bottom(ui::space::target);
  show_print_state(ui, row.centered(words_width, words_height), *state);
  const bool done = state->stage == PrintStage::printed || state->stage == PrintStage::failed;
  if (done && ui.button("receipt.again", seat.centered(button_width, ui::space::target),
                        ui.tr("slip.print_again"), {.icon = "printer", .size = 26})) {
    print(slip);
    ui.redraw();
  }
}

}  // namespace slip
