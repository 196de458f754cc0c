#include "platform/http/curl_transport.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>
#include <future>
#include <thread>

#include "platform/http/gzip.h"
#include "platform/http/listener.h"
#include "tests/platform/http/raw_socket.h"

namespace {

using base::ErrorKind;

http::Listener listen(http::Handler handler) {
  auto listener = http::Listener::open({}, std::move(handler));
  REQUIRE(listener);
  return std::move(*listener);
}

http::Request request_to(std::uint16_t port, std::string_view path) {
  http::Request request;
  request.url = fmt::format("http://127.0.0.1:{}{}", port, path);
  return request;
}

TEST_CASE("a request arrives as it was asked, and its answer comes back") {
  auto server = listen([](const http::Received& received) {
    http::Response response;
    response.status = 201;
    response.headers["X-Seen"] = received.method + " " + received.path + "?" + received.query;
    response.headers["X-Type"] = std::string(received.header("content-type"));
    response.body = received.body + "|" + std::string(received.header("authorization"));
    return response;
  });
  auto transport = http::CurlTransport::open();
  REQUIRE(transport);
  http::Request request = request_to(server.port(), "/v1/sync?x=1");
  request.method = "POST";
  request.headers = {{"Authorization", "Kiosk id=1"}, {"Content-Type", "application/json"}};
  request.body = std::string("{\"a\":\0}", 7);
  for (int i = 0; i < 3; ++i) {
    const auto response = transport->send(request, {});
    REQUIRE(response);
    CHECK(response->status == 201);
    CHECK(response->headers.at("x-seen") == "POST /v1/sync?x=1");
    CHECK(response->headers.at("x-type") == "application/json");
    CHECK(response->body == request.body + "|Kiosk id=1");
  }
}

TEST_CASE("a body may be large or empty, and a GET has none") {
  auto server = listen([](const http::Received& received) {
    return http::Response{200, {}, fmt::format("{} {}", received.method, received.body.size())};
  });
  auto transport = http::CurlTransport::open();
  REQUIRE(transport);
  http::Request request = request_to(server.port(), "/");
  CHECK(transport->send(request, {})->body == "GET 0");
  request.method = "POST";
  CHECK(transport->send(request, {})->body == "POST 0");
  request.body.assign(1000000, 'x');
  CHECK(transport->send(request, {})->body == "POST 1000000");
}

TEST_CASE("one connection serves many requests") {
  const auto listening = test::RawSocket::listen();
  std::thread server([&] {
    const auto connection = listening.accept();
    for (int i = 0; i < 3; ++i) {
      (void)connection.receive("\r\n\r\n");
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  });
  auto transport = http::CurlTransport::open();
  REQUIRE(transport);
  for (int i = 0; i < 3; ++i) {
    const auto response = transport->send(request_to(listening.port(), "/"), {});
    REQUIRE(response);
    CHECK(response->body == "ok");
  }
  server.join();
}

TEST_CASE("compressed answers are inflated, and no further than their limit") {
  auto server = listen([](const http::Received& received) {
    CHECK(received.header("accept-encoding") == "gzip, deflate");
    return http::Response{200, {}, std::string(100000, 'x')};
  });
  auto transport = http::CurlTransport::open();
  REQUIRE(transport);
  http::Request request = request_to(server.port(), "/");
  const auto response = transport->send(request, {});
  REQUIRE(response);
  CHECK(response->headers.at("content-encoding") == "gzip");
  CHECK(response->body == std::string(100000, 'x'));
  request.answer_limit = 99999;
  const auto refused = transport->send(request, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::refused);
  CHECK(refused.error().code == "answer_too_large");
}

TEST_CASE("an answer that does not come in time is offline, and so is a stop") {
  const auto silent = test::RawSocket::listen();
  auto transport = http::CurlTransport::open();
  REQUIRE(transport);
  http::Request request = request_to(silent.port(), "/");
  request.deadline = base::Milliseconds{150};
  const auto late = transport->send(request, {});
  REQUIRE_FALSE(late);
  CHECK(late.error().kind == ErrorKind::offline);
  CHECK(late.error().code == "timeout");

  request.deadline = base::Milliseconds{60000};
  std::stop_source stop;
  auto answer =
      std::async(std::launch::async, [&] { return transport->send(request, stop.get_token()); });
  (void)silent.accept();
  const auto before = std::chrono::steady_clock::now();
  stop.request_stop();
  const auto stopped = answer.get();
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::milliseconds(200));
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == "stopped");
  CHECK(transport->send(request, stop.get_token()).error().code == "stopped");
}

TEST_CASE("nobody listening, a broken answer and a wrong address are told apart") {
  auto transport = http::CurlTransport::open();
  REQUIRE(transport);
  std::uint16_t closed = 0;
  {
    const auto gone = test::RawSocket::listen();
    closed = gone.port();
  }
  CHECK(transport->send(request_to(closed, "/"), {}).error().code == "connect");

  for (const std::string_view answer :
       {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "SMTP ready\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"}) {
    const auto listening = test::RawSocket::listen();
    std::thread server([&] {
      const auto connection = listening.accept();
      (void)connection.receive("\r\n\r\n");
      connection.send(answer);
    });
    const auto broken = transport->send(request_to(listening.port(), "/"), {});
    server.join();
    REQUIRE_FALSE(broken);
    CHECK(broken.error().kind == ErrorKind::offline);
    CHECK(broken.error().code == "broken_answer");
  }

  for (const char* url : {"file:///etc/passwd", "gopher://127.0.0.1/", "", "http://"}) {
    http::Request request;
    request.url = url;
    const auto wrong = transport->send(request, {});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == ErrorKind::invalid);
    CHECK(wrong.error().code == "bad_url");
  }
}

TEST_CASE("a redirect is an answer, not an order") {
  auto server = listen([](const http::Received& received) {
    CHECK(received.path == "/here");
    return http::Response{302, {{"Location", "/elsewhere"}}, ""};
  });
  auto transport = http::CurlTransport::open();
  REQUIRE(transport);
  const auto response = transport->send(request_to(server.port(), "/here"), {});
  REQUIRE(response);
  CHECK(response->status == 302);
  CHECK(response->headers.at("location") == "/elsewhere");
}

}  // namespace
