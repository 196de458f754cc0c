#include "kiosk/sync/backoff.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/world.h"

namespace {

// The n-th wait of many kiosks, each with its own chance.
std::vector<base::Milliseconds> nth_waits(int n) {
  std::vector<base::Milliseconds> waits;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    test::SeededChance chance(seed);
    syncing::Backoff backoff;
    for (int i = 0; i < n; ++i) backoff.next(chance);
    waits.push_back(backoff.next(chance));
  }
  return waits;
}

}  // namespace

TEST_CASE("Waits are spread over the whole range, which doubles up to a quarter of an hour") {
  const std::vector<std::int64_t> seconds{2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900};
  for (std::size_t n = 0; n < seconds.size(); ++n) {
    CAPTURE(n);
    const auto waits = nth_waits(static_cast<int>(n));
    const base::Milliseconds range{seconds[n] * 1000};
    const auto [least, most] = std::ranges::minmax(waits);
    CHECK(least >= base::Milliseconds{0});
    CHECK(most <= range);
    CHECK(least < range / 10);  // full jitter: also very short waits
    CHECK(most > range * 9 / 10);
  }
}

TEST_CASE("After a success waiting begins small again") {
  test::SeededChance chance;
  syncing::Backoff backoff;
  for (int i = 0; i < 20; ++i) backoff.next(chance);
  backoff.reset();
  CHECK(backoff.next(chance) <= syncing::Backoff::first);
}

TEST_CASE("A range is never smaller than the narrowest that was asked for, nor made larger by it") {
  base::Milliseconds longest{0};
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    test::SeededChance chance(seed);
    syncing::Backoff backoff;
    longest = std::max(longest, backoff.next(chance, std::chrono::seconds{100}));
    for (int i = 0; i < 20; ++i) {
      CHECK(backoff.next(chance, std::chrono::seconds{100}) <= syncing::Backoff::longest);
    }
  }
  CHECK(longest > std::chrono::seconds{80});
  CHECK(longest <= std::chrono::seconds{100});
}
