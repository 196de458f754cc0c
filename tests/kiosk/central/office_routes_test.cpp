#include "kiosk/central/office_routes.h"

#include <nlohmann/json.hpp>

#include "tests/kiosk/central/client.h"

namespace {

using nlohmann::json;

http::Received from_page(std::string method, std::string path, std::string body = "{}") {
  http::Received received;
  received.method = std::move(method);
  received.path = std::move(path);
  received.body = std::move(body);
  received.headers = {{"host", "127.0.0.1:8480"}, {"x-kiosk-office", "1"}};
  received.peer = "127.0.0.1";
  received.peer_is_loopback = true;
  return received;
}

TEST_CASE("the office answers this machine only, under its own name, to its own page") {
  CHECK(central::may_use_office(from_page("GET", "/")));
  CHECK(central::may_use_office(from_page("POST", "/office/ticket")));
  for (const char* host : {"localhost", "localhost:8480", "[::1]:8480", "[::1]", "127.0.0.1"}) {
    http::Received received = from_page("GET", "/");
    received.headers["host"] = host;
    CHECK(central::may_use_office(received));
  }
  for (const char* host : {"", "evil.example", "evil.example:8480", "127.0.0.1.evil.example",
                           "localhost.evil.example:80", "192.168.1.5:8480"}) {
    http::Received received = from_page("GET", "/");
    received.headers["host"] = host;
    CHECK_FALSE(central::may_use_office(received));
  }
  http::Received elsewhere = from_page("GET", "/");
  elsewhere.peer_is_loopback = false;
  CHECK_FALSE(central::may_use_office(elsewhere));
  for (const char* mark : {"x-forwarded-for", "forwarded", "via", "x-real-ip"}) {
    http::Received proxied = from_page("GET", "/");
    proxied.headers[mark] = "10.0.0.1";
    CHECK_FALSE(central::may_use_office(proxied));
  }
  http::Received form = from_page("POST", "/office/ticket");
  form.headers.erase("x-kiosk-office");
  CHECK_FALSE(central::may_use_office(form));
}

TEST_CASE("every office path is closed to the outside, and nothing happens there") {
  test::RunningServer server;
  for (const char* path : {"/", "/office.js", "/office/view", "/office/enrol-code",
                           "/office/ticket", "/office/request", "/office/call", "/anything"}) {
    for (const char* method : {"GET", "POST", "PUT", "DELETE"}) {
      http::Received outside = from_page(method, path);
      outside.peer_is_loopback = false;
      const auto refused = server.server.answer(outside);
      CHECK(refused.status == 403);
      CHECK(test::problem_code(refused) == "office_only");
    }
  }
}

TEST_CASE("the page and its parts are served with a policy that lets nothing else in") {
  test::RunningServer server;
  auto client = server.client();
  const auto page = client.get("/");
  CHECK(page.status == 200);
  CHECK(page.headers.at("content-type") == "text/html; charset=utf-8");
  CHECK(page.headers.at("content-security-policy").starts_with("default-src 'none'"));
  CHECK(page.body.find("<script src=\"/office.js\"") != std::string::npos);
  CHECK(client.get("/office.js").headers.at("content-type") == "text/javascript; charset=utf-8");
  CHECK(client.get("/words.js").status == 200);
  CHECK(client.get("/office.css").headers.at("content-type") == "text/css; charset=utf-8");
  CHECK(client.get("/icons/bell.svg").headers.at("content-type") == "image/svg+xml");
  CHECK(client.get("/icons/none.svg").status == 404);
}

TEST_CASE("the page's buttons work, and say when somebody was faster") {
  test::RunningServer server;
  auto client = server.enrolled();
  test::Outbox outbox(server.bench.clock, 7);
  const wire::Op draw =
      outbox.op("ticket.draw", wire::to_json(wire::TicketDraw{"notary", "", "2026-11-23"}));
  const wire::Op issue =
      outbox.op("ticket.issue", wire::to_json(wire::TicketIssue{draw.id, "B001"}));
  const wire::Op call = outbox.op("assist.call", wire::to_json(wire::AssistCall{"home"}));
  const wire::Op file = outbox.op(
      "intake.file",
      wire::to_json(wire::IntakeFile{"mediation", "", server.bench.visitor().code, "1234", {}}));
  test::synced(client.sync({draw, issue, call, file}));
  const auto press = [&](std::string path, const json& fields) {
    return server.server.answer(from_page("POST", std::move(path), fields.dump()));
  };
  const json ticket{{"id", draw.id}, {"step", "call"}, {"counter", "3"}};
  CHECK(press("/office/ticket", ticket).status == 200);
  const auto late = press("/office/ticket", ticket);
  CHECK(late.status == 409);
  CHECK(test::problem_code(late) == "state_changed");
  CHECK(press("/office/call", {{"id", call.id}, {"state", "accepted"}}).status == 200);
  CHECK(press("/office/request", {{"id", file.id}, {"state", "reviewing"}}).status == 200);
  const auto silent = press("/office/request", {{"id", file.id}, {"state", "refused"}});
  CHECK(silent.status == 400);
  CHECK(test::problem_code(silent) == "reason_missing");
  const json view = json::parse(server.server.answer(from_page("GET", "/office/view")).body);
  CHECK(view["tickets"][0]["state"] == "called");
  CHECK(view["calls"][0]["state"] == "accepted");
  CHECK(view["requests"][0]["state"] == "reviewing");
}

TEST_CASE("what is no action changes nothing") {
  test::RunningServer server;
  const auto status = [&](std::string path, std::string body) {
    return server.server.answer(from_page("POST", std::move(path), std::move(body))).status;
  };
  CHECK(status("/office/ticket", "") == 400);
  CHECK(status("/office/ticket", "[]") == 400);
  CHECK(status("/office/ticket", "{\"step\":\"explode\"}") == 400);
  CHECK(status("/office/ticket", "{\"step\":7,\"id\":[]}") == 400);
  CHECK(status("/office/ticket",
               "{\"step\":\"call\",\"counter\":\"" + std::string(41, 'x') + "\"}") == 400);
  CHECK(status("/office/nothing", "{}") == 404);
  CHECK(status("/office/view", "{}") == 404);
}

TEST_CASE("a code from the page lets a kiosk in") {
  test::RunningServer server;
  const auto answer = server.server.answer(from_page("POST", "/office/enrol-code"));
  CHECK(answer.status == 200);
  const json code = json::parse(answer.body);
  CHECK(code["minutes"] == 10);
  auto client = server.client();
  CHECK(client.enrol(code["code"].get<std::string>()).status == 200);
}

}  // namespace
