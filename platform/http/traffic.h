// What a Listener has counted since it was opened, for whoever watches a server. Knows no format.
// Any thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

namespace http {

// Why a listener turned somebody away before the handler.
enum class Refusal {
  connections,  // too many at once
  handshake,    // no TLS came, or none of ours
  slow,         // a request, or the reading of an answer, took too long
  malformed,    // not a request
  headers,      // too long
  body,         // too long
  memory,       // what is being received and sent is as much as may be
  waiting,      // too many requests before it, or it has waited for too long
};
inline constexpr std::array<std::string_view, 8> refusal_names{
    "connections", "handshake", "slow", "malformed", "headers", "body", "memory", "waiting"};

struct Traffic {
  std::atomic<std::uint64_t> connections = 0;                              // accepted
  std::atomic<std::uint64_t> open = 0;                                     // of these, now
  std::array<std::atomic<std::uint64_t>, refusal_names.size()> refused{};  // by Refusal

  void count(Refusal why) { ++refused[static_cast<std::size_t>(why)]; }
  [[nodiscard]] std::uint64_t count_of(Refusal why) const {
    return refused[static_cast<std::size_t>(why)];
  }
};

}  // namespace http
