#include "kiosk/slip/receipt.h"

#include <algorithm>

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

}  // namespace

void Receipt::print_once(const Slip& slip) {
  if (!job_) print(slip);
}

void Receipt::print(const Slip& slip) {
  job_ = press_.queue.print(render(slip, press_.paper_mm, press_.atlas), slip_name(press_.world));
}

void Receipt::draw(ui::Ui& ui, ui::Area area, const Verdict& verdict, const Slip& slip) {
  ui::Area row = area;
  ui.icon(row.take_left(56, 18).take_top(60), verdict.icon, 52, ink(ui.colors(), verdict.tone));
  area.take_top(std::max(60.0F, ui.heading(row, verdict.title)), 10);
  if (!verdict.line.empty()) {
    area.take_top(
        ui.text(area, verdict.line, {.size = 27, .color = ui.colors().ink2, .line = 1.45F}), 16);
  }
  if (job_) draw_printing(ui, area, slip);
  show(ui, area, slip, scroll_);
}

void Receipt::draw_printing(ui::Ui& ui, ui::Area& area, const Slip& slip) {
  const auto state = press_.queue.state(*job_);
  if (!state) return;
  ui::Area row = area.take_bottom(104, 16);
  ui.panel(row);
  row = row.inset(24, 0);
  const bool done = state->stage == PrintStage::printed || state->stage == PrintStage::failed;
  if (done && ui.button("receipt.again", row.take_right(230, 20).centered(230, 72),
                        ui.tr("slip.print_again"), {.icon = "printer", .size = 26})) {
    print(slip);
    ui.redraw();
  }
  row.take_top(20);
  show_print_state(ui, row, *state);
}

}  // namespace slip
