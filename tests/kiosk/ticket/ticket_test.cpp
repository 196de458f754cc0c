#include "kiosk/ticket/ticket.h"

#include <doctest/doctest.h>

using ticket::Settling;
using ticket::State;

TEST_CASE("The queue's number is taken while the visitor waits, the kiosk's own after that") {
  using base::Milliseconds;
  CHECK(ticket::settling({false, "", Milliseconds{0}}) == Settling::wait);
  CHECK(ticket::settling({false, "", Milliseconds{1499}}) == Settling::wait);
  CHECK(ticket::settling({false, "", Milliseconds{1500}}) == Settling::take_own_number);
  CHECK(ticket::settling({false, "B037", Milliseconds{10}}) == Settling::take_queues_number);
  CHECK(ticket::settling({false, "B037", Milliseconds{1600}}) == Settling::take_queues_number);
  CHECK(ticket::settling({true, "", Milliseconds{10}}) == Settling::refused);
}

TEST_CASE("A number that nobody could read out is no number") {
  CHECK(ticket::acceptable_number("B037"));
  CHECK(ticket::acceptable_number("B2-05"));
  for (const char* number : {"", "b037", "B 37", "B037B037B0371", "公证037", "B\n37"}) {
    CAPTURE(number);
    CHECK_FALSE(ticket::acceptable_number(number));
  }
  CHECK(ticket::settling({false, "<script>", base::Milliseconds{10}}) == Settling::wait);
}

TEST_CASE("An own number names queue, kiosk and the kiosk's count of the day") {
  CHECK(ticket::own_number("B", 2, 5) == "B2-05");
  CHECK(ticket::own_number("A", 11, 123) == "A11-123");
}

TEST_CASE("Counter words become states; an unknown word still holds the place") {
  CHECK(ticket::state_named("waiting") == State::waiting);
  CHECK(ticket::state_named("called") == State::called);
  CHECK(ticket::state_named("done") == State::done);
  CHECK(ticket::state_named("no_show") == State::no_show);
  CHECK(ticket::state_named("cancelled") == State::given_back);
  CHECK(ticket::state_named("parked") == State::waiting);
}
