#include "platform/device/connection.h"

#include <doctest/doctest.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <vector>

#include "tests/platform/device/fake_printer.h"
#include "tests/support/world.h"

using base::Milliseconds;
using device::Connection;

TEST_CASE("a device that is there but takes no bytes costs the deadline, not more") {
  const base::SystemClock clock;
  std::array<int, 2> ends{};
  std::array<char, 128> name{};
  termios raw{};
  ::cfmakeraw(&raw);
  REQUIRE(::openpty(ends.data(), &ends[1], name.data(), &raw, nullptr) == 0);
  {
    auto connection = Connection::open(name.data(), clock);
    REQUIRE(connection.has_value());
    const std::string more_than_a_terminal_holds(1'000'000, 'x');
    const base::Tick deadline = clock.tick() + Milliseconds{30};
    const auto written = connection->write(more_than_a_terminal_holds, deadline);
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().code == "device_unreachable");
    CHECK(clock.tick() >= deadline);
    CHECK(connection->read(1, deadline).empty());
  }
  for (const int end : ends) ::close(end);
}

TEST_CASE("an address where nobody answers costs the deadline, not more") {
  const base::SystemClock clock;
  // Nobody accepts: the first few connections wait in the listener's queue, the next one outside.
  const test::LoopbackPort port;
  const base::Tick begin = clock.tick();
  std::optional<base::Error> error;
  std::vector<Connection> queued;
  while (!error && queued.size() < 16) {
    auto made =
        Connection::connect("127.0.0.1", port.number(), clock, clock.tick() + Milliseconds{50});
    if (made) {
      queued.push_back(std::move(*made));
    } else {
      error = made.error();
    }
  }
  REQUIRE(error.has_value());
  CHECK(error->code == "device_unreachable");
  CHECK(clock.tick() - begin >= Milliseconds{50});
  CHECK(clock.tick() - begin < Milliseconds{1900});
}

TEST_CASE("what a device says is read as far as it comes, and nothing is waited for at its end") {
  const base::SystemClock clock;
  test::TempFolder folder;
  const base::Path file = folder / "device";
  REQUIRE(base::replace_file(file, ""));
  auto connection = Connection::open(file, clock);
  REQUIRE(connection.has_value());
  CHECK_FALSE(connection->can_answer());
  CHECK(connection->read(2, clock.tick() + Milliseconds{30'000}).empty());
}

TEST_CASE("a folder is no device") {
  const base::SystemClock clock;
  const auto connection = Connection::open("/tmp", clock);
  REQUIRE_FALSE(connection.has_value());
  CHECK(connection.error().code == "device_unreachable");
}
