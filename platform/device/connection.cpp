#include "platform/device/connection.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

namespace device {
namespace {

tl::unexpected<base::Error> unreachable(std::string_view where, int error) {
  const std::string words = std::generic_category().message(error);
  return base::fail(base::ErrorKind::device, "device_unreachable",
                    std::string(where) + ": " + words);
}

struct FreeAddresses {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

base::Result<Addresses> resolve(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (const int error = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &list); error != 0) {
    return base::fail(base::ErrorKind::device, "device_unreachable",
                      host + ": " + ::gai_strerror(error));
  }
  return Addresses(list);
}

int error_of(int socket) {
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

}  // namespace

Connection::Connection(int descriptor, const base::Clock& clock, bool can_answer)
    : descriptor_(descriptor), clock_(&clock), can_answer_(can_answer) {}

Connection::Connection(Connection&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      clock_(other.clock_),
      can_answer_(other.can_answer_) {}

Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(clock_, other.clock_);
  std::swap(can_answer_, other.can_answer_);
  return *this;
}

Connection::~Connection() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Result<Connection> Connection::open(const base::Path& path, const base::Clock& clock) {
  struct stat kind{};
  if (::stat(path.c_str(), &kind) != 0) return unreachable(path.string(), errno);
  const bool character_device = S_ISCHR(kind.st_mode);
  if (!character_device && !S_ISREG(kind.st_mode)) return unreachable(path.string(), ENODEV);
  const int how = O_NONBLOCK | O_CLOEXEC | O_NOCTTY | O_APPEND;
  // Some printers only listen, and their device file then refuses to be read.
  int descriptor = character_device ? ::open(path.c_str(), how | O_RDWR) : -1;
  const bool can_answer = descriptor >= 0;
  if (descriptor < 0) descriptor = ::open(path.c_str(), how | O_WRONLY);
  if (descriptor < 0) return unreachable(path.string(), errno);
  return Connection(descriptor, clock, can_answer);
}

base::Result<Connection> Connection::connect(const std::string& host, const std::string& port,
                                             const base::Clock& clock, base::Tick deadline) {
  const Addresses addresses = TRY(resolve(host, port));
  int error = EHOSTUNREACH;
  for (const addrinfo* each = addresses.get(); each != nullptr; each = each->ai_next) {
    Connection made(::socket(each->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), clock,
                    true);
    const bool begun = ::connect(made.descriptor_, each->ai_addr, each->ai_addrlen) == 0;
    if (!begun && errno != EINPROGRESS) {
      error = errno;
      continue;
    }
    const bool answered = made.wait_for(POLLOUT, deadline);
    error = answered ? error_of(made.descriptor_) : ETIMEDOUT;
    if (error == 0) return made;
  }
  return unreachable(host + ":" + port, error);
}

bool Connection::wait_for(short events, base::Tick deadline) const {
  for (;;) {
    const auto left = std::clamp<std::int64_t>((deadline - clock_->tick()).count(), 0, 60'000);
    pollfd watched{.fd = descriptor_, .events = events, .revents = 0};
    const int ready = ::poll(&watched, 1, static_cast<int>(left));
    if (ready > 0) return true;  // also for errors, which the next call then names
    if (ready == 0 || errno != EINTR) return false;
  }
}

base::Result<void> Connection::write(std::string_view bytes, base::Tick deadline) {
  while (!bytes.empty()) {
    if (!wait_for(POLLOUT, deadline)) return unreachable("write", ETIMEDOUT);
    // A socket must not end the program when the other side has gone; a file knows no send().
    ssize_t put = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (put < 0 && errno == ENOTSOCK) put = ::write(descriptor_, bytes.data(), bytes.size());
    if (put < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (put < 0) return unreachable("write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

std::string Connection::read(std::size_t count, base::Tick deadline) {
  std::string got;
  while (got.size() < count && wait_for(POLLIN, deadline)) {
    std::string more(count - got.size(), '\0');
    const ssize_t size = ::read(descriptor_, more.data(), more.size());
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (size <= 0) break;
    got.append(more, 0, static_cast<std::size_t>(size));
  }
  return got;
}

void Connection::finish(base::Tick deadline) {
  if (::shutdown(descriptor_, SHUT_WR) != 0) return;  // no socket: nothing to hear out
  while (!read(1, deadline).empty()) discard_input();
}

void Connection::discard_input() {
  std::string old(256, '\0');
  while (::read(descriptor_, old.data(), old.size()) > 0) {
  }
}

}  // namespace device
