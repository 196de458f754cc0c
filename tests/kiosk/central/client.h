// A kiosk as the server sees it: signs and sends over real HTTP. Also a small one that runs the
// server's routes on a port of this machine.
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "kiosk/central/server.h"
#include "platform/http/curl_transport.h"
#include "platform/http/gzip.h"
#include "tests/kiosk/central/bench.h"

namespace test {

class Client {
 public:
  // Over TLS when there are authorities to trust.
  Client(std::uint16_t port, const base::Clock& clock, const base::Path& authorities = {})
      : scheme_(authorities.empty() ? "http" : "https"), port_(port), clock_(&clock) {
    auto opened = http::CurlTransport::open(authorities);
    REQUIRE(opened);
    transport_ = std::make_unique<http::CurlTransport>(std::move(*opened));
  }

  [[nodiscard]] http::Request request(std::string_view method, std::string_view path,
                                      std::string body = {}) const {
    http::Request request;
    request.method = method;
    request.url = fmt::format("{}://127.0.0.1:{}{}", scheme_, port_, path);
    request.body = std::move(body);
    return request;
  }
  // Signs what the request is now.
  void sign(http::Request& request) const { sign_at(request, clock_->now()); }
  void sign_at(http::Request& request, base::Instant when) const {
    const std::string path = request.url.substr(request.url.find('/', 8));
    const std::string words =
        wire::signed_words(request.method, path, base::to_ms(when), request.body);
    request.headers["Authorization"] =
        wire::authorization(kiosk.kiosk_id, base::to_ms(when), key.sign(words));
  }

  base::Result<http::Response> try_send(const http::Request& request) {
    return transport_->send(request, {});
  }
  http::Response send(const http::Request& request) {
    const auto response = try_send(request);
    REQUIRE(response);
    return *response;
  }
  http::Response get(std::string_view path) { return send(request("GET", path)); }
  http::Response post(std::string_view path, std::string body) {
    return send(request("POST", path, std::move(body)));
  }
  http::Response post_signed(std::string_view path, std::string body) {
    http::Request signed_request = request("POST", path, std::move(body));
    sign(signed_request);
    return send(signed_request);
  }

  // A button of the office page; works on the machine of the server.
  std::string enrol_code() {
    http::Request button = request("POST", "/office/enrol-code", "{}");
    button.headers["X-Kiosk-Office"] = "1";
    const std::string body = send(button).body;
    constexpr std::string_view before = "\"code\":\"";
    const std::size_t begin = body.find(before);
    REQUIRE(begin != std::string::npos);
    return body.substr(begin + before.size(),
                       body.find('"', begin + before.size()) - begin - before.size());
  }
  http::Response enrol(const std::string& code) {
    const http::Response response =
        post("/v1/enrol", wire::to_json(wire::EnrolRequest{code, key.public_key()}));
    if (auto welcome = wire::parse_enrol_response(response.body)) kiosk = *welcome;
    return response;
  }
  base::Result<http::Response> try_sync(const std::vector<wire::Op>& ops) {
    wire::SyncRequest body{kiosk.epoch, "", {}, {}};
    for (const wire::Op& op : ops) body.ops.push_back(wire::to_json(op));
    http::Request signed_request = request("POST", "/v1/sync", wire::to_json(body));
    sign(signed_request);
    return try_send(signed_request);
  }
  http::Response sync(const std::vector<wire::Op>& ops) {
    const auto response = try_sync(ops);
    REQUIRE(response);
    return *response;
  }
  // The server came back elsewhere.
  void move_to(std::uint16_t port) { port_ = port; }

  crypto::SigningKey key = crypto::SigningKey::generate();
  wire::EnrolResponse kiosk;

 private:
  std::string scheme_;
  std::uint16_t port_;
  const base::Clock* clock_;
  std::unique_ptr<http::CurlTransport> transport_;
};

// "code" of a problem, "" when the answer is none.
inline std::string problem_code(const http::Response& response) {
  const auto problem = wire::parse_problem(response.body);
  return problem ? problem->code : "";
}

inline wire::SyncResponse synced(const http::Response& response) {
  CHECK(response.status == 200);
  auto parsed = wire::parse_sync_response(response.body);
  REQUIRE(parsed);
  return std::move(*parsed);
}

// The routes over a bench, and on a port.
class RunningServer {
 public:
  explicit RunningServer(std::optional<central::LawPack> laws = {},
                         const central::Access& access = {})
      : log(bench.clock, ::open("/dev/null", O_WRONLY | O_CLOEXEC)),
        content(
            central::publish(central::make_catalogue_pack({{"menu.toml", std::string(2000, '#')}}),
                             std::move(laws), 1)),
        metrics(bench.clock.now()),
        server(central::Ground{
            *bench.store, bench.center, content, {bench.clock, chance}, log, metrics, access}) {
    http::ListenerOptions options;
    options.traffic = &metrics.traffic();
    auto opened = http::Listener::open(
        options, [this](const http::Received& received) { return server.answer(received); });
    REQUIRE(opened);
    listener = std::make_unique<http::Listener>(std::move(*opened));
  }

  std::string enrol_code() {
    return bench.store
        ->write([&](sql::Database& database) {
          return central::make_enrol_code(database, bench.center.id(), {bench.clock, chance});
        })
        .value();
  }
  Client client() { return {listener->port(), bench.clock}; }
  Client enrolled() {
    Client fresh = client();
    CHECK(fresh.enrol(enrol_code()).status == 200);
    return fresh;
  }

  Bench bench;
  base::SystemChance chance;  // the workers share it
  base::Log log;
  central::Content content;
  central::Metrics metrics;
  central::Server server;
  std::unique_ptr<http::Listener> listener;
};

}  // namespace test
