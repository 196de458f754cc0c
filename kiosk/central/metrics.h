// What the server counts about itself and how it is written for Prometheus, text format 0.0.4
// (prometheus.io/docs/instrumenting/exposition_formats). Counts and times only: no id, no address,
// nothing of a person. Everything counts from the start of the process. Any thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/wire/messages.h"
#include "platform/base/clock.h"
#include "platform/http/traffic.h"

namespace central {

enum class Route { sync, enrol, lookup, manifest, packs, status, health, metrics, office };
inline constexpr std::array<std::string_view, 9> route_names{
    "sync", "enrol", "lookup", "manifest", "packs", "status", "health", "metrics", "office"};
// `office` is what is left over, as in server.h.
Route route_of(std::string_view path);

class Metrics {
 public:
  explicit Metrics(base::Instant started) : started_(started) {}

  // For the listener to count in.
  http::Traffic& traffic() { return traffic_; }
  void set_certificate_expiry(base::Instant when) {
    certificate_expires_s_ = base::to_ms(when) / 1000;
  }

  // `took` from the request's last byte until its answer was ready to be sent.
  void answered(Route route, int status, base::Milliseconds took);
  void decided(wire::Outcome outcome);

  // What is looked up for each text; nothing when it could not be.
  struct Looked {
    std::optional<std::int64_t> kiosks_seen;  // in the last 24 hours
  };
  [[nodiscard]] std::string text(const Looked& looked) const;

 private:
  using Count = std::atomic<std::uint64_t>;
  static constexpr std::array<int, 12> bounds_ms{1,   2,   5,   10,   25,   50,
                                                 100, 250, 500, 1000, 2500, 5000};
  struct Answers {
    std::array<Count, 4> by_class{};               // 2xx to 5xx
    std::array<Count, bounds_ms.size()> within{};  // this bound, and not the one before
    Count all = 0;
    Count all_ms = 0;  // together
  };
  void write_answers(std::string& text) const;
  void write_refused(std::string& text) const;

  base::Instant started_;
  http::Traffic traffic_;
  std::array<Answers, route_names.size()> answers_{};
  std::array<Count, 4> ops_{};  // by wire::Outcome
  Count refused_by_rate_ = 0;
  std::atomic<std::int64_t> certificate_expires_s_ = 0;  // 0: there is none
};

}  // namespace central
