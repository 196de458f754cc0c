// Tells that a way to other machines has come or gone: a cable, a modem, a default route. Listens
// to the kernel (Linux, rtnetlink(7)) without asking it anything, needs no privilege, and sleeps
// meanwhile. Does not know where the ways lead, nor whether anybody answers there.
#pragma once

#include <functional>
#include <string_view>
#include <thread>

#include "platform/base/result.h"

namespace net {

class RouteWatch {
 public:
  // `changed` is called on a thread of the watch, once for each datagram that tells of a change:
  // several may come within a millisecond, also such that help nobody. It ends with the object.
  // device ("netlink"): this machine does not tell.
  static base::Result<RouteWatch> start(std::function<void()> changed);

 private:
  explicit RouteWatch(std::jthread thread) : thread_(std::move(thread)) {}
  std::jthread thread_;  // owns the socket
};

// Whether a datagram of the kernel names a unicast route that was added, replaced or taken away.
// Routes to the machine itself, to everybody on a line (broadcast, multicast), to nowhere, and what
// the kernel remembers of single destinations (RTM_F_CLONED) are no ways. Pure; broken bytes name
// nothing.
[[nodiscard]] bool tells_of_route(std::string_view datagram);

}  // namespace net
