#include "kiosk/booking/slot_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "kiosk/ui/dates.h"
#include "kiosk/ui/patterns.h"

namespace booking {
namespace {

using ui::Area;

constexpr std::size_t days_shown = 7;
constexpr float narrow_slot = 460;  // u
constexpr base::TimeOfDay noon{12 * 60};

std::string clock_words(base::TimeOfDay time) {
  return fmt::format("{}:{:02}", time.hour(), time.minute());
}

std::string day_name(const ui::Ui& ui, base::Date day, base::Date today) {
  const int ahead = base::days_between(today, day);
  if (ahead == 0) return ui.tr("date.today");
  if (ahead == 1) return ui.tr("date.tomorrow");
  return ui::weekday(ui, day);
}

std::string day_fact(const ui::Ui& ui, const Day& day) {
  if (day.state == Day::State::closed) return ui.tr("booking.closed");
  if (day.state == Day::State::full) return ui.tr("booking.full");
  if (!day.seats_left) return ui.tr("booking.open");
  return ui.tr("booking.day_left", {{"count", fmt::format("{}", *day.seats_left)}});
}

bool day_button(ui::Ui& ui, Area area, const Day& day, base::Date today, bool selected) {
  // A day that is closed for a reason tells it when it is touched.
  const bool tells = day.state == Day::State::open || day.closure != nullptr;
  const ui::Look look = !tells ? ui::Look::quiet : selected ? ui::Look::selected : ui::Look::normal;
  std::string name = day_name(ui, day.date, today);
  if (ui.text_width(name, {.size = 24}) > area.w - 6) name = ui::weekday(ui, day.date);
  const std::string fact = day_fact(ui, day);
  const std::string label = name + " " + ui::short_date(ui, day.date);
  const ui::Ui::Face face =
      ui.control("day." + base::iso_date(day.date), area, look, ui::space::radius_button,
                 {ui::Role::choice, {}, label, fact, {}, true, selected});
  struct Line {
    std::string words;
    ui::TextStyle style;
  };
  const auto line = [&face](std::string words, float size, ui::Weight weight) {
    return Line{std::move(words),
                {.size = size,
                 .weight = weight,
                 .color = face.ink,
                 .align = ui::Align::center,
                 .line = 1.2F,
                 .max_lines = 1}};
  };
  const std::array<Line, 3> lines{
      line(name, 24, ui::Weight::regular),
      line(fmt::format("{}", static_cast<unsigned>(day.date.day())), 42, ui::Weight::bold),
      line(fact, 22, ui::Weight::bold)};
  constexpr float between = 2;
  float height = 2 * between;
  for (const Line& each : lines) height += ui.painter().line_height(each.style);
  Area column = face.inside.centered(face.inside.w - 6, height);
  for (const Line& each : lines) {
    ui.label(column.take_top(ui.painter().line_height(each.style), between), each.words,
             each.style);
  }
  return face.activated;
}

std::string slot_fact(const ui::Ui& ui, const Slot& slot, bool selected) {
  if (selected) return ui.tr("flow.chosen");
  if (slot.full()) return ui.tr("booking.slot_full");
  if (!slot.seats_left) return ui.tr("booking.slot_unknown");
  return ui.tr("booking.slot_left", {{"count", fmt::format("{}", *slot.seats_left)}});
}

bool slot_button(ui::Ui& ui, Area area, const Slot& slot, bool selected) {
  const ui::Look look = slot.full() ? ui::Look::quiet
                        : selected  ? ui::Look::selected
                                    : ui::Look::normal;
  const std::string start = clock_words(slot.time.start);
  const std::string end = " – " + clock_words(slot.time.end);
  const std::string fact = slot_fact(ui, slot, selected);
  const ui::Ui::Face face =
      ui.control("slot." + base::iso_time(slot.time.start), area, look, ui::space::radius_card,
                 {ui::Role::choice, {}, start + end, fact, {}, true, selected});
  const bool some = !slot.full() && !selected && slot.seats_left;
  const ui::TextStyle big{
      .size = 40, .weight = ui::Weight::bold, .color = face.ink, .line = 1.2F, .max_lines = 1};
  const ui::TextStyle thin{.size = 32, .color = face.ink, .line = 1.2F, .max_lines = 1};
  ui::TextStyle small{.size = 24,
                      .weight = some || selected ? ui::Weight::bold : ui::Weight::regular,
                      .color = some ? ui.colors().ok : face.ink2,
                      .align = ui::Align::right,
                      .line = 1.2F,
                      .max_lines = 2};
  Area inside = face.inside.inset(area.w < narrow_slot ? 20 : 28, 0);
  if (area.w < narrow_slot) {
    // Below the times: beside them it would be cut.
    small.align = ui::Align::left;
    small.max_lines = 1;
    const float fact_height = ui.painter().line_height(small);
    const float height = ui.painter().line_height(big) + fact_height;
    inside = inside.centered(inside.w, height);
    ui.label(inside.take_bottom(fact_height), fact, small);
  }
  ui.label(inside.take_left(ui.text_width(start, big) + 2), start, big);
  ui.label(inside.take_left(ui.text_width(end, thin) + 10), end, thin);
  if (selected) ui.icon(inside.take_left(34, 0), "check", 32, face.ink);
  if (area.w >= narrow_slot) ui.label(inside, fact, small);
  return face.activated;
}

}  // namespace

void SlotPage::draw(ui::Ui& ui, Area area, const service::Service& service, const std::string& way,
                    const std::vector<Seats>& known, base::LocalTime now, std::string& chosen) {
  const std::vector<Day> days = days_ahead(service, way, known, now);
  if (!day_) {
    const auto first = std::find_if(days.begin(), days.end(),
                                    [](const Day& each) { return each.state == Day::State::open; });
    day_ = first == days.end() ? now.date : first->date;
    if (const auto key = parse_slot_key(chosen)) day_ = key->day;
    const auto at = static_cast<std::size_t>(std::max(0, base::days_between(now.date, *day_)));
    first_day_ = at / days_shown * days_shown;
  }
  draw_days(ui, area.take_top(136, 20), days, now.date);
  area.take_top(ui.heading(area, ui::long_date(ui, *day_, now.date), 32), 14);
  const auto shown =
      std::find_if(days.begin(), days.end(), [&](const Day& each) { return each.date == *day_; });
  if (shown != days.end() && shown->closure != nullptr) {
    draw_closed(ui, area, *shown->closure);
    return;
  }
  draw_times(ui, area, slots_on(service, way, *day_, known, now), chosen);
}

void SlotPage::draw_days(ui::Ui& ui, Area area, const std::vector<Day>& days, base::Date today) {
  const bool more = days.size() > days_shown;
  Area strip = area;
  if (more) {
    const bool later = first_day_ == 0;
    const Area seat = strip.take_right(124, 12);
    if (ui.button("day.page", seat, ui.tr(later ? "booking.later" : "booking.earlier"),
                  {.size = 24, .radius = ui::space::radius_button})) {
      first_day_ = later ? days_shown : 0;
      ui.redraw();
    }
  }
  const std::size_t end = std::min(days.size(), first_day_ + days_shown);
  for (std::size_t i = first_day_; i < end; ++i) {
    const Area seat =
        strip.cell(static_cast<int>(i - first_day_), static_cast<int>(days_shown), area.h, 10);
    if (day_button(ui, seat, days[i], today, day_ == days[i].date)) {
      day_ = days[i].date;
      scroll_.jump(0);
      ui.redraw();
    }
  }
}

void SlotPage::draw_closed(ui::Ui& ui, Area area, const service::Closure& closure) {
  const std::string words =
      ui.tr("booking.closed_for", {{"reason", closure.reason.in(ui.language())}});
  ui.band(area, words, ui::Tone::attention, "calendar");
}

void SlotPage::draw_times(ui::Ui& ui, Area area, const std::vector<Slot>& slots,
                          std::string& chosen) {
  if (slots.empty()) {
    ui.text(area, ui.tr("booking.no_slots"), {.size = 28, .color = ui.colors().ink2});
    return;
  }
  constexpr float height = 112;
  constexpr float gap = 16;
  Area column = ui::begin_column(ui, "slots", area, scroll_);
  for (const bool morning : {true, false}) {
    std::vector<const Slot*> part;
    for (const Slot& each : slots) {
      if ((each.time.start < noon) == morning) part.push_back(&each);
    }
    if (part.empty()) continue;
    Area title = column.take_top(36, 12);
    const std::string words = ui.tr(morning ? "booking.morning" : "booking.afternoon");
    const ui::TextStyle style{.size = 26, .weight = ui::Weight::bold, .color = ui.colors().ink2};
    ui.label(title.take_left(ui.text_width(words, style) + 24), words, style);
    ui.rule(title.x, title.center_y(), title.w);
    for (std::size_t i = 0; i < part.size(); ++i) {
      const Area seat = column.cell(static_cast<int>(i), 2, height, gap);
      if (slot_button(ui, seat, *part[i], chosen == part[i]->key)) {
        chosen = part[i]->key;
        ui.redraw();
      }
    }
    column.take_top(ui::grid_height(static_cast<int>(part.size()), 2, height, gap), 24);
  }
  ui.end_scroll(column.y);
}

}  // namespace booking
