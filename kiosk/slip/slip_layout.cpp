#include "kiosk/slip/slip_layout.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include "kiosk/slip/sheet.h"
#include "kiosk/ui/picture.h"

namespace slip {
namespace {

constexpr ui::Color white = ui::rgb(0xFFFFFF);

// Metrics of so many pixels a dot; text may be as small as asked for.
ui::Metrics paper_metrics(float scale) {
  // What a preview shows at one pixel a u.
  constexpr float width = 1080;
  constexpr float height = 1920;
  return ui::Metrics({.width_px = static_cast<int>(std::lround(width * scale)),
                      .height_px = static_cast<int>(std::lround(height * scale)),
                      .preview = true});
}

// ---- the paper on the screen, in the screen's u ---------------------------------------------

// u a dot: the caption of a slip is as large as the smallest text on a screen.
constexpr float smallest_dot = 1;
constexpr float largest_dot = 4.0F / 3;
constexpr float panel_padding = 20;
constexpr float tooth = 12;  // height of the torn edge; a tooth is twice as wide
constexpr float outline = 2;

struct SizedSheet {
  ui::Metrics metrics;
  Sheet sheet;
};

SizedSheet sheet_of(ui::Ui& ui, const Slip& slip, float dot) {
  const ui::Metrics metrics = paper_metrics(ui.metrics().scale() * dot);
  return {metrics, lay_out(slip, paper_80_dots, ui::Painter(ui.painter().atlas(), metrics))};
}

// As large as the width allows, but smaller when the whole slip then needs no scrolling. What is
// high for its width stays at the smallest size, of which most is seen at once.
SizedSheet fit(ui::Ui& ui, const ui::Area& room, const Slip& slip) {
  const float widest = std::min(room.w / paper_80_dots, largest_dot);
  SizedSheet large = sheet_of(ui, slip, widest);
  if (large.sheet.height * widest + tooth <= room.h) return large;
  // Sizes of type are whole pixels, so that a smaller sheet may wrap one line more.
  constexpr float rounding = 0.97F;
  const float fitting = (room.h - tooth) / large.sheet.height * rounding;
  return sheet_of(ui, slip, std::min(std::max(fitting, smallest_dot), widest));
}

// Teeth that hang from the line y over the width.
void tear(ui::Painter& painter, float x, float y, float width, ui::Color color) {
  const auto count = static_cast<int>(std::floor(width / (2 * tooth)));
  const float wide = width / static_cast<float>(count);
  const float step = 1 / painter.metrics().scale();
  for (int i = 0; i < count; ++i) {
    const float left = x + static_cast<float>(i) * wide;
    for (float down = 0; down < tooth; down += step) {
      const float inset = down / tooth * wide / 2;
      painter.fill({left + inset, y + down, wide - 2 * inset, step}, color);
    }
  }
}

void draw_paper(ui::Ui& ui, const ui::Area& paper) {
  ui::Painter& painter = ui.painter();
  const ui::Color edge = ui.colors().line;
  const float flat = paper.h - tooth;
  painter.fill({paper.x - outline, paper.y - outline, paper.w + 2 * outline, flat + outline}, edge);
  tear(painter, paper.x - outline, paper.y + flat, paper.w + 2 * outline, edge);
  painter.fill({paper.x, paper.y, paper.w, flat}, white);
  tear(painter, paper.x, paper.y + flat - outline, paper.w, white);
}

// Says what the sheet says; its corner stands at x, y, one dot is `dot` u.
void note_words(ui::Ui& ui, const Sheet& sheet, float x, float y, float dot) {
  for (const Piece& piece : sheet.pieces) {
    if (const auto* words = std::get_if<Words>(&piece)) {
      const ui::Area& box = words->box;
      ui.note({ui::Role::text,
               {},
               words->text,
               {},
               {x + box.x * dot, y + box.y * dot, box.w * dot, box.h * dot}});
    }
  }
}

}  // namespace

device::Bitmap render(const Slip& slip, int paper_mm, device::Atlas& atlas) {
  const ui::Metrics metrics = paper_metrics(1);
  const float width = paper_mm == 80 ? paper_80_dots : paper_58_dots;
  const Sheet sheet = lay_out(slip, width, ui::Painter(atlas, metrics));
  const device::Size size{static_cast<int>(sheet.width), static_cast<int>(sheet.height)};
  return device::threshold(ui::draw_picture(
      atlas, metrics, size, [&sheet](ui::Painter& painter) { draw(sheet, 0, 0, painter); }));
}

float show(ui::Ui& ui, ui::Area area, const Slip& slip, ui::Kinetic& kinetic) {
  const ui::Area room = area.inset(panel_padding, panel_padding);
  const SizedSheet sized = fit(ui, room, slip);
  const auto& [metrics, sheet] = sized;
  const float dot = metrics.scale() / ui.metrics().scale();

  const float width = sheet.width * dot;
  const float height = sheet.height * dot + tooth;
  area.h = std::min(area.h, height + 2 * panel_padding);
  ui.painter().fill_rounded(area, ui::space::radius_card, ui.colors().sunken);
  const ui::Area view = ui.begin_scroll("slip", area, kinetic);
  const ui::Area paper{area.x + (area.w - width) / 2, view.y + panel_padding, width, height};
  draw_paper(ui, paper);
  ui::Painter pen(ui.painter().atlas(), metrics);
  pen.target(ui.painter().list());
  draw(sheet, paper.x / dot, paper.y / dot, pen);
  note_words(ui, sheet, paper.x, paper.y, dot);
  ui.end_scroll(paper.bottom() + panel_padding);
  return area.h;
}

}  // namespace slip
