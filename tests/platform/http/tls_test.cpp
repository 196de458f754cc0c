#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <latch>
#include <thread>

#include "platform/http/curl_transport.h"
#include "platform/http/listener.h"
#include "tests/platform/http/raw_socket.h"
#include "tests/support/must.h"
#include "tests/support/own_certificate.h"

namespace {

using test::must;
using test::OwnCertificate;

// Answers over TLS with a certificate of its own and counts what reached the handler.
struct Server {
  explicit Server(http::ListenerOptions options = {}, std::string_view name = "IP:127.0.0.1")
      : certificate(name), listener(must(open(std::move(options)))) {}

  base::Result<http::Listener> open(http::ListenerOptions options) {
    options.certificate = http::Certificate{certificate.chain(), certificate.key()};
    options.traffic = &traffic;
    return http::Listener::open(options, [this](const http::Received& received) {
      ++handled;
      return http::Response{200, {}, fmt::format("[{}]", received.body.size())};
    });
  }
  [[nodiscard]] http::Request request(std::string_view host = "127.0.0.1") const {
    http::Request request;
    request.method = "POST";
    request.url = fmt::format("https://{}:{}/", host, listener.port());
    request.body = "0123456789";
    return request;
  }

  OwnCertificate certificate;
  http::Traffic traffic;
  std::atomic<int> handled = 0;
  http::Listener listener;
};

http::CurlTransport trusting(const base::Path& authorities) {
  return must(http::CurlTransport::open(authorities));
}

std::string why(const base::Result<http::Response>& response) {
  if (response) return "answered";
  CHECK(response.error().kind == base::ErrorKind::offline);
  return response.error().code;
}

TEST_CASE("over TLS requests are answered as without, on one connection") {
  Server server;
  auto transport = trusting(server.certificate.chain());
  http::Request request = server.request();
  for (const std::size_t size : {0U, 10U, 1'000'000U}) {
    request.body.assign(size, 'x');
    CHECK(must(transport.send(request, {})).body == fmt::format("[{}]", size));
  }
  CHECK(server.traffic.connections == 1);
}

TEST_CASE("a server whose certificate nobody vouches for is told nothing") {
  Server server;
  const OwnCertificate another;
  CHECK(why(trusting("").send(server.request(), {})) == "tls");
  CHECK(why(trusting(another.chain()).send(server.request(), {})) == "tls");
  CHECK(why(trusting("/nowhere/ca.pem").send(server.request(), {})) == "tls");
  CHECK(server.handled == 0);
  CHECK(why(trusting(server.certificate.chain()).send(server.request(), {})) == "answered");
}

TEST_CASE("a certificate counts for the name it was made for only") {
  Server server({}, "DNS:localhost");
  auto transport = trusting(server.certificate.chain());
  CHECK(why(transport.send(server.request("localhost"), {})) == "answered");
  CHECK(why(transport.send(server.request("127.0.0.1"), {})) == "tls");
  CHECK(server.handled == 1);
}

TEST_CASE("plain HTTP gets no answer on a port for TLS, nor TLS on a plain one") {
  Server server;
  const auto client = test::RawSocket::connect(server.listener.port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab");
  CHECK(client.receive_all().find("HTTP") == std::string::npos);
  CHECK(server.handled == 0);
  CHECK(server.traffic.count_of(http::Refusal::handshake) == 1);

  auto plain = must(http::Listener::open({}, [&](const http::Received&) {
    ++server.handled;
    return http::Response{200, {}, ""};
  }));
  http::Request request = server.request();
  request.url = fmt::format("https://127.0.0.1:{}/", plain.port());
  CHECK(why(trusting(server.certificate.chain()).send(request, {})) == "tls");
  CHECK(server.handled == 0);
}

TEST_CASE("TLS 1.2 and 1.3 are spoken, older ones and ciphers without forward secrecy are not") {
  Server server;
  const auto shakes_hands = [&](std::string_view words) {
    return std::system(fmt::format("openssl s_client -connect 127.0.0.1:{} -CAfile '{}' "
                                   "-verify_return_error {} </dev/null >/dev/null 2>&1",
                                   server.listener.port(), server.certificate.chain().string(),
                                   words)
                           .c_str()) == 0;
  };
  CHECK(shakes_hands("-tls1_3"));
  CHECK(shakes_hands("-tls1_2"));
  CHECK_FALSE(shakes_hands("-tls1_1 -cipher DEFAULT@SECLEVEL=0"));
  CHECK_FALSE(shakes_hands("-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA"));
}

TEST_CASE("who connects and says nothing, or stops in the middle of the handshake, is dropped") {
  http::ListenerOptions options;
  options.read_deadline = base::Milliseconds{100};
  Server server(options);
  const auto silent = test::RawSocket::connect(server.listener.port());
  const auto half = test::RawSocket::connect(server.listener.port());
  half.send("\x16\x03\x01\x02");
  CHECK(silent.receive_all().empty());
  CHECK(half.receive_all().empty());
  // Whoever is answered now comes behind the end of both.
  CHECK(why(trusting(server.certificate.chain()).send(server.request(), {})) == "answered");
  CHECK(server.traffic.count_of(http::Refusal::handshake) == 2);
}

TEST_CASE("what is too large is told so over TLS, too, before it has come") {
  http::ListenerOptions options;
  options.body_limit = 1000;
  Server server(options);
  auto transport = trusting(server.certificate.chain());
  http::Request request = server.request();
  request.body.assign(3'000'000, 'x');
  CHECK(must(transport.send(request, {})).status == 413);
  CHECK(server.handled == 0);
}

TEST_CASE("a stop over TLS answers what it has taken") {
  const OwnCertificate certificate;
  std::latch taken(1);
  std::latch stopping(1);
  http::ListenerOptions options;
  options.certificate = http::Certificate{certificate.chain(), certificate.key()};
  auto listener = must(http::Listener::open(options, [&](const http::Received&) {
    taken.count_down();
    stopping.wait();
    return http::Response{200, {}, "last"};
  }));
  const auto idle = test::RawSocket::connect(listener.port());
  std::string answer;
  std::thread asking([&] {
    http::Request request;
    request.url = fmt::format("https://127.0.0.1:{}/", listener.port());
    const auto response = trusting(certificate.chain()).send(request, {});
    if (response) answer = response->body;
  });
  taken.wait();
  std::thread stop([&] { listener.stop(); });
  CHECK(idle.receive_all().empty());  // closed: the stop has begun
  stopping.count_down();
  stop.join();
  asking.join();
  CHECK(answer == "last");
}

TEST_CASE("when the certificate ends is known") {
  const Server server;
  const base::Instant now = base::SystemClock().now();
  const auto expires = server.listener.certificate_expires();
  REQUIRE(expires);
  CHECK(*expires > now + std::chrono::hours{71});
  CHECK(*expires < now + std::chrono::hours{73});
  auto plain =
      must(http::Listener::open({}, [](const http::Received&) { return http::Response{}; }));
  CHECK_FALSE(plain.certificate_expires());
}

TEST_CASE("a certificate that cannot be used is named, and nothing listens") {
  const OwnCertificate one;
  const OwnCertificate other;
  const test::TempFolder folder;
  REQUIRE(base::replace_file(folder / "no.pem", "no certificate"));
  const base::Path locked = folder / "locked.pem";
  REQUIRE(
      std::system(fmt::format("openssl ec -aes256 -passout pass:x -in '{}' -out '{}' 2>/dev/null",
                              one.key().string(), locked.string())
                      .c_str()) == 0);
  const auto wrong_file = [](const base::Path& chain, const base::Path& key) {
    http::ListenerOptions options;
    options.certificate = http::Certificate{chain, key};
    const auto listener =
        http::Listener::open(options, [](const http::Received&) { return http::Response{}; });
    REQUIRE_FALSE(listener);
    CHECK(listener.error().kind == base::ErrorKind::invalid);
    CHECK(listener.error().code == "bad_certificate");
    const std::string& detail = listener.error().detail;
    return detail.substr(0, detail.find(": "));
  };
  CHECK(wrong_file("/nowhere.pem", one.key()) == "/nowhere.pem");
  CHECK(wrong_file(folder / "no.pem", one.key()) == folder / "no.pem");
  CHECK(wrong_file(one.chain(), "/nowhere.pem") == "/nowhere.pem");
  CHECK(wrong_file(one.chain(), other.key()) == other.key());
  CHECK(wrong_file(one.chain(), locked) == locked);
}

}  // namespace
