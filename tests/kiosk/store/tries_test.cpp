#include "kiosk/store/tries.h"

#include <doctest/doctest.h>

#include "tests/support/world.h"

namespace {

constexpr store::TryRule rule{.allowed = 2, .pause = std::chrono::minutes{10}};

}  // namespace

TEST_CASE("The pause begins with the last allowed wrong try and ends by itself") {
  test::FakeClock clock;
  store::Tries tries;
  tries = store::after_wrong(tries, rule, clock.now());
  CHECK_FALSE(store::locked(tries, rule, clock.now()));
  tries = store::after_wrong(tries, rule, clock.now());
  CHECK(store::locked(tries, rule, clock.now()));
  clock.advance(std::chrono::minutes{10});
  CHECK_FALSE(store::locked(tries, rule, clock.now()));
}

TEST_CASE("After a pause counting begins anew") {
  test::FakeClock clock;
  store::Tries tries{.wrong = 2, .last = clock.now()};
  clock.advance(std::chrono::minutes{10});
  tries = store::after_wrong(tries, rule, clock.now());
  CHECK(tries.wrong == 1);
}

TEST_CASE("A clock that is put back by years does not prolong the pause") {
  test::FakeClock clock;
  const store::Tries tries{.wrong = 2, .last = clock.now()};
  CHECK_FALSE(store::locked(tries, rule, clock.now() - std::chrono::days{365}));
}
