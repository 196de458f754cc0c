#include "kiosk/ui/patterns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr float left_column = 600;  // head and summary in landscape
constexpr float label_height = 40;  // above a field
constexpr float field_height = 92;
constexpr float field_gap = 16;

// The gate of the central axis: where the visitor stands. Drawn of plain rectangles.
void draw_gate(Ui& ui, float center_x, float base_y) {
  const Color color = ui.colors().primary;
  Painter& painter = ui.painter();
  const auto part = [&](float dx, float dy, float w, float h) {
    painter.fill({center_x + dx - w / 2, base_y - dy - h, w, h}, color);
  };
  part(0, 0, 54, 5);
  part(-18, 5, 10, 21);
  part(18, 5, 10, 21);
  part(0, 18, 44, 8);
  part(0, 26, 58, 5);
  part(0, 31, 44, 4);
  part(0, 35, 26, 4);
}

void draw_axis(Ui& ui, Area area, int step, int steps) {
  const Palette& c = ui.colors();
  Painter& painter = ui.painter();
  const float first = area.x + 30;
  const float length = area.w - 60;
  const float y = area.y + area.h - 18;
  const auto at = [&](int n) {
    return first + length * static_cast<float>(n - 1) / static_cast<float>(std::max(steps - 1, 1));
  };
  painter.fill({first, y - 2, length, 3}, c.edge);
  painter.fill({first, y - 4, at(step) - first, 7}, c.primary);
  for (int n = 1; n <= steps; ++n) {
    if (n == step) continue;
    const Area box{at(n) - 11, y - 11, 22, 22};
    if (n < step) {
      painter.fill_rounded(box, 4, c.primary);
      painter.icon(box, "check", 18, c.on_primary);
    } else {
      painter.ring(box, 5, 3, c.edge, c.bg);
    }
  }
  draw_gate(ui, at(step), area.bottom());
}

}  // namespace

Area flow_head(Ui& ui, const Page& page, const Head& head) {
  const float margin = ui.metrics().margin();
  Area body = page.body.inset(margin, 0);
  const bool portrait = ui.metrics().portrait();
  body.take_top(28);
  Area column = portrait ? body.take_top(head.steps > 0 ? 124.0F : 56.0F, 20)
                         : body.take_left(left_column, 56);
  Area line = column.take_top(52, 20);
  ui.icon(line.take_left(44, 16), head.icon, 44, ui.colors().on_tint);
  if (head.steps > 0) {
    const std::string words = ui.tr("flow.step", {{"step", fmt::format("{}", head.step)},
                                                  {"steps", fmt::format("{}", head.steps)}});
    const TextStyle style{
        .size = 26, .weight = Weight::bold, .align = Align::right, .max_lines = 1};
    ui.label(line.take_right(ui.text_width(words, style) + 4, 12), words, style);
  }
  TextStyle title{.size = 32, .weight = Weight::bold, .max_lines = 1};
  if (ui.text_width(head.title, title) > line.w) title.size = type::body;
  if (ui.text_width(head.title, title) > line.w) {
    title.size = type::caption, title.line = 1.1F, title.max_lines = 2;
  }
  ui.label(line, head.title, title);
  if (head.steps > 0) draw_axis(ui, column.take_top(52, 24), head.step, head.steps);
  if (!portrait) {
    for (const std::string& each : head.chosen) {
      Area row = column.take_top(48, 8);
      ui.icon(row.take_left(28, 12), "check", 26, ui.colors().ok);
      ui.label(row, each, {.size = type::body, .color = ui.colors().ink2, .max_lines = 1});
    }
  }
  return body;
}

Area question(Ui& ui, Area area, std::string_view words, std::string_view hint) {
  const float used = ui.heading(area, words);
  area.take_top(used, 12);
  if (!hint.empty()) {
    const float height =
        ui.text(area, hint, {.size = type::body, .color = ui.colors().ink2, .line = 1.45F});
    area.take_top(height, 12);
  }
  area.take_top(8);
  return area;
}

Action action_bar(Ui& ui, const Page& page, const Actions& actions) {
  Area bar = page.actions;
  const bool portrait = ui.metrics().portrait();
  if (portrait) {
    ui.rule(bar.x, bar.y, bar.w);
    bar = bar.inset(ui.metrics().margin(), 0);
    bar.take_top(20), bar.take_bottom(24);
  } else {
    bar = bar.inset(16, 12);
  }
  std::vector<float> weights;
  if (actions.back) weights.push_back(1);
  if (actions.stop) weights.push_back(1.15F);
  if (!actions.secondary.empty()) weights.push_back(1.5F);
  if (!actions.primary.empty()) weights.push_back(2.1F);
  if (weights.empty()) return Action::none;
  const std::vector<Area> seats = bar.columns(weights, 20);
  std::size_t next = 0;
  Action chosen = Action::none;
  if (actions.back &&
      ui.button("action.back", seats[next++], ui.tr("flow.back"), {.icon = "back"})) {
    chosen = Action::back;
  }
  if (actions.stop &&
      ui.button("action.stop", seats[next++], ui.tr("flow.stop"), {.icon = "stop"})) {
    chosen = Action::stop;
  }
  if (!actions.secondary.empty() && ui.button("action.secondary", seats[next++], actions.secondary,
                                              {.icon = actions.secondary_icon})) {
    chosen = Action::secondary;
  }
  if (!actions.primary.empty() && ui.button("action.primary", seats[next], actions.primary,
                                            {.look = actions.enabled ? Look::primary : Look::quiet,
                                             .icon = actions.primary_icon,
                                             .icon_behind = true})) {
    chosen = Action::primary;
  }
  return chosen;
}

// ---- tiles --------------------------------------------------------------------------------------

bool hero_tile(Ui& ui, std::string_view id, Area area, const TileFace& face) {
  const Ui::Face control =
      ui.control(id, area, Look::primary, space::radius_hero,
                 {Role::button, {}, face.title, face.line, {}, true, false}, space::hero_ledge);
  const bool roomy = area.w > 720;
  const float icon = roomy ? 92 : 72;
  Area inside = control.inside.inset(roomy ? 52 : 32, 16);
  ui.icon(inside.take_left(icon, roomy ? 44 : 28), face.icon, icon, control.ink);
  ui.icon(inside.take_right(52, roomy ? 24 : 12), "next", 48, control.ink);
  const TextStyle title{.size = 48, .weight = Weight::bold, .color = control.ink, .line = 1.3F};
  const TextStyle line{.size = 30, .color = control.ink2, .line = 1.4F};
  const float title_height = ui.text_height(face.title, title, inside.w);
  const float line_height = ui.text_height(face.line, line, inside.w);
  inside.take_top((inside.h - title_height - line_height - 8) / 2);
  ui.text(inside.take_top(title_height, 8), face.title, title);
  ui.text(inside, face.line, line);
  return control.activated;
}

bool main_tile(Ui& ui, std::string_view id, Area area, const TileFace& face) {
  const Ui::Face control = ui.control(id, area, Look::normal, space::radius_card,
                                      {Role::button, {}, face.title, face.fact, {}, true, false});
  Area inside = control.inside.inset(24, 16);
  Area seat = inside.take_left(108, 24);
  seat = seat.centered(108, 108);
  ui.painter().fill_rounded(seat, 16, ui.colors().tint);
  ui.icon(seat, face.icon, 56, ui.colors().on_tint);
  TextStyle title{.size = type::tile, .weight = Weight::bold, .color = control.ink, .line = 1.25F};
  if (ui.text_width(face.title, title) > inside.w) title.size = 32;
  const TextStyle line{.size = 24, .color = control.ink2, .line = 1.35F};
  const bool show_line = !face.line.empty() && !ui.metrics().compact();
  const float title_height = ui.text_height(face.title, title, inside.w);
  const float line_height = show_line ? ui.text_height(face.line, line, inside.w) + 6 : 0;
  const float fact_height = face.fact.empty() ? 0 : 50;
  inside.take_top(std::max(0.0F, (inside.h - title_height - line_height - fact_height) / 2));
  ui.text(inside.take_top(title_height, 6), face.title, title);
  if (show_line) ui.text(inside.take_top(line_height - 6, 12), face.line, line);
  if (!face.fact.empty()) ui.chip(inside.x, inside.y, face.fact, face.tone);
  return control.activated;
}

bool small_tile(Ui& ui, std::string_view id, Area area, const TileFace& face) {
  const Ui::Face control = ui.control(id, area, Look::normal, space::radius_card,
                                      {Role::button, {}, face.title, face.fact, {}, true, false});
  Area inside = control.inside.inset(22, 8);
  ui.icon(inside.take_left(46, 18), face.icon, 44, ui.colors().on_tint);
  TextStyle title{.size = type::button, .weight = Weight::bold, .color = control.ink, .line = 1.2F};
  if (ui.text_height(face.title, title, inside.w) > inside.h) title.size = type::body;
  if (face.fact.empty()) {
    ui.label(inside, face.title, title);
  } else {
    const float height = ui.text_height(face.title, title, inside.w);
    inside.take_top(std::max(0.0F, (inside.h - height - 44) / 2));
    ui.text(inside.take_top(height, 6), face.title, title);
    ui.chip(inside.x, inside.y, face.fact, face.tone);
  }
  return control.activated;
}

// ---- rows ---------------------------------------------------------------------------------------

namespace {

constexpr float row_seat = 64;
constexpr float row_padding = 24;

TextStyle row_title(Color color = 0) {
  return {.size = 32, .weight = Weight::bold, .color = color, .line = 1.3F};
}
TextStyle row_line(Color color = 0) {
  return {.size = 25, .color = color, .line = 1.4F};
}

// Width left for the words between seat and state.
float row_words(Ui& ui, const RowFace& face, float width) {
  float room = width - 2 * row_padding;
  if (!face.icon.empty() || face.tick_box) room -= row_seat + 20;
  if (!face.state.empty()) room -= ui.text_width(face.state, row_line()) + 56;
  if (face.chevron) room -= 44;
  return room;
}

}  // namespace

float row_height(Ui& ui, const RowFace& face, float width) {
  const float room = row_words(ui, face, width);
  float height = ui.text_height(face.title, row_title(), room);
  if (!face.line.empty()) height += 4 + ui.text_height(face.line, row_line(), room);
  return std::max(space::row, height + 40);
}

bool list_row(Ui& ui, std::string_view id, Area area, const RowFace& face) {
  const Look look = !face.enabled ? Look::quiet : face.selected ? Look::selected : Look::normal;
  const Ui::Face control = ui.control(id, area, look, space::radius_card,
                                      {face.tick_box ? Role::choice : Role::button,
                                       {},
                                       face.title,
                                       face.state,
                                       {},
                                       face.enabled,
                                       face.selected});
  const float room = row_words(ui, face, area.w);
  Area inside = control.inside.inset(row_padding, 0);
  if (face.tick_box) {
    const Area box = inside.take_left(row_seat, 20).centered(44, 44);
    if (face.selected) {
      ui.painter().fill_rounded(box, 8, ui.colors().primary);
      ui.icon(box, "check", 36, ui.colors().on_primary);
    } else {
      ui.painter().ring(box, 8, 3, ui.colors().edge, ui.colors().surface);
    }
  } else if (!face.icon.empty()) {
    const Area seat = inside.take_left(row_seat, 20).centered(row_seat, row_seat);
    ui.painter().fill_rounded(seat, 12, ui.colors().tint);
    ui.icon(seat, face.icon, 40, ui.colors().on_tint);
  }
  if (face.chevron) ui.icon(inside.take_right(36, 8), "chevron-right", 32, control.ink2);
  if (!face.state.empty()) {
    Area state = inside.take_right(ui.text_width(face.state, row_line()) + 48, 8);
    TextStyle style = row_line(control.ink);
    style.weight = Weight::bold;
    style.align = Align::right;
    style.max_lines = 1;
    if (face.selected) ui.icon(state.take_left(30, 4), "check", 30, control.ink);
    ui.label(state, face.state, style);
  }
  inside.w = room;
  const float title = ui.text_height(face.title, row_title(), room);
  const float line = face.line.empty() ? 0 : 4 + ui.text_height(face.line, row_line(), room);
  inside.take_top((inside.h - title - line) / 2);
  ui.text(inside.take_top(title, 4), face.title, row_title(control.ink));
  if (line > 0) ui.text(inside, face.line, row_line(control.ink2));
  return control.activated;
}

int list(Ui& ui, std::string_view prefix, Area view, Kinetic& kinetic,
         const std::vector<ListItem>& items, int columns) {
  constexpr float gap = 16;
  // Room for the focus ring at the sides, and for the bar that shows how much there is.
  Area at = ui.begin_scroll(prefix, {view.x - 12, view.y, view.w + 28, view.h}, kinetic);
  at = {view.x, at.y + 6, view.w, at.h};
  const float width =
      (view.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  int touched = -1;
  float y = at.y;
  for (std::size_t i = 0; i < items.size(); i += static_cast<std::size_t>(columns)) {
    const std::size_t end = std::min(items.size(), i + static_cast<std::size_t>(columns));
    float height = 0;
    for (std::size_t n = i; n < end; ++n) {
      height = std::max(height, row_height(ui, items[n].face, width));
    }
    for (std::size_t n = i; n < end; ++n) {
      const Area area{at.x + static_cast<float>(n - i) * (width + gap), y, width, height};
      if (list_row(ui, fmt::format("{}.{}", prefix, items[n].id), area, items[n].face)) {
        touched = static_cast<int>(n);
      }
    }
    y += height + gap;
  }
  ui.end_scroll(y);
  return touched;
}

bool review_row(Ui& ui, std::string_view id, Area area, std::string_view label,
                std::string_view value, bool changeable) {
  bool touched = false;
  if (changeable) {
    const std::string words = ui.tr("flow.change");
    const float width =
        std::max(150.0F, ui.text_width(words, {.size = type::body, .weight = Weight::bold}) + 80);
    const Area seat = area.take_right(width, 16).centered(width, space::target - 8);
    touched = ui.button(id, seat, words,
                        {.icon = "edit", .size = type::body, .radius = space::radius_key});
  }
  const TextStyle small{.size = 24, .color = ui.colors().ink2, .line = 1.3F};
  const TextStyle big{.size = 32, .weight = Weight::bold, .line = 1.3F, .max_lines = 2};
  const float height = ui.text_height(label, small, area.w) + ui.text_height(value, big, area.w);
  area.take_top(std::max(0.0F, (area.h - height) / 2));
  area.take_top(ui.text(area, label, small));
  ui.text(area, value, big);
  return touched;
}

FieldSeats field_seats(Ui& ui, Area content, std::string_view error) {
  constexpr float seat = label_height + field_height;
  const float sentence =
      error.empty() ? 0 : ui.text_height(error, {.size = type::body}, content.w - 46) + 20;
  if (ui.metrics().portrait()) {
    const Area first = content.take_top(seat, 20 + sentence);
    const Area second = content.take_top(seat, 20);
    return {first, second, content};
  }
  const std::vector<Area> columns = content.take_top(seat, 20).columns({1, 1.4F}, 28);
  return {columns[0], columns[1], content};
}

bool labelled_field(Ui& ui, std::string_view id, Area seat, TextField& typed,
                    const Ui::FieldStyle& style, float beside) {
  ui.text(seat.take_top(label_height), style.name, {.size = 24, .max_lines = 1});
  if (beside > 0) seat.take_right(beside, field_gap);
  return ui.field(id, seat, typed, style);
}

Area beside_field(Area seat, float width) {
  seat.take_top(label_height);
  return seat.take_right(width, field_gap);
}

void draw_qr(Painter& painter, Area area, const device::QrCode& code) {
  constexpr int quiet = 4;
  const auto side = static_cast<float>(code.side + 2 * quiet);
  const float scale = painter.metrics().scale();
  // An area made for whole modules must not lose one to rounding.
  const float module_px = std::floor(std::min(area.w, area.h) * scale / side + 0.01F);
  const float module = std::max(module_px, 1.0F) / scale;
  Area box = area.centered(module * side, module * side);
  box.x = std::round(box.x * scale) / scale;
  box.y = std::round(box.y * scale) / scale;
  painter.fill(box, rgb(0xFFFFFF));
  for (int y = 0; y < code.side; ++y) {
    for (int x = 0; x < code.side;) {
      int end = x;
      while (end < code.side && code.black(end, y)) ++end;
      if (end > x) {
        painter.fill({box.x + module * static_cast<float>(x + quiet),
                      box.y + module * static_cast<float>(y + quiet),
                      module * static_cast<float>(end - x), module},
                     rgb(0x000000));
      }
      x = std::max(end, x + 1);
    }
  }
}

NoticeAnswer notice_page(Ui& ui, Area area, const Notice& notice) {
  const float width = std::min(area.w - 2 * ui.metrics().margin(), 900.0F);
  const TextStyle body{.size = 30, .align = Align::center, .line = 1.5F};
  const TextStyle title{
      .size = type::question, .weight = Weight::bold, .align = Align::center, .line = 1.3F};
  const float title_height = ui.text_height(notice.title, title, width);
  const float body_height = ui.text_height(notice.body, body, width);
  const float height = 140 + title_height + 20 + body_height + 48 + 112;
  Area column = area.centered(width, height);
  const Color ink = notice.tone == Tone::error       ? ui.colors().err
                    : notice.tone == Tone::attention ? ui.colors().attn
                    : notice.tone == Tone::ok        ? ui.colors().ok
                                                     : ui.colors().on_tint;
  ui.icon(column.take_top(108, 32), notice.icon, 92, ink);
  ui.text(column.take_top(title_height, 20), notice.title, title);
  ui.text(column.take_top(body_height, 48), notice.body, body);
  Area row = column.take_top(112);
  NoticeAnswer answer = NoticeAnswer::none;
  if (notice.other.empty()) {
    row = row.centered(std::min(width, 520.0F), row.h);
  } else {
    const std::vector<Area> seats = row.columns({1, 1}, 24);
    if (ui.button("notice.other", seats[0], notice.other)) answer = NoticeAnswer::other;
    row = seats[1];
  }
  if (ui.button("notice.safe", row, notice.safe, {.look = Look::primary})) {
    answer = NoticeAnswer::safe;
  }
  return answer;
}

}  // namespace ui
