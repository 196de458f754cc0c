#include "platform/net/route_watch.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <stop_token>
#include <utility>

namespace net {
namespace {

using base::Result;

constexpr std::size_t largest_datagram = 32768;  // what the kernel says at most (rtnetlink)

// Closed with the object.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }

 private:
  int number_;
};

// At the front of `bytes`; nothing when they are too few.
template <typename Header>
std::optional<Header> read_header(std::string_view bytes) {
  if (bytes.size() < sizeof(Header)) return std::nullopt;
  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return header;
}

bool names_route(const nlmsghdr& message, std::string_view payload) {
  if (message.nlmsg_type != RTM_NEWROUTE && message.nlmsg_type != RTM_DELROUTE) return false;
  const auto route = read_header<rtmsg>(payload);
  return route && route->rtm_type == RTN_UNICAST && (route->rtm_flags & RTM_F_CLONED) == 0;
}

Result<Descriptor> listen_to_kernel() {
  Descriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE));
  sockaddr_nl groups{};
  groups.nl_family = AF_NETLINK;
  groups.nl_groups = RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
  if (!socket.open() ||
      ::bind(socket.number(), reinterpret_cast<sockaddr*>(&groups), sizeof groups) != 0) {
    return base::fail(base::ErrorKind::device, "netlink", std::strerror(errno));
  }
  return socket;
}

// Takes one datagram. Also true when the kernel had more to tell than the socket could hold.
bool hears_change(const Descriptor& socket) {
  std::array<char, largest_datagram> bytes;
  sockaddr_nl sender{};
  socklen_t sender_size = sizeof sender;
  const ssize_t size = ::recvfrom(socket.number(), bytes.data(), bytes.size(), 0,
                                  reinterpret_cast<sockaddr*>(&sender), &sender_size);
  if (size < 0) return errno == ENOBUFS;
  const bool from_kernel = sender.nl_pid == 0;
  return from_kernel && tells_of_route({bytes.data(), static_cast<std::size_t>(size)});
}

void watch(const std::stop_token& stop, const Descriptor& socket, const Descriptor& ended,
           const std::function<void()>& changed) {
  const std::stop_callback end(stop, [&ended] { ::eventfd_write(ended.number(), 1); });
  std::array<pollfd, 2> either{{{socket.number(), POLLIN, 0}, {ended.number(), POLLIN, 0}}};
  while (!stop.stop_requested()) {
    ::poll(either.data(), either.size(), -1);
    if (either[0].revents != 0 && hears_change(socket)) changed();
  }
}

}  // namespace

bool tells_of_route(std::string_view datagram) {
  while (const auto message = read_header<nlmsghdr>(datagram)) {
    const std::size_t length = message->nlmsg_len;
    if (length < NLMSG_HDRLEN || length > datagram.size()) return false;
    if (names_route(*message, datagram.substr(NLMSG_HDRLEN, length - NLMSG_HDRLEN))) return true;
    datagram.remove_prefix(std::min<std::size_t>(NLMSG_ALIGN(length), datagram.size()));
  }
  return false;
}

Result<RouteWatch> RouteWatch::start(std::function<void()> changed) {
  Descriptor socket = TRY(listen_to_kernel());
  Descriptor ended(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!ended.open()) return base::fail(base::ErrorKind::device, "netlink", std::strerror(errno));
  return RouteWatch(std::jthread([socket = std::move(socket), ended = std::move(ended),
                                  changed = std::move(changed)](const std::stop_token& stop) {
    watch(stop, socket, ended, changed);
  }));
}

}  // namespace net
