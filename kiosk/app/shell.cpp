#include "kiosk/app/shell.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kiosk/app/bars.h"
#include "kiosk/ui/patterns.h"

namespace app {
namespace {

using base::Milliseconds;
using ui::Area;

constexpr Milliseconds countdown{30'000};
constexpr Milliseconds more_time{300'000};
// A second tap of a trembling hand lands on the page before it was read.
constexpr Milliseconds deaf_after_change{250};
// Nobody came: the other ways are named (care 15).
constexpr Milliseconds assist_patience{120'000};
constexpr Milliseconds frame{16};
constexpr Milliseconds corner_hold{3'000};
constexpr float corner_size = 120;

std::optional<ui::Key> translate(const device::InputEvent& event) {
  switch (event.key) {
    case device::Key::tab: return event.shift ? ui::Key::back_tab : ui::Key::tab;
    case device::Key::enter: return ui::Key::enter;
    case device::Key::escape: return ui::Key::escape;
    case device::Key::left: return ui::Key::left;
    case device::Key::right: return ui::Key::right;
    case device::Key::up: return ui::Key::up;
    case device::Key::down: return ui::Key::down;
    case device::Key::backspace: return ui::Key::backspace;
    case device::Key::del: return ui::Key::del;
    default: return std::nullopt;
  }
}

}  // namespace

Shell::Shell(ui::Ui& ui, Host& host, const base::Clock& clock, ShellSettings settings)
    : ui_(ui), host_(host), clock_(clock), settings_(std::move(settings)) {
  last_touch_ = clock_.tick();
  ui_.set_language(settings_.language);
  ui_.set_theme(settings_.theme);
  go_home();
  page_since_ = clock_.tick() - deaf_after_change;
}

void Shell::feed(const device::InputEvent& event) {
  using Kind = device::InputEvent::Kind;
  const base::Tick now = clock_.tick();
  switch (event.kind) {
    case Kind::press:
      swallow_press_ = now - page_since_ < deaf_after_change;
      input_.down = !swallow_press_;
      input_.x = event.x, input_.y = event.y;
      watch_corner(event.x, event.y);
      break;
    case Kind::move: input_.x = event.x, input_.y = event.y; break;
    case Kind::release:
      input_.down = false;
      input_.x = event.x, input_.y = event.y;
      watch_corner(-1, -1);
      break;
    case Kind::scroll: input_.wheel += event.scroll_y; break;
    case Kind::key_press:
      if (const auto key = translate(event)) input_.keys.push_back(*key);
      break;
    case Kind::character: input_.characters += event.character; break;
    default: return;
  }
  // Whatever a hand does counts as being here; only the countdown page wants a clear answer.
  if (overlay_ != Overlay::idle) last_touch_ = now;
}

const ImDrawData& Shell::draw() {
  const ImDrawData* frame_data = nullptr;
  for (int passes = 0; passes < 3; ++passes) {
    changed_ = false;
    watch_idle();
    ui_.begin(input_);
    pass();
    frame_data = &ui_.end();
    input_.keys.clear();
    input_.characters.clear();
    input_.wheel = 0;
    if (!changed_) break;
  }
  const base::Tick now = clock_.tick();
  next_draw_ = now + Milliseconds{60'000 - base::to_ms(clock_.now()) % 60'000};
  if (const auto asked = ui_.next_redraw())
    next_draw_ = std::min(next_draw_, std::max(*asked, now + frame));
  if (screen_->idle() != ui::Idle::none && overlay_ != Overlay::idle) {
    next_draw_ = std::min(next_draw_, last_touch_ + idle_limit());
  }
  if (corner_since_) next_draw_ = std::min(next_draw_, *corner_since_ + corner_hold);
  return *frame_data;
}

std::string Shell::place() const {
  switch (overlay_) {
    case Overlay::idle: return "idle";
    case Overlay::assist: return "assist";
    case Overlay::confirm_end: return "confirm_end";
    case Overlay::none: return screen_->name();
  }
  return screen_->name();
}

bool Shell::at_rest() const {
  return overlay_ == Overlay::none && screen_->idle() == ui::Idle::none;
}

void Shell::pass() {
  const StateLine state = host_.state(ui_.language());
  Area rest = ui_.screen();
  draw_state_bar(ui_, rest.take_top(ui::space::state_bar), state);
  Area bottom = rest.take_bottom(ui_.metrics().bottom_bar());
  if (corner_since_ && clock_.tick() - *corner_since_ >= corner_hold) {
    corner_since_.reset();
    if (host_.staff_allowed()) {
      open("staff");
      input_.down = false;
    }
  }
  if (overlay_ == Overlay::none) {
    draw_screen(rest, bottom);
  } else {
    draw_overlay(rest);
    if (overlay_ != Overlay::idle) draw_bottom_bar(bottom);
  }
}

void Shell::draw_screen(const Area& middle, const Area& bottom) {
  ui::Page page{middle, {}};
  Area bar = bottom;
  if (screen_->has_actions()) {
    if (ui_.metrics().portrait()) {
      page.actions = page.body.take_bottom(ui::space::action_bar);
    } else {
      page.actions = bar;
      bar = page.actions.take_left(ui_.metrics().side());
      ui_.painter().fill(bottom, ui_.colors().sunken);
    }
  }
  draw_bottom_bar(bar);
  if (overlay_ != Overlay::none || changed_) return;
  const std::string before = screen_->name();
  const ui::Go go = screen_->draw(ui_, page);
  // A page of the same screen is a new page too: what submits and what clears share one seat.
  if (screen_->name() != before) page_since_ = clock_.tick();
  follow(go);
}

void Shell::draw_bottom_bar(const Area& bar) {
  const bool home = overlay_ != Overlay::none || screen_->idle() != ui::Idle::none;
  switch (draw_access_bar(ui_, bar, {home, true})) {
    case BarAction::none: return;
    case BarAction::call_person:
      if (overlay_ != Overlay::assist) {
        if (host_.assist() == Assist::none) host_.call_person(place());
        assist_since_ = clock_.tick();
        overlay_ = Overlay::assist;
        change_page();
      }
      return;
    case BarAction::home:
      overlay_ = screen_->idle() == ui::Idle::form ? Overlay::confirm_end : Overlay::none;
      if (overlay_ == Overlay::none) go_home();
      change_page();
      return;
    case BarAction::contrast:
      ui_.set_theme(ui_.theme() == ui::Theme::high_contrast ? settings_.theme
                                                            : ui::Theme::high_contrast);
      changed_ = true;
      return;
    case BarAction::language:
      ui_.set_language(ui_.language() == "en" ? "zh-Hans" : "en");
      changed_ = true;
      return;
  }
}

void Shell::follow(const ui::Go& go) {
  switch (go.to) {
    case ui::Go::To::stay: return;
    case ui::Go::To::home: go_home(); return;
    case ui::Go::To::service: open(go.service, go.argument); return;
    case ui::Go::To::ask_end:
      overlay_ = Overlay::confirm_end;
      change_page();
      return;
    case ui::Go::To::end_visit: end_visit(); return;
    case ui::Go::To::quit: quit_ = true; return;
  }
}

void Shell::open(const std::string& service, const std::string& argument) {
  screen_ = host_.open(service, argument);
  overlay_ = Overlay::none;
  extra_time_ = Milliseconds{0};
  change_page();
}

void Shell::renew_home() {
  screen_ = host_.open({}, {});
}

void Shell::go_home() {
  open({});
}

void Shell::end_visit() {
  host_.forget_visit();
  ui_.set_language(settings_.language);
  ui_.set_theme(settings_.theme);
  go_home();
}

void Shell::change_page() {
  ui_.forget_interaction();
  page_since_ = clock_.tick();
  changed_ = true;
}

// ---- idle ---------------------------------------------------------------------------------------

Milliseconds Shell::idle_limit() const {
  const bool form = screen_->idle() == ui::Idle::form;
  return (form ? settings_.form_idle : settings_.reading_idle) + extra_time_;
}

void Shell::watch_idle() {
  const base::Tick now = clock_.tick();
  if (overlay_ == Overlay::idle) {
    if (now >= countdown_until_) end_visit();
    return;
  }
  if (now - last_touch_ < idle_limit()) return;
  if (at_rest()) {
    // Nothing to forget on home but a language or a palette somebody left behind.
    if (ui_.language() != settings_.language || ui_.theme() != settings_.theme) end_visit();
    last_touch_ = now;
    return;
  }
  overlay_ = Overlay::idle;
  countdown_until_ = now + countdown;
  change_page();
}

void Shell::draw_overlay(const Area& middle) {
  switch (overlay_) {
    case Overlay::idle: draw_idle(middle); break;
    case Overlay::assist: draw_assist(middle); break;
    case Overlay::confirm_end: draw_confirm_end(middle); break;
    case Overlay::none: break;
  }
}

void Shell::draw_idle(const Area& area) {
  const base::Tick now = clock_.tick();
  const auto left =
      std::max<std::int64_t>(0, (countdown_until_ - now + Milliseconds{999}) / Milliseconds{1000});
  ui_.redraw_at(now + Milliseconds{(countdown_until_ - now).count() % 1000 + 1});
  const bool compact = ui_.metrics().compact();
  const Area place = area.centered(std::min(area.w - 2 * ui_.metrics().margin(), 820.0F), area.h);
  constexpr ui::Align center = ui::Align::center;
  struct Line {
    std::string words;
    ui::TextStyle style;
    float below;
  };
  const std::array<Line, 3> lines{{
      {fmt::format("{}", left),
       {.size = compact ? 96.0F : 160.0F,
        .weight = ui::Weight::bold,
        .align = center,
        .line = 1.1F},
       12},
      {ui_.tr("idle.title"),
       {.size = ui::type::question, .weight = ui::Weight::bold, .align = center, .line = 1.3F},
       16},
      {ui_.tr("idle.body"),
       {.size = 28, .color = ui_.colors().ink2, .align = center, .line = 1.45F},
       32},
  }};
  const float button = compact ? 96 : 112;
  constexpr float between = 20;
  float height = 3 * button + 2 * between;
  for (const Line& each : lines) {
    height += ui_.text_height(each.words, each.style, place.w) + each.below;
  }
  Area column = place.centered(place.w, height);
  for (const Line& each : lines) {
    column.take_top(ui_.text(column, each.words, each.style), each.below);
  }
  if (ui_.button("idle.stay", column.take_top(button, between), ui_.tr("idle.stay"),
                 {.look = ui::Look::primary, .icon = "check"})) {
    last_touch_ = now;
    overlay_ = Overlay::none;
    change_page();
  }
  if (ui_.button("idle.more", column.take_top(button, between), ui_.tr("idle.more"),
                 {.icon = "clock"})) {
    last_touch_ = now;
    extra_time_ = more_time;
    overlay_ = Overlay::none;
    change_page();
  }
  if (ui_.button("idle.clear", column.take_top(button), ui_.tr("idle.clear"), {.icon = "trash"})) {
    end_visit();
  }
}

void Shell::draw_confirm_end(const Area& area) {
  const ui::Notice notice{.icon = "info",
                          .title = ui_.tr("end.title"),
                          .body = ui_.tr("end.body"),
                          .safe = ui_.tr("end.stay"),
                          .other = ui_.tr("end.leave")};
  switch (ui::notice_page(ui_, area, notice)) {
    case ui::NoticeAnswer::none: return;
    case ui::NoticeAnswer::safe:
      overlay_ = Overlay::none;
      change_page();
      return;
    case ui::NoticeAnswer::other: end_visit(); return;
  }
}

void Shell::draw_assist(const Area& area) {
  const Assist state = host_.assist();
  const Desk desk = host_.desk(ui_.language());
  const base::Tick now = clock_.tick();
  const bool late = now - assist_since_ >= assist_patience;
  if (!late && state != Assist::offline) ui_.redraw_at(assist_since_ + assist_patience);
  const std::string phone = desk.phone.empty() ? ui_.tr("assist.phone_unknown") : desk.phone;
  const std::string where = ui_.tr("assist.where", {{"desk", desk.where}, {"phone", phone}});
  ui::Notice notice{
      .icon = "call-person", .safe = ui_.tr("assist.back"), .tone = ui::Tone::attention};
  switch (state) {
    case Assist::accepted:
      notice.icon = "check";
      notice.title = ui_.tr("assist.accepted");
      notice.body = ui_.tr("assist.accepted_body");
      notice.tone = ui::Tone::ok;
      break;
    case Assist::offline:
      notice.icon = "offline";
      notice.title = ui_.tr("assist.offline");
      notice.body = where;
      break;
    case Assist::sending:
    case Assist::none:
      notice.title = ui_.tr("assist.sending");
      notice.body = where;
      break;
    case Assist::waiting:
      notice.title = ui_.tr(late ? "assist.late" : "assist.waiting");
      notice.body = late ? where : ui_.tr("assist.waiting_body") + "\n" + where;
      break;
  }
  if (ui::notice_page(ui_, area, notice) == ui::NoticeAnswer::safe) {
    overlay_ = Overlay::none;
    change_page();
  }
}

// Three seconds on the upper left corner open the staff page, once a PIN exists.
void Shell::watch_corner(float x, float y) {
  const float edge = corner_size * ui_.metrics().scale();
  const bool inside = x >= 0 && y >= 0 && x < edge && y < edge;
  corner_since_.reset();
  if (inside) corner_since_ = clock_.tick();
}

}  // namespace app
