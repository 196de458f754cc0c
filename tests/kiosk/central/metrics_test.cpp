#include "kiosk/central/metrics.h"

#include <doctest/doctest.h>

#include <regex>
#include <set>
#include <sstream>

#include "tests/kiosk/central/client.h"

namespace {

using base::Milliseconds;
using central::Route;

std::string text_of(const central::Metrics& metrics) {
  return metrics.text({});
}

bool has_line(const std::string& text, const std::string& line) {
  return text.find("\n" + line + "\n") != std::string::npos;
}

TEST_CASE("requests are counted by route and status class, times in buckets that add up") {
  central::Metrics metrics(base::from_ms(1'700'000'000'500));
  metrics.answered(Route::sync, 200, Milliseconds{1});
  metrics.answered(Route::sync, 200, Milliseconds{3});
  metrics.answered(Route::sync, 503, Milliseconds{60'000});
  metrics.answered(Route::status, 429, Milliseconds{0});
  const std::string text = text_of(metrics);
  for (const std::string line :
       {"kiosk_central_requests_total{route=\"sync\",status=\"2xx\"} 2",
        "kiosk_central_requests_total{route=\"sync\",status=\"5xx\"} 1",
        "kiosk_central_requests_total{route=\"status\",status=\"4xx\"} 1",
        "kiosk_central_requests_total{route=\"enrol\",status=\"2xx\"} 0",
        "kiosk_central_request_seconds_bucket{route=\"sync\",le=\"0.001\"} 1",
        "kiosk_central_request_seconds_bucket{route=\"sync\",le=\"0.002\"} 1",
        "kiosk_central_request_seconds_bucket{route=\"sync\",le=\"0.005\"} 2",
        "kiosk_central_request_seconds_bucket{route=\"sync\",le=\"5\"} 2",
        "kiosk_central_request_seconds_bucket{route=\"sync\",le=\"+Inf\"} 3",
        "kiosk_central_request_seconds_sum{route=\"sync\"} 60.004",
        "kiosk_central_request_seconds_count{route=\"sync\"} 3",
        "kiosk_central_refused_total{limit=\"rate\"} 1",
        "process_start_time_seconds 1700000000.5"}) {
    CAPTURE(line);
    CHECK(has_line(text, line));
  }
}

TEST_CASE("what a listener refused, ops and the end of the certificate are told") {
  central::Metrics metrics(base::from_ms(0));
  CHECK(text_of(metrics).find("certificate") == std::string::npos);
  metrics.set_certificate_expiry(base::from_ms(1'800'000'000'000));
  metrics.traffic().count(http::Refusal::waiting);
  metrics.traffic().open = 7;
  metrics.decided(wire::Outcome::duplicate);
  const std::string text = metrics.text({.kiosks_seen = 12});
  CHECK(has_line(text, "kiosk_central_refused_total{limit=\"waiting\"} 1"));
  CHECK(has_line(text, "kiosk_central_refused_total{limit=\"slow\"} 0"));
  CHECK(has_line(text, "kiosk_central_connections 7"));
  CHECK(has_line(text, "kiosk_central_ops_total{outcome=\"duplicate\"} 1"));
  CHECK(has_line(text, "kiosk_central_kiosks_seen 12"));
  CHECK(has_line(text, "kiosk_central_certificate_expires_seconds 1800000000"));
}

TEST_CASE("every line is of the format, every sample is announced once, and none stands twice") {
  central::Metrics metrics(base::from_ms(0));
  metrics.set_certificate_expiry(base::from_ms(1000));
  const std::regex announced(R"(# (HELP|TYPE) ([a-z_]+) .+)");
  const std::regex sample(
      R"lit(([a-z_]+?)(_bucket|_sum|_count)?(\{[a-z]+="[^"]+"(,[a-z]+="[^"]+")*\})? [0-9.e+-]+)lit");
  std::set<std::string> names;
  std::set<std::string> samples;
  std::istringstream lines(metrics.text({.kiosks_seen = 1}));
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    std::smatch found;
    if (std::regex_match(line, found, announced)) {
      CHECK(names.insert(found[1].str() + found[2].str()).second);
    } else {
      REQUIRE(std::regex_match(line, found, sample));
      CHECK((names.contains("TYPE" + found[1].str()) ||
             names.contains("TYPE" + found[1].str() + found[2].str())));
      CHECK(samples.insert(line.substr(0, line.rfind(' '))).second);
    }
  }
  CHECK(samples.size() > 100);
}

TEST_CASE("paths are told by a few names only, whatever is asked") {
  CHECK(central::route_of("/v1/sync") == Route::sync);
  CHECK(central::route_of("/v1/packs/0") == Route::packs);
  CHECK(central::route_of("/v1/status/7K4M2-9QXRC") == Route::status);
  CHECK(central::route_of("/readyz") == Route::health);
  CHECK(central::route_of("/../x") == Route::office);
}

TEST_CASE("a running server counts what it did, and tells nobody's id or name") {
  test::RunningServer server;
  auto client = server.enrolled();
  test::Outbox outbox(server.bench.clock, 7);
  const auto visitor = server.bench.visitor();
  const std::vector<wire::Op> ops = {
      server.bench.booking(outbox, visitor, "consult|onsite|2026-11-24T14:00")};
  test::synced(client.sync(ops));
  test::synced(client.sync(ops));
  CHECK(client.get("/v1/status/" + visitor.code).status == 200);
  CHECK(client.get("/v1/status/x").status == 404);
  const auto answer = client.get("/metrics");
  CHECK(answer.status == 200);
  CHECK(answer.headers.at("content-type") == "text/plain; version=0.0.4; charset=utf-8");
  const std::string& text = answer.body;
  for (const std::string line :
       {"kiosk_central_requests_total{route=\"sync\",status=\"2xx\"} 2",
        "kiosk_central_requests_total{route=\"enrol\",status=\"2xx\"} 1",
        "kiosk_central_requests_total{route=\"status\",status=\"4xx\"} 1",
        "kiosk_central_ops_total{outcome=\"applied\"} 1",
        "kiosk_central_ops_total{outcome=\"duplicate\"} 1", "kiosk_central_kiosks_seen 1",
        "kiosk_central_connections_total 1"}) {
    CAPTURE(line);
    CHECK(has_line(text, line));
  }
  for (const std::string& secret :
       {client.kiosk.kiosk_id, visitor.code, std::string("王小明"), std::string("13800001234"),
        std::string("127.0.0.1"), client.kiosk.center_id}) {
    CHECK(text.find(secret) == std::string::npos);
  }
  server.bench.clock.advance(std::chrono::hours{25});
  CHECK(has_line(client.get("/metrics").body, "kiosk_central_kiosks_seen 0"));
}

TEST_CASE("metrics are for this machine, unless the settings say otherwise") {
  const auto status_through_proxy = [](bool anywhere) {
    test::RunningServer server({}, {.proxy = "", .metrics_from_anywhere = anywhere});
    auto client = server.client();
    http::Request request = client.request("GET", "/metrics");
    CHECK(client.send(request).status == 200);
    request.headers["X-Real-IP"] = "192.0.2.7";
    return client.send(request).status;
  };
  CHECK(status_through_proxy(false) == 403);
  CHECK(status_through_proxy(true) == 200);
}

}  // namespace
