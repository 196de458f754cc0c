#include "kiosk/central/rate_limit.h"

#include <doctest/doctest.h>

#include "tests/support/world.h"

namespace {

TEST_CASE("an address may ask so often a minute, each for itself, and again in the next") {
  test::FakeClock clock;
  central::RateLimit limit(clock, 3);
  for (int i = 0; i < 3; ++i) CHECK(limit.allow("a"));
  CHECK_FALSE(limit.allow("a"));
  CHECK(limit.allow("b"));
  clock.advance(base::Milliseconds{59'999});
  CHECK_FALSE(limit.allow("a"));
  clock.advance(base::Milliseconds{1});
  CHECK(limit.allow("a"));
}

TEST_CASE("a flood of addresses fills no memory, and those already known go on") {
  test::FakeClock clock;
  central::RateLimit limit(clock, 3);
  CHECK(limit.allow("known"));
  for (int i = 0; i < 20'000; ++i) (void)limit.allow(std::to_string(i));
  CHECK_FALSE(limit.allow("new"));
  CHECK(limit.allow("known"));
}

}  // namespace
