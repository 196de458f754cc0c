#include "kiosk/booking/booking.h"

#include <doctest/doctest.h>

#include "tests/support/world.h"

using booking::Answer;
using booking::Day;
using booking::Draft;
using booking::Facts;
using booking::State;
using booking::Step;
using booking::WishState;

namespace {

base::TimeOfDay at(int hour, int minute = 0) {
  return {hour * 60 + minute};
}

base::Date day(int offset) {
  return base::add_days(*base::parse_date("2026-11-23"), offset);  // 0 is a Monday
}

base::LocalTime monday(int hour, int minute = 0) {
  return {day(0), at(hour, minute)};
}

// Open Monday to Friday 9 to 11, slots of an hour.
service::Service consult() {
  service::Service service;
  service.id = "consult";
  for (std::size_t i = 0; i < 5; ++i) service.hours.week[i] = {{at(9), at(11)}};
  service.slots = {.minutes = 60, .horizon_days = 7, .soonest_minutes = 60};
  service::Choice topic;
  topic.id = "labour";
  service.choices = {topic};
  for (const char* id : {"onsite", "phone"}) {
    service::Way way;
    way.id = id;
    service.ways.push_back(way);
  }
  return service;
}

booking::Seats seats(int day_offset, int hour, int capacity, int taken,
                     std::string way = "onsite") {
  const booking::SlotKey key{"consult", std::move(way), day(day_offset), at(hour)};
  return {.key = booking::to_text(key),
          .day = key.day,
          .time = {at(hour), at(hour + 1)},
          .capacity = capacity,
          .taken = taken,
          .room = "2"};
}

Draft complete() {
  Draft draft;
  draft.service = "consult";
  draft.topic = "labour";
  draft.way = "onsite";
  draft.slot = "consult|onsite|2026-11-24T09:00";
  draft.name = "王小明";
  draft.phone = "13800001234";
  return draft;
}

}  // namespace

TEST_CASE("The pages are filled in order, and the first that lacks something is named") {
  const service::Service service = consult();
  Draft draft;
  CHECK(booking::first_missing(draft, service) == Step::topic);
  draft.topic = "labour";
  CHECK(booking::first_missing(draft, service) == Step::way);
  draft.way = "onsite";
  CHECK(booking::first_missing(draft, service) == Step::slot);
  draft.slot = complete().slot;
  CHECK(booking::first_missing(draft, service) == Step::person);
  draft.name = "王小明";
  CHECK(booking::first_missing(draft, service) == Step::person);
  draft.no_phone = true;
  CHECK(booking::first_missing(draft, service) == Step::review);
}

TEST_CASE("A choice the service no longer offers is asked again") {
  const service::Service service = consult();
  Draft draft = complete();
  CHECK(booking::first_missing(draft, service) == Step::review);
  draft.topic = "removed";
  CHECK(booking::first_missing(draft, service) == Step::topic);
  draft = complete();
  draft.way = "phone";  // the slot was chosen for another way
  CHECK(booking::first_missing(draft, service) == Step::slot);
  draft = complete();
  draft.phone = "123";
  CHECK(booking::first_missing(draft, service) == Step::person);
}

TEST_CASE("A slot key says service, way, day and time, and nothing else passes for one") {
  const auto key = booking::parse_slot_key("consult|onsite|2026-11-24T14:00");
  REQUIRE(key);
  CHECK(key->day == day(1));
  CHECK(key->start == at(14));
  CHECK(booking::to_text(*key) == "consult|onsite|2026-11-24T14:00");
  for (const char* text : {"", "consult", "consult|onsite", "consult|onsite|2026-11-24",
                           "consult|onsite|2026-11-31T14:00", "consult|onsite|2026-11-24T25:00",
                           "|onsite|2026-11-24T14:00", "a|b|2026-11-24T14:00|c"}) {
    CAPTURE(text);
    CHECK_FALSE(booking::parse_slot_key(text));
  }
}

TEST_CASE("Days show the seats that are left, are full, or are closed") {
  const service::Service service = consult();
  const std::vector<booking::Seats> known{seats(0, 9, 2, 0), seats(0, 10, 2, 1), seats(1, 9, 2, 2),
                                          seats(1, 10, 2, 3), seats(1, 9, 5, 0, "phone")};
  const auto days = booking::days_ahead(service, "onsite", known, monday(7));
  REQUIRE(days.size() == 7);
  CHECK(days[0].state == Day::State::open);
  CHECK(days[0].seats_left == 3);
  CHECK(days[1].state == Day::State::full);  // oversold counts as full, not as less than nothing
  CHECK(days[1].seats_left == 0);
  CHECK(days[2].state == Day::State::open);  // the feed says nothing of Wednesday
  CHECK_FALSE(days[2].seats_left);
  CHECK(days[5].state == Day::State::closed);  // Saturday
}

TEST_CASE("A closed day says why and offers nothing, even while the feed still has its slots") {
  service::Service service = consult();
  service.hours.closed = {{day(1), day(1), {{{"zh-Hans", "停电"}, {"en", "No power"}}}}};
  service.ways[0].rooms = {
      {.id = "a", .name = {}, .closed = {{day(2), day(2), {{{"en", "Painting"}}}}}}};
  const std::vector<booking::Seats> known{seats(1, 9, 2, 0), seats(2, 9, 2, 0)};
  const auto days = booking::days_ahead(service, "onsite", known, monday(8));
  CHECK(days[0].closure == nullptr);
  REQUIRE(days[1].closure != nullptr);
  CHECK(days[1].closure->reason.in("en") == "No power");
  CHECK(days[1].state == Day::State::closed);
  REQUIRE(days[2].closure != nullptr);
  CHECK(days[2].closure->reason.in("en") == "Painting");
  CHECK(booking::slots_on(service, "onsite", day(2), known, monday(8)).empty());
  // By phone nobody needs the room.
  CHECK(booking::days_ahead(service, "phone", known, monday(8))[2].closure == nullptr);
}

TEST_CASE("Slots that start too soon are not offered, and a day without any left is closed") {
  const service::Service service = consult();
  CHECK(booking::slots_on(service, "onsite", day(0), {}, monday(8)).size() == 2);
  CHECK(booking::slots_on(service, "onsite", day(0), {}, monday(8, 1)).size() == 1);
  CHECK(booking::slots_on(service, "onsite", day(0), {}, monday(9, 1)).empty());
  CHECK(booking::days_ahead(service, "onsite", {}, monday(9, 1))[0].state == Day::State::closed);
}

TEST_CASE("Slots of a day come in order of time, full ones stay visible") {
  const service::Service service = consult();
  const std::vector<booking::Seats> known{seats(1, 10, 2, 0), seats(1, 9, 1, 1)};
  const auto slots = booking::slots_on(service, "onsite", day(1), known, monday(7));
  REQUIRE(slots.size() == 2);
  CHECK(slots[0].time.start == at(9));
  CHECK(slots[0].full());
  CHECK_FALSE(slots[1].full());
  CHECK(slots[1].room == "2");
}

TEST_CASE("Without a word from the center the opening hours are offered, seats not known") {
  const service::Service service = consult();
  const auto slots = booking::slots_on(service, "phone", day(1), {}, monday(7));
  REQUIRE(slots.size() == 2);
  CHECK(slots[0].key == "consult|phone|2026-11-24T09:00");
  CHECK_FALSE(slots[0].seats_left);
  CHECK_FALSE(slots[0].full());
}

TEST_CASE("Only the center confirms; without an answer the kiosk promises what it can keep") {
  Facts facts;
  facts.waited = base::Milliseconds{1499};
  CHECK(booking::state_of(facts) == State::sending);
  facts.waited = base::Milliseconds{1500};
  CHECK(booking::state_of(facts) == State::requested);
  facts.answer = Answer::accepted;
  CHECK(booking::state_of(facts) == State::received);
  facts.promise = "confirmed";
  CHECK(booking::state_of(facts) == State::confirmed);
  facts.promise = "waitlisted";
  CHECK(booking::state_of(facts) == State::waitlisted);
  facts.promise = "a state of a later release";
  CHECK(booking::state_of(facts) == State::received);
}

TEST_CASE("What the center tells later outranks its first answer") {
  Facts facts;
  facts.answer = Answer::accepted;
  facts.promise = "confirmed";
  facts.record = "moved";
  CHECK(booking::state_of(facts) == State::moved);
  facts.cancel_accepted = true;
  CHECK(booking::state_of(facts) == State::cancelled);
}

TEST_CASE("A promise survives that the server has lost its memory") {
  Facts facts;
  facts.answer = Answer::none;  // it waits to be sent again
  facts.promise = "confirmed";
  facts.waited = std::chrono::hours{5};
  CHECK(booking::state_of(facts) == State::confirmed);
}

TEST_CASE("A refused request is refused, whatever else is told") {
  Facts facts;
  facts.answer = Answer::refused;
  facts.promise = "confirmed";
  facts.record = "confirmed";
  CHECK(booking::state_of(facts) == State::refused);
}

TEST_CASE("A move or cancellation is a wish until the center has it") {
  CHECK(booking::wish_state(Answer::none, base::Milliseconds{10}) == WishState::sending);
  CHECK(booking::wish_state(Answer::none, base::Milliseconds{1500}) == WishState::filed);
  CHECK(booking::wish_state(Answer::accepted, base::Milliseconds{10}) == WishState::done);
  CHECK(booking::wish_state(Answer::refused, base::Milliseconds{9999}) == WishState::refused);
}
