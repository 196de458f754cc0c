#include "kiosk/assist/assist.h"

#include <doctest/doctest.h>

using assist::State;
using base::Milliseconds;

TEST_CASE("A colleague is coming only after somebody has accepted") {
  CHECK(assist::state_of({false, "", Milliseconds{0}}) == State::sending);
  CHECK(assist::state_of({true, "", Milliseconds{0}}) == State::open);
  CHECK(assist::state_of({true, "open", Milliseconds{0}}) == State::open);
  CHECK(assist::state_of({true, "accepted", Milliseconds{0}}) == State::accepted);
  CHECK(assist::state_of({true, "done", Milliseconds{0}}) == State::done);
}

TEST_CASE("After two seconds without the center the call counts as unsent, until it arrives") {
  CHECK(assist::state_of({false, "", Milliseconds{1999}}) == State::sending);
  CHECK(assist::state_of({false, "", Milliseconds{2000}}) == State::unsent);
  CHECK(assist::state_of({true, "", Milliseconds{9000}}) == State::open);
}

TEST_CASE("Another way is named when nobody comes for two minutes, at once when the line is cut") {
  CHECK_FALSE(assist::names_alternative(State::open, std::chrono::seconds{119}));
  CHECK(assist::names_alternative(State::open, std::chrono::seconds{120}));
  CHECK_FALSE(assist::names_alternative(State::accepted, std::chrono::seconds{500}));
  CHECK_FALSE(assist::names_alternative(State::sending, std::chrono::seconds{1}));
  CHECK(assist::names_alternative(State::unsent, std::chrono::seconds{2}));
}
