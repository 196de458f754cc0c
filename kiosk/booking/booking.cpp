#include "kiosk/booking/booking.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "kiosk/service/contact.h"
#include "platform/base/text.h"

namespace booking {
namespace {

bool person_complete(const Draft& draft) {
  return service::parse_name(draft.name) && (draft.no_phone || service::parse_phone(draft.phone));
}

bool wish_complete(const Draft& draft, const service::Service& service) {
  if (!asks_wish(draft, service)) return true;
  const auto& choices = service.wish()->choices;
  return std::ranges::find(choices, draft.wish, &service::Choice::id) != choices.end();
}

Slot from_seats(const Seats& seats) {
  return {.key = seats.key,
          .time = seats.time,
          .seats_left = std::max(0, seats.capacity - seats.taken),
          .room = seats.room};
}

std::vector<Slot> told_by_feed(std::string_view service, std::string_view way, base::Date day,
                               const std::vector<Seats>& known) {
  std::vector<Slot> slots;
  for (const Seats& seats : known) {
    if (seats.day != day) continue;
    const auto key = parse_slot_key(seats.key);
    if (key && key->service == service && key->way == way) slots.push_back(from_seats(seats));
  }
  std::ranges::sort(slots, {}, [](const Slot& slot) { return slot.time.start; });
  return slots;
}

std::vector<Slot> told_by_hours(const service::Service& service, const service::Way& way,
                                base::Date day) {
  std::vector<Slot> slots;
  for (const service::TimeSpan& time : service::slots_of_day(service, way, day)) {
    slots.push_back({.key = to_text({service.id, way.id, day, time.start}),
                     .time = time,
                     .seats_left = std::nullopt,
                     .room = {}});
  }
  return slots;
}

bool too_soon(const service::Service& service, base::Date day, base::TimeOfDay start,
              base::LocalTime now) {
  const int minutes_ahead = base::days_between(now.date, day) * 24 * 60 + start.minutes;
  return minutes_ahead < now.time.minutes + service.slots.soonest_minutes;
}

const service::Closure* closure_of(const service::Service& service, std::string_view way_id,
                                   base::Date day) {
  const service::Way* way = service.way(way_id);
  return way == nullptr ? service.closure(day) : service.closure(*way, day);
}

Day summary(base::Date date, const std::vector<Slot>& slots) {
  if (slots.empty()) return {.date = date};
  int seats = 0;
  for (const Slot& slot : slots) {
    if (!slot.seats_left) return {.date = date, .state = Day::State::open};
    seats += *slot.seats_left;
  }
  return {
      .date = date, .state = seats > 0 ? Day::State::open : Day::State::full, .seats_left = seats};
}

State named(std::string_view state) {
  static constexpr std::array<std::pair<std::string_view, State>, 4> names{{
      {"confirmed", State::confirmed},
      {"waitlisted", State::waitlisted},
      {"moved", State::moved},
      {"cancelled", State::cancelled},
  }};
  const auto* const found = std::ranges::find(names, state, &decltype(names)::value_type::first);
  return found == names.end() ? State::received : found->second;
}

}  // namespace

bool asks_wish(const Draft& draft, const service::Service& service) {
  return service.wish() != nullptr && !draft.no_phone;
}

Step first_missing(const Draft& draft, const service::Service& service) {
  if (service.choice(draft.topic) == nullptr) return Step::topic;
  if (service.way(draft.way) == nullptr) return Step::way;
  const auto key = parse_slot_key(draft.slot);
  if (!key || key->service != service.id || key->way != draft.way) return Step::slot;
  if (!person_complete(draft)) return Step::person;
  return wish_complete(draft, service) ? Step::review : Step::wish;
}

std::string to_text(const SlotKey& key) {
  return fmt::format("{}|{}|{}T{}", key.service, key.way, base::iso_date(key.day),
                     base::iso_time(key.start));
}

std::optional<SlotKey> parse_slot_key(std::string_view text) {
  const auto parts = base::split(text, '|');
  if (parts.size() != 3 || parts[0].empty() || parts[1].empty()) return std::nullopt;
  const auto moment = base::split(parts[2], 'T');
  if (moment.size() != 2) return std::nullopt;
  const auto day = base::parse_date(moment[0]);
  const auto start = base::parse_time(moment[1]);
  if (!day || !start) return std::nullopt;
  return SlotKey{std::string(parts[0]), std::string(parts[1]), *day, *start};
}

std::vector<Slot> slots_on(const service::Service& service, std::string_view way, base::Date day,
                           const std::vector<Seats>& known, base::LocalTime now) {
  if (closure_of(service, way, day) != nullptr) return {};
  std::vector<Slot> slots = told_by_feed(service.id, way, day, known);
  const service::Way* offered = service.way(way);
  if (slots.empty() && offered != nullptr) slots = told_by_hours(service, *offered, day);
  std::erase_if(slots,
                [&](const Slot& slot) { return too_soon(service, day, slot.time.start, now); });
  return slots;
}

std::vector<Day> days_ahead(const service::Service& service, std::string_view way,
                            const std::vector<Seats>& known, base::LocalTime now) {
  std::vector<Day> days;
  for (int ahead = 0; ahead < service.slots.horizon_days; ++ahead) {
    const base::Date date = base::add_days(now.date, ahead);
    days.push_back(summary(date, slots_on(service, way, date, known, now)));
    days.back().closure = closure_of(service, way, date);
  }
  return days;
}

State state_of(const Facts& facts) {
  if (facts.answer == Answer::refused) return State::refused;
  // A cancelled booking never comes back, so this holds before the feed has caught up.
  if (facts.cancel_accepted) return State::cancelled;
  if (!facts.record.empty()) return named(facts.record);
  if (!facts.promise.empty()) return named(facts.promise);
  if (facts.answer == Answer::accepted) return State::received;
  return facts.waited < answer_patience ? State::sending : State::requested;
}

WishState wish_state(Answer answer, base::Milliseconds waited) {
  if (answer == Answer::accepted) return WishState::done;
  if (answer == Answer::refused) return WishState::refused;
  return waited < answer_patience ? WishState::sending : WishState::filed;
}

}  // namespace booking
