#include "kiosk/input/keyboard_candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "kiosk/input/keyboard_layout.h"

namespace input {
namespace {

constexpr int page_columns = 5;
constexpr int page_lines = 4;
constexpr std::size_t in_page = page_columns * page_lines;
constexpr float row_gap = 10;
constexpr float text_size = 38;
constexpr float padding = 52;
constexpr float narrowest = 130;
constexpr float narrowest_more = 160;

float width_of(ui::Ui& ui, std::string_view text) {
  const ui::TextStyle style{.size = text_size, .weight = ui::Weight::bold};
  return std::max(ui.text_width(text, style) + padding, narrowest);
}

// The first one is filled: Space takes it.
bool draw_one(ui::Ui& ui, Caps& caps, ui::Area area, std::size_t index, std::string_view text) {
  const bool first = index == 0;
  return caps.draw(ui, fmt::format("candidate.{}", index), area,
                   {.words = text,
                    .look = first ? ui::Look::primary : ui::Look::key,
                    .size = text_size,
                    .weight = first ? ui::Weight::bold : ui::Weight::regular});
}

}  // namespace

std::optional<std::size_t> Candidates::draw_row(ui::Ui& ui, Caps& caps, const Composer& composer,
                                                ui::Area row) {
  const std::vector<std::string> texts = composer.candidates(0, in_row + 1);
  std::optional<std::size_t> touched;
  std::size_t shown = 0;
  for (; shown < std::min(texts.size(), in_row); ++shown) {
    const float room = row.w - narrowest_more - row_gap;
    const float wanted = width_of(ui, texts[shown]);
    if (wanted > room && shown > 0) break;
    const ui::Area place = row.take_left(std::min(wanted, room), row_gap);
    if (draw_one(ui, caps, place, shown, texts[shown])) touched = shown;
  }
  if (shown == texts.size()) return touched;
  const std::string more = ui.tr("keyboard.more");
  const CapFace face{
      .words = more, .icon = "chevron-down", .icon_behind = true, .look = ui::Look::normal};
  if (caps.draw(ui, "candidate.more", row, face)) {
    pages_ = {0};
    ui.redraw();
  }
  return touched;
}

std::optional<std::size_t> Candidates::draw_page(ui::Ui& ui, Caps& caps, const Composer& composer,
                                                 ui::Area grid, ui::Area foot, float gap) {
  const std::size_t first = pages_.back();
  const std::vector<std::string> texts = composer.candidates(first, in_page + 1);
  std::vector<float> widths;
  for (const std::string& text : texts) widths.push_back(width_of(ui, text));
  const std::vector<ui::Area> places = seats(widths, grid, page_columns, page_lines, gap);
  std::optional<std::size_t> touched;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (draw_one(ui, caps, places[i], first + i, texts[i])) touched = first + i;
  }
  const std::vector<ui::Area> keys = foot.columns({1, 1, 1}, gap);
  const auto key = [&](std::size_t seat, std::string_view id, const std::string& words, bool can) {
    const bool tapped = caps.draw(
        ui, id, keys[seat], {.words = words, .look = can ? ui::Look::normal : ui::Look::quiet});
    if (tapped) ui.redraw();
    return tapped;
  };
  const bool is_first = pages_.size() == 1;
  const bool is_last = places.size() == texts.size();
  if (key(0, "candidate.fewer", ui.tr("keyboard.fewer"), true)) fold();
  if (key(1, "candidate.previous", ui.tr("keyboard.previous"), !is_first)) pages_.pop_back();
  if (key(2, "candidate.next", ui.tr("keyboard.next"), !is_last)) {
    pages_.push_back(first + places.size());
  }
  return touched;
}

}  // namespace input
