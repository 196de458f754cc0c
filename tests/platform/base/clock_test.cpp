#include "platform/base/clock.h"

#include <doctest/doctest.h>

#include "tests/support/world.h"

using base::Instant;
using namespace std::chrono_literals;

namespace {

constexpr auto ten_years = std::chrono::days{3652};

struct Told {
  test::FakeClock machine;
  base::ToldClock clock{machine};
  Instant right = machine.now();
};

}  // namespace

TEST_CASE(
    "Before anybody has told the time the machine's clock counts, but not back beyond the past") {
  Told it;
  CHECK(it.clock.now() == it.right);
  CHECK_FALSE(it.clock.certain());
  it.clock.not_before(it.right);
  it.machine.set(it.right - ten_years);
  CHECK(it.clock.now() == it.right);
  it.machine.set(it.right + 1h);
  CHECK(it.clock.now() == it.right + 1h);
}

TEST_CASE("A time that was told goes on by steady time, wherever the machine's clock jumps") {
  Told it;
  it.machine.set(Instant{-ten_years});
  it.clock.tell(it.right);
  CHECK(it.clock.certain());
  for (const auto jump : {Instant{}, it.right + ten_years, it.right - 1h}) {
    it.machine.set(jump);
    CHECK(it.clock.now() == it.right);
  }
  it.machine.advance(90min);
  CHECK(it.clock.now() == it.right + 90min);
}

TEST_CASE("The time it takes an answer to arrive moves no clock, a real difference does") {
  Told it;
  it.clock.tell(it.right);
  it.clock.tell(it.right - 1s);
  CHECK(it.clock.now() == it.right);
  it.clock.tell(it.right - 2s);
  CHECK(it.clock.now() == it.right - 2s);
}

TEST_CASE("Neither machine nor teller makes anything old alone") {
  Told it;
  CHECK(it.clock.earliest() == Instant{});  // nothing is known yet
  it.clock.not_before(it.right);
  it.machine.set(it.right + ten_years);
  CHECK(it.clock.earliest() == it.right);
  it.clock.tell(it.right + 1h);
  CHECK(it.clock.earliest() == it.right + 1h);
  it.machine.set(it.right);
  it.clock.tell(it.right + ten_years);
  CHECK(it.clock.earliest() == it.right);
}
