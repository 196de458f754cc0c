#include "kiosk/ui/patterns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

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

std::string step_words(const Ui& ui, int step, int steps) {
  return ui.tr("flow.step",
               {{"step", fmt::format("{}", step)}, {"steps", fmt::format("{}", steps)}});
}

}  // namespace

Area flow_head(Ui& ui, const Page& page, const Head& head) {
  const float margin = ui.metrics().margin();
  Area body = page.body.inset(margin, 0);
  const bool portrait = ui.metrics().portrait();
  body.take_top(ui.metrics().compact() ? 12.0F : 28.0F);
  Area column = portrait ? body.take_top(head.steps > 0 ? 124.0F : 56.0F, 20)
                         : body.take_left(ui.metrics().side() - 2 * margin, margin);
  Area line = column.take_top(52, 20);
  ui.icon(line.take_left(44, 16), head.icon, 44, ui.colors().on_tint);
  if (head.steps > 0) {
    const TextStyle style{
        .size = 26, .weight = Weight::bold, .align = Align::right, .max_lines = 1};
    // As wide as on the last step: the title beside it keeps its size.
    const float width = ui.text_width(step_words(ui, head.steps, head.steps), style);
    ui.label(line.take_right(width + 4, 12), step_words(ui, head.step, head.steps), style);
  }
  const TextStyle title{.size = 32, .weight = Weight::bold, .line = 1.1F, .max_lines = 2};
  ui.label(line, head.title, ui.fitting(head.title, title, line));
  if (head.steps > 0) draw_axis(ui, column.take_top(52, 24), head.step, head.steps);
  if (!portrait) {
    for (const std::string& each : head.chosen) {
      const TextStyle style{.size = type::body, .color = ui.colors().ink2};
      const float height = std::max(48.0F, ui.text_height(each, style, column.w - 40));
      Area row = column.take_top(height, 8);
      ui.icon(row.take_left(28, 12), "check", 26, ui.colors().ok);
      ui.label(row, each, style);
    }
  }
  return body;
}

namespace {

// On a compact screen smaller, and smaller yet where that saves a line.
float question_size(Ui& ui, std::string_view words, float width) {
  constexpr float compact = 38;
  constexpr float smallest = 32;
  if (!ui.metrics().compact()) return type::question;
  const auto one_line = [&](float size) {
    return ui.text_width(words, {.size = size, .weight = Weight::bold}) <= width;
  };
  return !one_line(compact) && one_line(smallest) ? smallest : compact;
}

}  // namespace

Area question(Ui& ui, Area area, std::string_view words, std::string_view hint) {
  const bool compact = ui.metrics().compact();
  area.take_top(ui.heading(area, words, question_size(ui, words, area.w)), 12);
  const TextStyle style{
      .size = compact ? type::caption : type::body, .color = ui.colors().ink2, .line = 1.45F};
  const float height = hint.empty() ? 0 : ui.text_height(hint, style, area.w);
  constexpr float answers = 240;
  if (height > 0 && area.h - height >= answers) {
    ui.text(area, hint, style);
    area.take_top(height, 12);
  }
  if (!compact) area.take_top(8);
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
    ui.rule(bar.x, bar.y, bar.w);
    bar = bar.inset(0, 12);
    bar.take_right(ui.metrics().margin());
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
  const bool compact = ui.metrics().compact();
  const bool roomy = area.w > 720 && !compact;
  const float icon = roomy ? 92 : 72;
  Area inside = control.inside.inset(roomy ? 52 : 32, 16);
  ui.icon(inside.take_left(icon, roomy ? 44 : 28), face.icon, icon, control.ink);
  ui.icon(inside.take_right(52, roomy ? 24 : 12), "next", 48, control.ink);
  const TextStyle title{
      .size = compact ? 40.0F : 48.0F, .weight = Weight::bold, .color = control.ink, .line = 1.3F};
  const TextStyle line{
      .size = compact ? type::body : type::button, .color = control.ink2, .line = 1.4F};
  const float title_height = ui.text_height(face.title, title, inside.w);
  const float line_height = ui.text_height(face.line, line, inside.w);
  inside.take_top((inside.h - title_height - line_height - 8) / 2);
  ui.text(inside.take_top(title_height, 8), face.title, title);
  ui.text(inside, face.line, line);
  return control.activated;
}

namespace {

// The parts of a tile at this screen.
struct TileShape {
  float padding;
  float seat;  // of the icon
  float gap;   // between icon and words
  float title;
  float smaller_title;
};
constexpr TileShape main_shape{
    .padding = 24, .seat = 108, .gap = 24, .title = type::tile, .smaller_title = 32};
constexpr TileShape compact_main_shape{
    .padding = 20, .seat = 72, .gap = 16, .title = 32, .smaller_title = 28};
constexpr TileShape small_shape{
    .padding = 22, .seat = 46, .gap = 18, .title = type::button, .smaller_title = type::caption};

const TileShape& main_tile_shape(const Metrics& metrics) {
  return metrics.compact() ? compact_main_shape : main_shape;
}

float words_width(const TileShape& shape, float tile) {
  return tile - 2 * shape.padding - shape.seat - shape.gap;
}

TextStyle small_title(float size, Color ink = 0) {
  return {.size = size, .weight = Weight::bold, .color = ink, .line = 1.2F};
}

}  // namespace

float main_title_size(Ui& ui, Area tile, const std::vector<std::string>& titles) {
  const TileShape& shape = main_tile_shape(ui.metrics());
  const float room = words_width(shape, tile.w);
  const TextStyle style{.size = shape.title, .weight = Weight::bold};
  const auto fits = [&](const std::string& each) { return ui.text_width(each, style) <= room; };
  return std::ranges::all_of(titles, fits) ? shape.title : shape.smaller_title;
}

float small_title_size(Ui& ui, Area tile, const std::vector<std::string>& titles) {
  const Area words{0, 0, words_width(small_shape, tile.w), tile.h - space::ledge - 8};
  // A little smaller is better than a second line; much smaller is not.
  for (float size = small_shape.title; size >= small_shape.smaller_title; size -= 2) {
    const auto one_line = [&](const std::string& each) {
      return ui.text_width(each, small_title(size)) <= words.w;
    };
    if (std::ranges::all_of(titles, one_line)) return size;
  }
  float size = small_shape.title;
  for (const std::string& each : titles) size = ui.fitting(each, small_title(size), words).size;
  return size;
}

bool main_tile(Ui& ui, std::string_view id, Area area, const TileFace& face, float title_size) {
  const Ui::Face control = ui.control(id, area, Look::normal, space::radius_card,
                                      {Role::button, {}, face.title, face.fact, {}, true, false});
  const TileShape& shape = main_tile_shape(ui.metrics());
  Area inside = control.inside.inset(shape.padding, 12);
  const Area seat = inside.take_left(shape.seat, shape.gap).centered(shape.seat, shape.seat);
  ui.painter().fill_rounded(seat, 16, ui.colors().tint);
  ui.icon(seat, face.icon, shape.seat * 0.52F, ui.colors().on_tint);
  const TextStyle title{
      .size = title_size, .weight = Weight::bold, .color = control.ink, .line = 1.25F};
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

bool small_tile(Ui& ui, std::string_view id, Area area, const TileFace& face, float title_size) {
  const Ui::Face control = ui.control(id, area, Look::normal, space::radius_card,
                                      {Role::button, {}, face.title, face.fact, {}, true, false});
  Area inside = control.inside.inset(small_shape.padding, 4);
  ui.icon(inside.take_left(small_shape.seat, small_shape.gap), face.icon, 44, ui.colors().on_tint);
  const TextStyle title = small_title(title_size, control.ink);
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

TextStyle row_title(Ui& ui, std::string_view words, float room, Color color = 0) {
  constexpr float any_height = 1e5F;
  return ui.fitting(words, {.size = 32, .weight = Weight::bold, .color = color, .line = 1.3F},
                    {0, 0, room, any_height});
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
  float height = ui.text_height(face.title, row_title(ui, face.title, room), room);
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
  const float title = ui.text_height(face.title, row_title(ui, face.title, room), room);
  const float line = face.line.empty() ? 0 : 4 + ui.text_height(face.line, row_line(), room);
  inside.take_top((inside.h - title - line) / 2);
  ui.text(inside.take_top(title, 4), face.title, row_title(ui, face.title, room, control.ink));
  if (line > 0) ui.text(inside, face.line, row_line(control.ink2));
  return control.activated;
}

Area begin_column(Ui& ui, std::string_view id, Area view, Kinetic& kinetic) {
  const Area start = ui.begin_scroll(id, {view.x - 12, view.y, view.w + 28, view.h}, kinetic);
  return {view.x, start.y, view.w, 1e5F};
}

int list(Ui& ui, std::string_view prefix, Area view, Kinetic& kinetic,
         const std::vector<ListItem>& items, int columns) {
  constexpr float gap = 16;
  Area at = begin_column(ui, prefix, view, kinetic);
  at.take_top(6);
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

namespace {

constexpr TextStyle review_label{.size = 24, .line = 1.3F};
constexpr TextStyle review_value{.size = 32, .weight = Weight::bold, .line = 1.3F, .max_lines = 2};

float change_width(Ui& ui) {
  const TextStyle words{.size = type::body, .weight = Weight::bold};
  return std::max(150.0F, ui.text_width(ui.tr("flow.change"), words) + 80);
}

float review_words_height(Ui& ui, std::string_view label, std::string_view value, float width) {
  return ui.text_height(label, review_label, width) + ui.text_height(value, review_value, width);
}

}  // namespace

float review_height(Ui& ui, std::string_view label, std::string_view value, float width) {
  constexpr float least = 128;
  constexpr float around = 28;
  const float words = width - change_width(ui) - space::gap;
  return std::max(least, review_words_height(ui, label, value, words) + around);
}

bool review_row(Ui& ui, std::string_view id, Area area, std::string_view label,
                std::string_view value, bool changeable) {
  bool touched = false;
  if (changeable) {
    const float width = change_width(ui);
    const Area seat = area.take_right(width, space::gap).centered(width, space::target - 8);
    touched = ui.button(id, seat, ui.tr("flow.change"),
                        {.icon = "edit", .size = type::body, .radius = space::radius_key});
  }
  const float height = review_words_height(ui, label, value, area.w);
  // In the middle of its button; by itself at the top, in line with its neighbours.
  if (changeable) area.take_top(std::max(0.0F, (area.h - height) / 2));
  TextStyle small = review_label;
  small.color = ui.colors().ink2;
  area.take_top(ui.text(area, label, small));
  ui.text(area, value, review_value);
  return touched;
}

namespace {

constexpr float above_error = 10;
constexpr float between_fields = 20;
constexpr float between_columns = 28;
constexpr float beside_field = 16;

FieldSeat field_seat(const Ui& ui, Area area, float beside) {
  FieldSeat seat;
  seat.label = area.take_top(ui.metrics().compact() ? 34.0F : 40.0F);
  if (beside > 0) seat.beside = area.take_right(beside, beside_field);
  seat.field = area;
  return seat;
}

Area take_error(Ui& ui, Area& content, std::string_view error) {
  if (error.empty()) return {};
  content.take_top(above_error);
  return content.take_top(ui.error_height(error, content.w));
}

}  // namespace

FieldSeats field_seats(Ui& ui, Area content, const TwoFields& wanted) {
  const bool compact = ui.metrics().compact();
  const float height = compact ? 108.0F : 132.0F;
  FieldSeats seats;
  if (ui.metrics().portrait()) {
    seats.first = field_seat(ui, content.take_top(height), 0);
    seats.first.error = take_error(ui, content, wanted.first_error);
    content.take_top(between_fields);
    seats.second = field_seat(ui, content.take_top(height), wanted.beside);
    seats.second.error = take_error(ui, content, wanted.second_error);
  } else {
    const float beside = wanted.beside > 0 ? wanted.beside + beside_field : 0;
    // A phone number is no longer than a name; other things are.
    const float share = wanted.beside > 0 ? 1.0F / 2 : 1.0F / 2.3F;
    const float field = (content.w - between_columns - beside) * share;
    Area row = content.take_top(height);
    Area below = content;
    seats.first = field_seat(ui, row.take_left(field, between_columns), 0);
    seats.second = field_seat(ui, row, wanted.beside);
    // Each sentence stands below its field, or where that takes too much height, in a line.
    Area first = compact ? below : below.take_left(field, between_columns);
    seats.first.error = take_error(ui, first, wanted.first_error);
    Area& second = compact ? first : below;
    seats.second.error = take_error(ui, second, wanted.second_error);
    content.take_top(std::max(first.y, second.y) - content.y);
  }
  content.take_top(between_fields);
  seats.below = content;
  return seats;
}

bool labelled_field(Ui& ui, std::string_view id, const FieldSeat& seat, TextField& typed,
                    Ui::FieldStyle style) {
  style.error_seat = seat.error;
  ui.text(seat.label, style.name, {.size = 24, .max_lines = 1});
  return ui.field(id, seat.field, typed, style);
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

namespace {

// The narrowest width at which the words take no more lines: centered, they do not end in a line
// of one character.
float balanced(Ui& ui, std::string_view words, const TextStyle& style, float width) {
  constexpr float step = 16;
  const float height = ui.text_height(words, style, width);
  while (width > 2 * step && ui.text_height(words, style, width - step) <= height) width -= step;
  return width;
}

}  // namespace

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
  const Area words = column.take_top(body_height, 48);
  ui.text(words.centered(balanced(ui, notice.body, body, width), words.h), notice.body, body);
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
