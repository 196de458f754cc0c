#include "kiosk/central/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace central {
namespace {

constexpr std::array<std::string_view, 4> class_names{"2xx", "3xx", "4xx", "5xx"};
constexpr std::array<std::string_view, 4> outcome_names{"applied", "duplicate", "rejected",
                                                        "deferred"};  // as wire::Outcome
constexpr int too_many_requests = 429;

// The two lines before the samples of one name.
void head(std::string& text, std::string_view name, std::string_view type, std::string_view help) {
  text += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

double seconds(std::uint64_t ms) {
  return static_cast<double>(ms) / 1000;
}

}  // namespace

Route route_of(std::string_view path) {
  if (path == "/v1/sync") return Route::sync;
  if (path == "/v1/enrol") return Route::enrol;
  if (path == "/v1/lookup") return Route::lookup;
  if (path == "/v1/manifest") return Route::manifest;
  if (path.starts_with("/v1/packs/")) return Route::packs;
  if (path.starts_with("/v1/status/")) return Route::status;
  if (path == "/healthz" || path == "/readyz") return Route::health;
  if (path == "/metrics") return Route::metrics;
  return Route::office;
}

void Metrics::answered(Route route, int status, base::Milliseconds took) {
  Answers& answers = answers_[static_cast<std::size_t>(route)];
  ++answers.by_class[static_cast<std::size_t>(std::clamp(status / 100, 2, 5) - 2)];
  if (status == too_many_requests) ++refused_by_rate_;
  const auto bound = std::lower_bound(bounds_ms.begin(), bounds_ms.end(), took.count());
  if (bound != bounds_ms.end()) {
    ++answers.within[static_cast<std::size_t>(bound - bounds_ms.begin())];
  }
  ++answers.all;
  answers.all_ms += static_cast<std::uint64_t>(took.count());
}

void Metrics::decided(wire::Outcome outcome) {
  ++ops_[static_cast<std::size_t>(outcome)];
}

void Metrics::write_answers(std::string& text) const {
  head(text, "kiosk_central_requests_total", "counter", "Requests answered.");
  for (std::size_t route = 0; route < answers_.size(); ++route) {
    for (std::size_t kind = 0; kind < class_names.size(); ++kind) {
      text +=
          fmt::format("kiosk_central_requests_total{{route=\"{}\",status=\"{}\"}} {}\n",
                      route_names[route], class_names[kind], answers_[route].by_class[kind].load());
    }
  }
  const std::string_view name = "kiosk_central_request_seconds";
  head(text, name, "histogram", "From a request's last byte until its answer was ready.");
  for (std::size_t route = 0; route < answers_.size(); ++route) {
    const Answers& answers = answers_[route];
    // Read first: what is counted meanwhile must not make a bucket larger than all.
    const std::uint64_t all = answers.all;
    std::uint64_t so_far = 0;
    for (std::size_t bound = 0; bound < bounds_ms.size(); ++bound) {
      so_far = std::min<std::uint64_t>(so_far + answers.within[bound], all);
      text += fmt::format("{}_bucket{{route=\"{}\",le=\"{}\"}} {}\n", name, route_names[route],
                          seconds(static_cast<std::uint64_t>(bounds_ms[bound])), so_far);
    }
    text +=
        fmt::format("{}_bucket{{route=\"{}\",le=\"+Inf\"}} {}\n", name, route_names[route], all);
    text += fmt::format("{}_sum{{route=\"{}\"}} {}\n", name, route_names[route],
                        seconds(answers.all_ms));
    text += fmt::format("{}_count{{route=\"{}\"}} {}\n", name, route_names[route], all);
  }
}

void Metrics::write_refused(std::string& text) const {
  const std::string_view name = "kiosk_central_refused_total";
  head(text, name, "counter", "Turned away by a limit.");
  for (std::size_t why = 0; why < http::refusal_names.size(); ++why) {
    text += fmt::format("{}{{limit=\"{}\"}} {}\n", name, http::refusal_names[why],
                        traffic_.refused[why].load());
  }
  text += fmt::format("{}{{limit=\"rate\"}} {}\n", name, refused_by_rate_.load());
}

std::string Metrics::text(const Looked& looked) const {
  std::string text;
  const auto one = [&text](std::string_view name, std::string_view type, std::string_view help,
                           auto value) {
    head(text, name, type, help);
    text += fmt::format("{} {}\n", name, value);
  };
  head(text, "kiosk_central_build_info", "gauge", "Always 1.");
  text += fmt::format("kiosk_central_build_info{{version=\"{}\"}} 1\n", KIOSK_VERSION);
  one("process_start_time_seconds", "gauge", "Unix time.",
      seconds(static_cast<std::uint64_t>(base::to_ms(started_))));
  write_answers(text);
  head(text, "kiosk_central_ops_total", "counter", "Ops that kiosks sent, by what came of them.");
  for (std::size_t outcome = 0; outcome < outcome_names.size(); ++outcome) {
    text += fmt::format("kiosk_central_ops_total{{outcome=\"{}\"}} {}\n", outcome_names[outcome],
                        ops_[outcome].load());
  }
  one("kiosk_central_connections_total", "counter", "Connections accepted.",
      traffic_.connections.load());
  one("kiosk_central_connections", "gauge", "Connections open now.", traffic_.open.load());
  write_refused(text);
  if (looked.kiosks_seen) {
    one("kiosk_central_kiosks_seen", "gauge", "Kiosks that synced in the last 24 hours.",
        *looked.kiosks_seen);
  }
  if (const std::int64_t expires = certificate_expires_s_; expires != 0) {
    one("kiosk_central_certificate_expires_seconds", "gauge",
        "Unix time when the certificate ends.", expires);
  }
  return text;
}

}  // namespace central
