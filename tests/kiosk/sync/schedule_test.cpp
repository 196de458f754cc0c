#include "kiosk/sync/schedule.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/world.h"

using base::Milliseconds;
using base::Tick;
using Kind = syncing::Deed::Kind;
using namespace std::chrono_literals;

namespace {

constexpr Tick start{1000s};

struct Planned {
  test::SeededChance chance;
  syncing::Schedule schedule{chance};

  [[nodiscard]] Kind kind() const { return schedule.next().kind; }
  [[nodiscard]] Tick at() const { return schedule.next().at; }
};

}  // namespace

TEST_CASE("After a success the next exchange comes when the server asked for it") {
  Planned it;
  it.schedule.succeeded(start, 20s);
  CHECK(it.kind() == Kind::exchange);
  CHECK(it.at() == start + 20s);
}

TEST_CASE("What a visitor confirms goes out at once") {
  Planned it;
  it.schedule.succeeded(start, 20s);
  it.schedule.op_added(start + 3s);
  CHECK(it.kind() == Kind::exchange);
  CHECK(it.at() == start + 3s);
}

TEST_CASE("While ops wait a dead line is probed every second for five minutes, then seldom") {
  Planned it;
  it.schedule.unreachable(start, true);
  Tick now = start;
  int probes = 0;
  while (it.kind() == Kind::probe) {
    CHECK(it.at() == now + 1s);
    now = it.at();
    ++probes;
    it.schedule.unreachable(now, true);
  }
  CHECK(probes == 300);
  CHECK(it.kind() == Kind::exchange);
  CHECK(it.at() <= now + 2s);
}

TEST_CASE("Without waiting ops a dead line is left to the back-off at once") {
  Planned it;
  it.schedule.unreachable(start, false);
  CHECK(it.kind() == Kind::exchange);
  CHECK(it.at() <= start + 2s);
}

TEST_CASE("A new op on a dead line opens the five minutes of probing again") {
  Planned it;
  Tick now = start;
  for (int i = 0; i < 12; ++i) it.schedule.unreachable(now, false);
  it.schedule.op_added(now);
  const bool soon = it.kind() == Kind::probe ? it.at() == now : it.at() <= now + 1s;
  CHECK(soon);
  it.schedule.unreachable(now, true);
  CHECK(it.kind() == Kind::probe);
  CHECK(it.at() == now + 1s);
}

TEST_CASE("When a probe is answered the hall does not rush in at the same instant") {
  std::vector<Tick> arrivals;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    test::SeededChance chance(seed);
    syncing::Schedule schedule(chance);
    schedule.unreachable(start, true);
    schedule.reached(start + 1s);
    CHECK(schedule.next().kind == Kind::exchange);
    CHECK(schedule.next().at >= start + 1s);
    CHECK(schedule.next().at <= start + 2s);
    arrivals.push_back(schedule.next().at);
  }
  std::ranges::sort(arrivals);
  CHECK(arrivals.back() - arrivals.front() > 500ms);
}

TEST_CASE("Another route of the machine ends a long wait within a second") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    test::SeededChance chance(seed);
    syncing::Schedule schedule(chance);
    while (schedule.next().at <= start + 60s) schedule.unreachable(start, false);
    schedule.route_changed(start);
    CHECK(schedule.next().kind == Kind::exchange);
    CHECK(schedule.next().at >= start);
    CHECK(schedule.next().at <= start + 1s);
    schedule.unreachable(start, false);
    CHECK(schedule.next().at <= start + 2s);  // the old failures no longer count
  }
}

TEST_CASE("A line that comes and goes puts nothing off") {
  Planned it;
  while (it.at() <= start + 60s) it.schedule.unreachable(start, false);
  it.schedule.route_changed(start);
  const Tick soon = it.at();
  for (Milliseconds later{50}; start + later < soon; later += 50ms) {
    it.schedule.route_changed(start + later);
  }
  CHECK(it.at() <= soon);
}

TEST_CASE("While ops wait another route opens the five minutes of probing again") {
  Planned it;
  it.schedule.unreachable(start, true);
  it.schedule.unreachable(start + 10min, true);
  CHECK(it.kind() == Kind::exchange);
  it.schedule.route_changed(start + 10min);
  it.schedule.unreachable(start + 10min, true);
  CHECK(it.kind() == Kind::probe);
}

TEST_CASE(
    "Another route shortens no pause that a server asked for, and wakes nobody without need") {
  Planned asked_for;
  asked_for.schedule.postponed(start, 60s);
  asked_for.schedule.route_changed(start);
  CHECK(asked_for.at() >= start + 60s);
  Planned refused;
  refused.schedule.stopped(start);
  refused.schedule.route_changed(start);
  CHECK(refused.at() == start + 15min);
  Planned well;
  well.schedule.succeeded(start, 20s);
  well.schedule.route_changed(start);
  CHECK(well.at() == start + 20s);
}

TEST_CASE("A pause the server asks for is kept, even when a visitor confirms something") {
  Planned it;
  it.schedule.postponed(start, 60s);
  CHECK(it.at() >= start + 60s);
  const Tick before = it.at();
  it.schedule.op_added(start + 1s);
  CHECK(it.at() == before);
  CHECK(it.kind() == Kind::exchange);
}

TEST_CASE("A pause without a length grows with every refusal") {
  Planned it;
  Milliseconds longest{0};
  for (int i = 0; i < 30; ++i) {
    it.schedule.postponed(start, std::nullopt);
    longest = std::max(longest, it.at() - start);
  }
  CHECK(longest > 60s);
  CHECK(longest <= 900s);
}

TEST_CASE("After a refusal of the whole request nothing is sent until staff asks or time passes") {
  Planned it;
  it.schedule.stopped(start);
  it.schedule.op_added(start + 1s);
  CHECK(it.at() == start + 15min);
  it.schedule.asked(start + 2s);
  CHECK(it.at() == start + 2s);
  CHECK(it.kind() == Kind::exchange);
}

TEST_CASE("Staff ends any wait") {
  Planned it;
  it.schedule.postponed(start, 600s);
  it.schedule.asked(start + 5s);
  CHECK(it.at() == start + 5s);
}

TEST_CASE("After a pause the server asked for, kiosks that heard the same number come one by one") {
  std::vector<Tick> arrivals;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    test::SeededChance chance(seed);
    syncing::Schedule schedule(chance);
    schedule.postponed(start, 60s);
    CHECK(schedule.next().at >= start + 60s);
    arrivals.push_back(schedule.next().at);
  }
  std::ranges::sort(arrivals);
  CHECK(arrivals.back() - arrivals.front() > 1s);
}

TEST_CASE("In a fleet no kiosk asks more often than it polls, whatever has happened") {
  constexpr Milliseconds poll = 60s;
  const auto mean_wait = [&](auto happen) {
    Milliseconds total{0};
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
      test::SeededChance chance(seed);
      syncing::Schedule schedule(chance);
      schedule.set_fleet(poll);
      happen(schedule);
      CHECK(schedule.next().kind == Kind::exchange);  // a probe would be one request more
      total += schedule.next().at - start;
    }
    return total / 400;
  };
  using syncing::Schedule;
  CHECK(mean_wait([](Schedule& it) { it.unreachable(start, true); }) > poll * 9 / 10);
  CHECK(mean_wait([](Schedule& it) { it.unreachable(start, false); }) > poll * 9 / 10);
  CHECK(mean_wait([](Schedule& it) { it.postponed(start, std::nullopt); }) > poll * 9 / 10);
  const auto dead_line = [](Schedule& it) {
    for (int i = 0; i < 20; ++i) it.unreachable(start - 24h, false);
  };
  const Milliseconds with_route = mean_wait([&](Schedule& it) {
    dead_line(it);
    it.unreachable(start, false);
    it.route_changed(start);
  });
  CHECK(with_route < poll);
  CHECK(with_route > poll * 2 / 5);
}

TEST_CASE("In a fleet kiosks that get power at one instant do not ask at one instant") {
  std::vector<Tick> arrivals;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    test::SeededChance chance(seed);
    syncing::Schedule schedule(chance);
    schedule.set_fleet(60s);
    schedule.started(start);
    CHECK(schedule.next().at <= start + 60s);
    arrivals.push_back(schedule.next().at);
    schedule.op_added(start + 1s);  // but a visitor is served at once
    CHECK(schedule.next().at <= start + 1s);
  }
  std::ranges::sort(arrivals);
  CHECK(arrivals.back() - arrivals.front() > 40s);
  Planned alone;
  alone.schedule.started(start);
  CHECK(alone.at() == start);
}

TEST_CASE("In a fleet a visitor's op is tried once at once, also on a line that was dead") {
  Planned it;
  it.schedule.set_fleet(60s);
  it.schedule.unreachable(start, false);
  it.schedule.op_added(start + 1s);
  CHECK(it.at() <= start + 2s);
  it.schedule.unreachable(it.at(), true);
  CHECK(it.at() >= start + 30s);
}
