// TCP by hand, for what no well-behaved client or server would send. Loopback only; every read
// gives up after five seconds.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace test {

class RawSocket {
 public:
  explicit RawSocket(int descriptor) : descriptor_(descriptor) {
    const timeval patience{5, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  RawSocket(RawSocket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  RawSocket& operator=(RawSocket&&) = delete;
  ~RawSocket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  static RawSocket connect(std::uint16_t port) {
    RawSocket socket(::socket(AF_INET, SOCK_STREAM, 0));
    const sockaddr_in address = loopback(port);
    ::connect(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return socket;
  }
  // Listens on a port the system chooses.
  static RawSocket listen() {
    RawSocket socket(::socket(AF_INET, SOCK_STREAM, 0));
    const sockaddr_in address = loopback(0);
    ::bind(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(socket.descriptor_, 8);
    return socket;
  }
  [[nodiscard]] RawSocket accept() const {
    return RawSocket(::accept(descriptor_, nullptr, nullptr));
  }
  [[nodiscard]] std::uint16_t port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }

  // False when the other side has closed.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t put = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (put <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
  }
  // What comes until `ending` has come or the other side closes.
  [[nodiscard]] std::string receive(std::string_view ending) const {
    std::string text;
    char byte = 0;
    while (!text.ends_with(ending) && ::recv(descriptor_, &byte, 1, 0) == 1) text += byte;
    return text;
  }
  [[nodiscard]] std::string receive_all() const {
    std::string text;
    char byte = 0;
    while (::recv(descriptor_, &byte, 1, 0) == 1) text += byte;
    return text;
  }

 private:
  static sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
  }

  int descriptor_;
};

}  // namespace test
