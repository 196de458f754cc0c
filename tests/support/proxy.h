// A line that can be cut: forwards loopback TCP connections to a port, or does not, as it is told.
// A cut takes effect at once, on open connections too. Knows no HTTP. One thread of its own.
#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <list>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace test {

class Proxy {
 public:
  enum class Line {
    whole,
    refused,       // nothing gets through, connections end at once
    reply_lost,    // what is asked arrives; the connection ends before a byte of the answer
    reply_torn,    // the connection ends within the answer
    request_torn,  // the connection ends within what is asked
    reply_waits,   // what is asked arrives, and no answer ever comes
  };

  explicit Proxy(std::uint16_t to) : to_(to) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener_, 16) == 0);
    REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    REQUIRE(::pipe2(wake_.data(), O_CLOEXEC) == 0);
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;
  ~Proxy() {
    thread_.request_stop();
    rouse();
    thread_.join();
    for (Pair& each : pairs_) each.close();
    ::close(listener_);
    for (const int each : wake_) ::close(each);
  }

  [[nodiscard]] std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }
  void set(Line line) {
    line_ = line;
    rouse();
  }

 private:
  // Bytes of a message that pass before the connection is torn.
  static constexpr std::size_t torn_after = 60;

  struct Pair {
    int visitor = -1;
    int server = -1;
    std::size_t asked = 0;     // bytes
    std::size_t answered = 0;  // bytes
    [[nodiscard]] bool open() const { return visitor >= 0; }
    void close() {
      if (!open()) return;
      ::close(std::exchange(visitor, -1));
      ::close(std::exchange(server, -1));
    }
  };

  static sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }
  void rouse() {
    const char any = 0;
    CHECK(::write(wake_[1], &any, 1) == 1);
  }

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::vector<pollfd> watched{{listener_, POLLIN, 0}, {wake_[0], POLLIN, 0}};
      for (const Pair& each : pairs_) {
        watched.push_back({each.visitor, POLLIN, 0});
        watched.push_back({each.server, POLLIN, 0});
      }
      ::poll(watched.data(), watched.size(), -1);
      if (watched[1].revents != 0) take_wake();
      std::size_t at = 2;
      for (Pair& each : pairs_) {
        if (watched[at].revents != 0) pass_question(each);
        if (each.open() && watched[at + 1].revents != 0) pass_answer(each);
        at += 2;
      }
      if (watched[0].revents != 0) accept_one();
      pairs_.remove_if([](const Pair& each) { return !each.open(); });
    }
  }
  void take_wake() {
    std::array<char, 64> bytes{};
    if (::read(wake_[0], bytes.data(), bytes.size()) <= 0) return;
    // A cut takes what is open with it; a mended line begins anew.
    for (Pair& each : pairs_) each.close();
  }
  void accept_one() {
    Pair pair{.visitor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)};
    if (pair.visitor < 0) return;
    const sockaddr_in address = loopback(to_);
    pair.server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool reached =
        line_ != Line::refused &&
        ::connect(pair.server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    if (reached) {
      pairs_.push_back(pair);
    } else {
      pair.close();
    }
  }
  void pass_question(Pair& pair) {
    const Line line = line_;
    if (!pass(pair.visitor, pair.server, line == Line::request_torn, pair.asked)) pair.close();
  }
  void pass_answer(Pair& pair) {
    const Line line = line_;
    if (line == Line::reply_waits) {
      std::array<char, 4096> lost{};
      if (::recv(pair.server, lost.data(), lost.size(), 0) <= 0) pair.close();
      return;
    }
    const bool lost = line == Line::reply_lost;
    if (lost || !pass(pair.server, pair.visitor, line == Line::reply_torn, pair.answered)) {
      pair.close();
    }
  }
  // False when the connection is over.
  static bool pass(int from, int to, bool torn, std::size_t& passed) {
    std::array<char, 16384> bytes{};
    const ssize_t got = ::recv(from, bytes.data(), bytes.size(), 0);
    if (got <= 0) return false;
    auto left = static_cast<std::size_t>(got);
    if (torn) left = std::min(left, torn_after - std::min(torn_after, passed));
    for (std::size_t sent = 0; sent < left;) {
      const ssize_t done = ::send(to, bytes.data() + sent, left - sent, MSG_NOSIGNAL);
      if (done <= 0) return false;
      sent += static_cast<std::size_t>(done);
    }
    passed += left;
    return !torn || passed < torn_after;
  }

  std::uint16_t to_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  std::array<int, 2> wake_{-1, -1};
  std::atomic<Line> line_{Line::whole};
  std::list<Pair> pairs_;  // of the thread
  std::jthread thread_;    // last: it stops before anything it uses goes
};

}  // namespace test
