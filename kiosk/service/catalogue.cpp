#include "kiosk/service/catalogue.h"

#include <algorithm>

namespace service {
namespace {

const std::string no_text;
const std::vector<TimeSpan> no_hours;

bool contains(const std::vector<base::Date>& days, base::Date day) {
  return std::ranges::find(days, day) != days.end();
}

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

const std::vector<TimeSpan>& Hours::on(base::Date day) const {
  if (contains(closed, day)) return no_hours;
  if (contains(open_extra, day)) return week.front();
  return week[static_cast<std::size_t>(base::weekday_index(day))];
}

bool Hours::open_at(base::LocalTime time) const {
  return std::ranges::any_of(on(time.date), [&](const TimeSpan& span) {
    return span.start <= time.time && time.time < span.end;
  });
}

bool Hours::known() const {
  return std::ranges::any_of(week, [](const auto& spans) { return !spans.empty(); });
}

const Choice* Service::choice(std::string_view choice_id) const {
  return find_by_id(choices, choice_id);
}

const Way* Service::way(std::string_view way_id) const {
  return find_by_id(ways, way_id);
}

const Paper* Service::paper(std::string_view paper_id) const {
  return find_by_id(papers, paper_id);
}

const Service* Catalogue::find(std::string_view id) const {
  return find_by_id(services, id);
}

std::vector<TimeSpan> slots_of_day(const Service& service, base::Date day) {
  std::vector<TimeSpan> slots;
  const int length = service.slots.minutes;
  if (length <= 0) return slots;
  for (const TimeSpan& span : service.hours.on(day)) {
    for (int start = span.start.minutes; start + length <= span.end.minutes; start += length) {
      slots.push_back({.start = {start}, .end = {start + length}});
    }
  }
  return slots;
}

}  // namespace service
