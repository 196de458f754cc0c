#include "kiosk/app/bars.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/ui/dates.h"

namespace app {
namespace {

using ui::Align;
using ui::Area;
using ui::Tone;
using ui::Weight;

// A little smaller is better than a second line; where that does not help, two lines at full size.
float size_for_a_line(ui::Ui& ui, std::string_view words, ui::TextStyle style, float room) {
  constexpr float full = 26;
  for (style.size = full; style.size >= ui::type::caption; style.size -= 2) {
    if (ui.text_width(words, style) <= room) return style.size;
  }
  return full;
}

bool bar_item(ui::Ui& ui, std::string_view id, Area area, std::string_view icon,
              std::string_view words, ui::Look look) {
  const ui::Ui::Face face =
      ui.control(id, area, look, ui::space::radius_key,
                 {ui::Role::button, {}, std::string(words), {}, {}, true, false});
  Area inside = face.inside;
  const bool roomy = !ui.metrics().portrait() && area.w >= 190;
  const bool wide = look == ui::Look::attention || roomy;
  ui::TextStyle style{.size = ui::type::caption,
                      .weight = Weight::bold,
                      .color = face.ink,
                      .align = wide ? Align::left : Align::center,
                      .line = 1.15F,
                      .max_lines = 2};
  if (wide) {
    const float room = inside.w - 76;
    style.size = size_for_a_line(ui, words, style, room);
    const float width = std::min(ui.text_width(words, style) + 2, room);
    Area row = inside.centered(width + 52, inside.h);
    ui.icon(row.take_left(40, 12), icon, 40, face.ink);
    ui.label(row, words, style);
  } else {
    Area column = inside.centered(inside.w - 8, 74);
    ui.icon(column.take_top(38, 4), icon, 34, face.ink);
    ui.label(column, words, style);
  }
  return face.activated;
}

}  // namespace

void draw_state_bar(ui::Ui& ui, Area bar, const StateLine& state) {
  const ui::Palette& c = ui.colors();
  ui.painter().fill(bar, state.staff ? ui::rgb(0x6B4500) : c.bar);
  if (ui.theme() == ui::Theme::high_contrast) {
    ui.painter().fill({bar.x, bar.bottom() - 4, bar.w, 4}, c.on_bar);
  }
  Area inside = bar.inset(ui.metrics().margin(), 0);
  ui.icon(inside.take_left(36, 18), "gate", 36, c.on_bar);

  const bool online = state.network == Network::online;
  const std::string network = ui.tr(online                           ? "state.online"
                                    : state.network == Network::none ? "state.alone"
                                                                     : "state.offline");
  const ui::TextStyle small{.size = 24, .color = c.on_bar, .max_lines = 1};
  if (online) {
    const float width = ui.text_width(network, small) + 2;
    ui.label(inside.take_right(width, 10), network, small);
    ui.icon(inside.take_right(30, 22), "online", 28, c.on_bar);
  } else {
    const float width = ui.chip_width(network, true);
    const Area seat = inside.take_right(width, 22);
    ui.chip(seat.x, seat.center_y() - 19, network, Tone::attention, "offline");
  }
  const std::string time = fmt::format("{}:{:02}", state.now.time.hour(), state.now.time.minute());
  const ui::TextStyle bold{.size = 24, .weight = Weight::bold, .color = c.on_bar, .max_lines = 1};
  if (state.staff_look) {
    const std::string look = ui.tr("state.staff_look");
    const float chip = ui.chip_width(look, true);
    const float beside = ui.text_width(state.center, bold) + ui.text_width(time, bold) + 46;
    // On a narrow screen the bell says it alone, and the name of the place stays whole.
    if (chip + beside > inside.w) {
      ui.icon(inside.take_right(26, 8), "bell", 26, c.on_bar);
    } else {
      const Area seat = inside.take_right(chip, 22);
      ui.chip(seat.x, seat.center_y() - 19, look, Tone::error, "bell");
    }
  }
  ui.label(inside.take_right(ui.text_width(time, bold) + 2, 20), time, bold);
  const std::string date = ui::short_date(ui, state.now.date);
  const float date_width = ui.text_width(date, small) + 2;
  // On a narrow screen the name of the place goes before the date.
  if (ui.text_width(state.center, bold) + 24 + date_width <= inside.w) {
    ui.label(inside.take_right(date_width, 24), date, small);
  }
  ui.label(inside, state.center, bold);
}

BarAction draw_access_bar(ui::Ui& ui, Area bar, const BottomBar& what) {
  const ui::Palette& c = ui.colors();
  ui.painter().fill(bar, c.sunken);
  ui.rule(bar.x, bar.y, bar.w);
  const bool crowded = ui.metrics().compact() && !ui.metrics().portrait();
  Area inside = bar.inset(ui.metrics().portrait() ? 32 : crowded ? 16 : 24, crowded ? 6 : 12);
  std::vector<float> weights{crowded ? 1.9F : 1.75F};
  if (what.home) weights.push_back(1);
  weights.push_back(1);
  if (what.languages) weights.push_back(1);
  const std::vector<Area> seats = inside.columns(weights, crowded ? 8 : 12);
  std::size_t next = 0;
  BarAction action = BarAction::none;
  if (bar_item(ui, "bar.call", seats[next++], "call-person", ui.tr("bar.call"),
               ui::Look::attention)) {
    action = BarAction::call_person;
  }
  if (what.home &&
      bar_item(ui, "bar.home", seats[next++], "home", ui.tr("bar.home"), ui::Look::normal)) {
    action = BarAction::home;
  }
  const bool contrast = ui.theme() == ui::Theme::high_contrast;
  if (bar_item(ui, "bar.contrast", seats[next++], contrast ? "check" : "contrast",
               ui.tr("bar.contrast"), contrast ? ui::Look::selected : ui::Look::normal)) {
    action = BarAction::contrast;
  }
  if (what.languages &&
      bar_item(ui, "bar.language", seats[next], "globe", ui.tr("bar.language"), ui::Look::normal)) {
    action = BarAction::language;
  }
  return action;
}

}  // namespace app
