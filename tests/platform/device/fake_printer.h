// A printer on a loopback port or behind a pseudo terminal: keeps what it is sent and answers
// status requests as told.
#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pty.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>
#include <utility>

#include "platform/device/escpos.h"

namespace test {

// Reads one visitor of a descriptor to the end. An empty answer hangs up that direction at once, so
// that nobody waits for it.
class PrinterVoice {
 public:
  PrinterVoice(int descriptor, std::string answer)
      : descriptor_(descriptor), answer_(std::move(answer)) {
    if (answer_.empty()) ::shutdown(descriptor_, SHUT_WR);
  }

  std::string listen() {
    std::array<char, 4096> block{};
    std::string heard;
    std::size_t answered = 0;
    for (;;) {
      const ssize_t got = ::read(descriptor_, block.data(), block.size());
      if (got <= 0) return heard;
      heard.append(block.data(), static_cast<std::size_t>(got));
      const std::size_t request = heard.find(device::escpos_status_request, answered);
      if (request == std::string::npos || answer_.empty()) continue;
      answered = request + device::escpos_status_request.size();
      if (::write(descriptor_, answer_.data(), answer_.size()) < 0) return heard;
    }
  }

 private:
  int descriptor_;
  std::string answer_;
};

// A free loopback port that is listened to.
class LoopbackPort {
 public:
  LoopbackPort() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_, generic, size) == 0);
    REQUIRE(::listen(listener_, 1) == 0);
    REQUIRE(::getsockname(listener_, generic, &size) == 0);
    number_ = std::to_string(ntohs(address.sin_port));
  }
  LoopbackPort(const LoopbackPort&) = delete;
  LoopbackPort& operator=(const LoopbackPort&) = delete;
  ~LoopbackPort() { ::close(listener_); }

  [[nodiscard]] const std::string& number() const { return number_; }
  // The next visitor; -1 after hang_up().
  [[nodiscard]] int accept() const { return ::accept(listener_, nullptr, nullptr); }
  void hang_up() const { ::shutdown(listener_, SHUT_RDWR); }

 private:
  int listener_;
  std::string number_;
};

class TcpPrinter {
 public:
  explicit TcpPrinter(std::string answer)
      : thread_([this, answer = std::move(answer)] {
          const int visitor = port_.accept();
          if (visitor < 0) return;
          heard_ = PrinterVoice(visitor, answer).listen();
          ::close(visitor);
        }) {}
  TcpPrinter(const TcpPrinter&) = delete;
  TcpPrinter& operator=(const TcpPrinter&) = delete;
  ~TcpPrinter() { port_.hang_up(); }

  [[nodiscard]] std::string target() const { return "tcp:127.0.0.1:" + port_.number(); }
  // Everything the one visitor said; waits until it has left.
  std::string heard() {
    thread_.join();
    return heard_;
  }

 private:
  LoopbackPort port_;
  std::string heard_;
  std::jthread thread_;
};

// A character device, as /dev/usb/lp0 is one.
class DevicePrinter {
 public:
  explicit DevicePrinter(std::string answer) {
    std::array<char, 128> name{};
    termios raw{};
    ::cfmakeraw(&raw);
    REQUIRE(::openpty(&ours_, &theirs_, name.data(), &raw, nullptr) == 0);
    path_ = name.data();
    thread_ = std::jthread(
        [this, answer = std::move(answer)] { heard_ = PrinterVoice(ours_, answer).listen(); });
  }
  DevicePrinter(const DevicePrinter&) = delete;
  DevicePrinter& operator=(const DevicePrinter&) = delete;
  ~DevicePrinter() {
    unplug();
    ::close(ours_);
  }

  [[nodiscard]] std::string target() const { return "file:" + path_; }
  std::string heard() {
    unplug();
    return heard_;
  }

 private:
  // When the last one has closed the terminal, reading its other end fails.
  void unplug() {
    if (theirs_ >= 0) ::close(std::exchange(theirs_, -1));
    if (thread_.joinable()) thread_.join();
  }

  int ours_ = -1;
  int theirs_ = -1;
  std::string path_;
  std::string heard_;
  std::jthread thread_;
};

}  // namespace test
