#include "kiosk/service/catalogue.h"

#include <algorithm>

namespace service {
namespace {

const std::string no_text;
const std::vector<TimeSpan> no_hours;

template <typename Item>
const Item* find_by_id(const std::vector<Item>& items, std::string_view id) {
  const auto found = std::ranges::find(items, id, &Item::id);
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

const std::string& LocalText::in(std::string_view language) const {
  auto found = by_language.find(language);
  if (found == by_language.end()) found = by_language.find(std::string_view("zh-Hans"));
  return found == by_language.end() ? no_text : found->second;
}

const Closure* find_closure(const std::vector<Closure>& closures, base::Date day) {
  const auto found = std::ranges::find_if(
      closures, [&](const Closure& each) { return each.from <= day && day <= each.to; });
  return found == closures.end() ? nullptr : &*found;
}

const std::vector<TimeSpan>& Hours::on(base::Date day) const {
  if (closure(day) != nullptr) return no_hours;
  const auto made_up = std::ranges::find(make_up, day, &MakeUpDay::day);
  const int weekday = made_up == make_up.end() ? base::weekday_index(day) : made_up->weekday;
  return week[static_cast<std::size_t>(weekday)];
}

bool Hours::open_at(base::LocalTime time) const {
  return std::ranges::any_of(on(time.date), [&](const TimeSpan& span) {
    return span.start <= time.time && time.time < span.end;
  });
}

bool Hours::known() const {
  return std::ranges::any_of(week, [](const auto& spans) { return !spans.empty(); });
}

std::size_t Way::open_rooms(base::Date day) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      rooms, [&](const Room& each) { return find_closure(each.closed, day) == nullptr; }));
}

int Way::seats_on(base::Date day) const {
  return rooms.empty() ? capacity : std::min(capacity, static_cast<int>(open_rooms(day)));
}

const Closure* Way::closure(base::Date day) const {
  const Closure* why = nullptr;
  for (const Room& each : rooms) {
    why = find_closure(each.closed, day);
    if (why == nullptr) return nullptr;
  }
  return why;
}

const Choice* Service::choice(std::string_view choice_id) const {
  return find_by_id(choices, choice_id);
}

const Way* Service::way(std::string_view way_id) const {
  return find_by_id(ways, way_id);
}

const Question* Service::wish() const {
  const auto found = std::ranges::find(questions, true, &Question::wish);
  return found == questions.end() ? nullptr : &*found;
}

const Paper* Service::paper(std::string_view paper_id) const {
  return find_by_id(papers, paper_id);
}

const Closure* Service::closure(const Way& asked, base::Date day) const {
  const Closure* why = hours.closure(day);
  return why != nullptr ? why : asked.closure(day);
}

const Service* Catalogue::find(std::string_view id) const {
  return find_by_id(services, id);
}

std::optional<CalendarGap> calendar_gap(const Catalogue& catalogue, base::Date today) {
  int horizon = 0;
  for (const Service& service : catalogue.services) {
    if (service.kind == Kind::booking) horizon = std::max(horizon, service.slots.horizon_days);
  }
  const base::Date last = base::add_days(today, horizon);
  for (int year = static_cast<int>(today.year()); year <= static_cast<int>(last.year()); ++year) {
    const auto known = std::ranges::find(catalogue.holidays, year, &HolidayYear::year);
    const bool listed = known != catalogue.holidays.end();
    if (listed && !known->notice.empty()) continue;
    return CalendarGap{.year = year, .statutory = listed, .last_bookable = last};
  }
  return std::nullopt;
}

std::vector<TimeSpan> slots_of_day(const Service& service, const Way& way, base::Date day) {
  std::vector<TimeSpan> slots;
  const int length = service.slots.minutes;
  if (length <= 0 || service.closure(way, day) != nullptr) return slots;
  for (const TimeSpan& span : service.hours.on(day)) {
    for (int start = span.start.minutes; start + length <= span.end.minutes; start += length) {
      slots.push_back({.start = {start}, .end = {start + length}});
    }
  }
  return slots;
}

}  // namespace service
