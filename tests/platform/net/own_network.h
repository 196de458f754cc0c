// A network of its own for a test that changes routes: a child process in fresh user and network
// namespaces (unshare(2)), where it needs no privilege and disturbs nobody.
#pragma once

#include <arpa/inet.h>
#include <net/if.h>
#include <net/route.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <string>

namespace test {

// What `work` says, there; false also where there are no such namespaces. To be called while the
// process has one thread.
template <typename Work>
bool in_own_network(Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool apart = ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
    ::_exit(apart && work() ? 0 : 1);
  }
  int status = 0;
  return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

inline bool has_own_network() {
  return in_own_network([] { return true; });
}

// Asks the kernel for something; the line "lo" is the only one in a network of one's own.
template <typename Wish>
bool ask_kernel(unsigned long request, Wish& wish) {
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const bool done = ::ioctl(socket, request, &wish) == 0;
  ::close(socket);
  return done;
}

inline bool raise_line() {
  ifreq line{};
  std::strcpy(line.ifr_name, "lo");
  line.ifr_flags = IFF_UP;
  return ask_kernel(SIOCSIFFLAGS, line);
}

inline void put_address(sockaddr& seat, const char* address) {
  auto* internet = reinterpret_cast<sockaddr_in*>(&seat);
  internet->sin_family = AF_INET;
  internet->sin_addr.s_addr = ::inet_addr(address);
}

// SIOCADDRT or SIOCDELRT: a route to a /16.
inline bool change_route(unsigned long request, const char* network) {
  std::string line = "lo";
  rtentry route{};
  put_address(route.rt_dst, network);
  put_address(route.rt_genmask, "255.255.0.0");
  route.rt_flags = RTF_UP;
  route.rt_dev = line.data();
  return ask_kernel(request, route);
}

}  // namespace test
