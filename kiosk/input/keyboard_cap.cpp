#include "kiosk/input/keyboard_cap.h"

namespace input {
namespace {

constexpr base::Milliseconds lit_time{80};
constexpr base::Milliseconds repeat_after{400};
constexpr base::Milliseconds repeat_every{80};

constexpr float padding = 8;
constexpr float smallest = 22;
constexpr float icon_size = 40;
constexpr float beside_icon = 10;

void draw_face(ui::Ui& ui, const ui::Ui::Face& control, CapFace face) {
  if (face.icon_alone) {
    ui.icon(control.inside, face.icon, icon_size, control.ink);
    return;
  }
  ui::Area inside = control.inside.inset(padding, 0);
  ui::TextStyle style{.size = face.size,
                      .weight = face.weight,
                      .color = control.ink,
                      .align = ui::Align::center,
                      .line = 1.2F,
                      .max_lines = 1};
  float width = ui.text_width(face.words, style);
  while (width > inside.w && style.size > smallest) {
    style.size -= 2;
    width = ui.text_width(face.words, style);
  }
  const float icon = style.size * 1.2F;
  const float both = icon + beside_icon + width + 1;
  // On a narrow cap the words say enough.
  if (!face.icon.empty() && both <= inside.w) {
    inside = inside.centered(both, inside.h);
    const ui::Area seat = face.icon_behind ? inside.take_right(icon, beside_icon)
                                           : inside.take_left(icon, beside_icon);
    ui.icon(seat, face.icon, icon, control.ink);
  }
  ui.label(inside, face.words, style);
}

}  // namespace

bool Caps::draw(ui::Ui& ui, std::string_view id, ui::Area area, CapFace face) {
  const bool fills = face.look == ui::Look::key || face.look == ui::Look::side_key;
  const base::Tick lit_until = press_.since + lit_time;
  if (fills && press_.id == id && ui.tick() < lit_until) {
    face.look = ui::Look::lit_key;
    ui.redraw_at(lit_until);
  }
  const ui::Ui::Face control = ui.control(
      id, area, face.look, ui::space::radius_key,
      {ui::Role::key, {}, std::string(face.words), {}, {}, face.look != ui::Look::quiet, false});
  draw_face(ui, control, face);
  return follow(ui, id, control, face.repeats);
}

bool Caps::follow(ui::Ui& ui, std::string_view id, const ui::Ui::Face& control, bool repeats) {
  const bool same = press_.id == id;
  const base::Tick now = ui.tick();
  if (!control.held) {
    if (same) press_.held = false;
    return control.activated && !(same && press_.repeated);
  }
  if (!same || !press_.held) {
    press_ = {std::string(id), now, now + repeat_after, true, false};
    ui.redraw_at(now + lit_time);
  }
  if (!repeats) return false;
  const bool due = now >= press_.next;
  if (due) {
    press_.next = now + repeat_every;
    press_.repeated = true;
  }
  ui.redraw_at(press_.next);
  return due;
}

}  // namespace input
