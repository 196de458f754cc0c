#include "platform/net/route_watch.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/platform/net/own_network.h"
#include "tests/support/signal.h"

namespace {

// Datagrams as Linux 6 sent them (x86-64), recorded while ip(8) did what stands beside them.
constexpr std::string_view default_route_added =  // ip route add default via 10.9.0.1 dev lo onlink
    "340000001800000669b7046bb448000002000000fe0300010400000008000f00fe000000080005000a090001"
    "0800040001000000";
constexpr std::string_view default_route_added_v6 =  // ip -6 route add default dev lo
    "600000001800000669b7046bb64800000a000000fe0300010000000008000f00fe0000000800060000040000"
    "080004000100000024000c00000000000000000000000000000000000000000000000000000000000000000005"
    "00140000000000";
constexpr std::string_view route_taken_away =  // ip route del 10.9.0.0/16 dev lo
    "34000000190000006ab7046bbf48000002100000fe03fd010000000008000f00fe000000080001000a090000"
    "0800040001000000";
constexpr std::string_view own_address =  // ip addr add 10.8.0.1/24 dev lo: a route to oneself
    "3c00000018000006000000000000000002200000ff02fe020000000008000f00ff000000080001000a080001"
    "080007000a0800010800040001000000";
constexpr std::string_view broadcast =  // … and one to everybody on the line
    "3c00000018000006000000000000000002200000ff02fd030000000008000f00ff000000080001000a0800ff"
    "080007000a0800010800040001000000";
constexpr std::string_view route_to_nowhere =  // ip route add blackhole 10.7.0.0/16
    "2c000000180000066ab7046bc448000002100000fe0300060000000008000f00fe000000080001000a070000";

constexpr std::size_t flags_at = 24;  // of rtmsg in a datagram with one message

std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

bool tells(std::string_view hex) {
  return net::tells_of_route(bytes_of(hex));
}

}  // namespace

TEST_CASE("a way that comes or goes is noticed, in either family of addresses") {
  CHECK(tells(default_route_added));
  CHECK(tells(default_route_added_v6));
  CHECK(tells(route_taken_away));
}

TEST_CASE("what leads nowhere is no way") {
  CHECK_FALSE(tells(own_address));
  CHECK_FALSE(tells(broadcast));
  CHECK_FALSE(tells(route_to_nowhere));
  std::string remembered = bytes_of(default_route_added);
  remembered[flags_at + 1] = 0x02;  // RTM_F_CLONED
  CHECK_FALSE(net::tells_of_route(remembered));
}

TEST_CASE("a way is found behind other messages of the same datagram") {
  CHECK(net::tells_of_route(bytes_of(own_address) + bytes_of(default_route_added)));
  CHECK_FALSE(net::tells_of_route(bytes_of(own_address) + bytes_of(broadcast)));
}

TEST_CASE("torn bytes tell nothing and are read no further than they go") {
  constexpr std::size_t headers = 28;  // nlmsghdr and rtmsg
  const std::string whole = bytes_of(default_route_added);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(net::tells_of_route(std::string_view(whole).substr(0, size)));
    std::string shorter = whole.substr(0, size);
    if (!shorter.empty()) shorter[0] = static_cast<char>(size);
    CHECK(net::tells_of_route(shorter) == (size >= headers));
  }
  CHECK_FALSE(net::tells_of_route(std::string(64, '\0')));
  CHECK_FALSE(net::tells_of_route(std::string(64, '\xff')));
}

TEST_CASE("a watch ends at once, though nothing has happened") {
  const auto watch = net::RouteWatch::start([] {});
  CHECK(watch);
}

TEST_CASE("the kernel tells of a route that is added and of one that is taken away" *
          doctest::skip(!test::has_own_network())) {
  CHECK(test::in_own_network([] {
    test::Signal changed;
    const auto watch = net::RouteWatch::start([&changed] { changed.raise(); });
    return watch && test::raise_line() && test::change_route(SIOCADDRT, "10.9.0.0") &&
           changed.wait_for_count(1) && test::change_route(SIOCDELRT, "10.9.0.0") &&
           changed.wait_for_count(2);
  }));
}
