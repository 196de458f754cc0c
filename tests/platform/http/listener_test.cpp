#include "platform/http/listener.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <future>
#include <latch>
#include <thread>
#include <vector>

#include "tests/platform/http/raw_socket.h"

namespace {

http::Response echo(const http::Received& received) {
  return {200, {}, fmt::format("[{} {} {}]", received.method, received.path, received.body)};
}

http::Listener listen(const http::ListenerOptions& options, http::Handler handler) {
  auto listener = http::Listener::open(options, std::move(handler));
  REQUIRE(listener);
  return std::move(*listener);
}

TEST_CASE("requests sent in one breath are answered in their order") {
  auto server = listen({}, echo);
  const auto client = test::RawSocket::connect(server.port());
  client.send(
      "GET /a HTTP/1.1\r\nHost: x\r\n\r\nPOST /b HTTP/1.1\r\nHost: x\r\n"
      "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  CHECK(client.receive("]").ends_with("[GET /a ]"));
  CHECK(client.receive("]").ends_with("[POST /b abcde]"));
}

TEST_CASE("the handler is told who asks, how, and every header once") {
  auto server = listen({}, [](const http::Received& received) {
    CHECK(received.peer == "127.0.0.1");
    CHECK(received.peer_is_loopback);
    CHECK(received.path == "/p%20q");
    CHECK(received.query == "x=1?y");
    CHECK(received.header("host") == "h:1");
    CHECK(received.header("x-two") == "a, b");
    CHECK(received.header("x-none").empty());
    return http::Response{204, {}, ""};
  });
  const auto client = test::RawSocket::connect(server.port());
  client.send("DELETE /p%20q?x=1?y HTTP/1.1\r\nHOST: h:1\r\nX-Two: a\r\nx-two: b\r\n\r\n");
  CHECK(client.receive("\r\n\r\n").starts_with("HTTP/1.1 204"));
}

TEST_CASE("an old client's connection is closed after its answer, HEAD has no body") {
  auto server = listen({}, echo);
  const auto old_client = test::RawSocket::connect(server.port());
  old_client.send("GET /a HTTP/1.0\r\n\r\n");
  CHECK(old_client.receive_all().ends_with("[GET /a ]"));
  const auto client = test::RawSocket::connect(server.port());
  client.send("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string answer = client.receive_all();
  CHECK(answer.find("Content-Length: 10\r\n") != std::string::npos);
  CHECK(answer.ends_with("\r\n\r\n"));
}

TEST_CASE("what is too large or no request is refused before the handler sees it") {
  std::atomic<int> handled = 0;
  http::Traffic traffic;
  http::ListenerOptions options;
  options.body_limit = 1000;
  options.traffic = &traffic;
  auto server = listen(options, [&](const http::Received& received) {
    ++handled;
    return echo(received);
  });
  const auto answer_to = [&](const std::string& bytes) {
    const auto client = test::RawSocket::connect(server.port());
    client.send(bytes);
    return client.receive_all();
  };
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
  CHECK(answer_to(post + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x'))
            .starts_with("HTTP/1.1 413"));
  CHECK(answer_to(post + "Content-Length: 99999999999999\r\n\r\n").starts_with("HTTP/1.1 413"));
  CHECK(answer_to(post + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1001, 'x'))
            .starts_with("HTTP/1.1 413"));
  CHECK(answer_to("GET / HTTP/1.1\r\nX: " + std::string(20000, 'x') + "\r\n\r\n")
            .starts_with("HTTP/1.1 431"));
  CHECK(answer_to("GET /" + std::string(100000, 'x')).starts_with("HTTP/1.1 431"));
  CHECK(answer_to("\x16\x03\x01 hello\r\n\r\n").starts_with("HTTP/1.1 400"));
  CHECK(answer_to("GET / HTTP/9.9\r\n\r\n").starts_with("HTTP/1.1 400"));
  CHECK(answer_to(post + "Content-Length: -1\r\n\r\n").starts_with("HTTP/1.1 400"));
  CHECK(handled == 0);
  CHECK(traffic.count_of(http::Refusal::body) == 3);
  CHECK(traffic.count_of(http::Refusal::headers) == 2);
  CHECK(traffic.count_of(http::Refusal::malformed) == 3);
  CHECK(
      answer_to(post + "Connection: close\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'))
          .ends_with("xxx]"));
  CHECK(handled == 1);
}

TEST_CASE("a sender too slow is dropped, an idle one as well, and others are served meanwhile") {
  http::ListenerOptions options;
  options.workers = 1;
  options.read_deadline = base::Milliseconds{100};
  options.idle_deadline = base::Milliseconds{150};
  auto server = listen(options, echo);
  const auto slow = test::RawSocket::connect(server.port());
  const auto idle = test::RawSocket::connect(server.port());
  slow.send("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab");
  const auto client = test::RawSocket::connect(server.port());
  client.send("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.receive("]").ends_with("[GET /quick ]"));
  CHECK(slow.receive_all().empty());
  CHECK(idle.receive_all().empty());
}

// Waits until the server has dropped a client that only connected: at least idle_deadline later.
void wait_for_idle_drop(const http::Listener& server) {
  CHECK(test::RawSocket::connect(server.port()).receive_all().empty());
}

TEST_CASE("who does not read an answer is dropped, and others are served meanwhile") {
  http::Traffic traffic;
  http::ListenerOptions options;
  options.write_deadline = base::Milliseconds{100};
  options.idle_deadline = base::Milliseconds{150};
  options.traffic = &traffic;
  constexpr std::size_t large = std::size_t{64} << 20U;  // more than the system buffers
  auto server = listen(options, [](const http::Received& received) {
    return http::Response{200, {}, std::string(received.path == "/large" ? large : 1, 'x')};
  });
  const auto slow = test::RawSocket::connect(server.port());
  slow.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto client = test::RawSocket::connect(server.port());
  client.send("GET /small HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(client.receive_all().ends_with("\r\n\r\nx"));
  for (int i = 0; i < 40 && traffic.count_of(http::Refusal::slow) == 0; ++i) {
    wait_for_idle_drop(server);
  }
  CHECK(traffic.count_of(http::Refusal::slow) == 1);
}

TEST_CASE("bodies take no more memory than there is for them; small ones always find room") {
  http::Traffic traffic;
  http::ListenerOptions options;
  options.memory_limit = 1000;
  options.traffic = &traffic;
  auto server = listen(options, echo);
  const auto answer_to = [&](std::size_t size, std::string_view more = "Connection: close\r\n") {
    const auto client = test::RawSocket::connect(server.port());
    client.send(fmt::format("POST / HTTP/1.1\r\nHost: x\r\n{}Content-Length: {}\r\n\r\n{}", more,
                            size, std::string(size, 'x')));
    return client.receive_all();
  };
  const std::size_t own = http::ListenerOptions::own_memory;
  CHECK(answer_to(own + 1000).starts_with("HTTP/1.1 200"));
  const std::string refused = answer_to(own + 1001, "");
  CHECK(refused.starts_with("HTTP/1.1 503"));
  CHECK(refused.find("retry-after: 5") != std::string::npos);
  CHECK(refused.find("application/problem+json") != std::string::npos);
  CHECK(traffic.count_of(http::Refusal::memory) == 1);

  // Somebody holds all of it with a body that does not end.
  const auto holding = test::RawSocket::connect(server.port());
  holding.send(
      fmt::format("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\nx", own + 1000));
  std::string late;
  for (int i = 0; i < 10'000 && !late.starts_with("HTTP/1.1 503"); ++i) late = answer_to(own + 1);
  CHECK(late.starts_with("HTTP/1.1 503"));
  CHECK(answer_to(own).starts_with("HTTP/1.1 200"));
  holding.send(std::string(own + 999, 'x'));
  CHECK(holding.receive("]").starts_with("HTTP/1.1 200"));
  CHECK(answer_to(own + 1000).starts_with("HTTP/1.1 200"));
}

TEST_CASE("a body of unknown length counts as the longest there may be") {
  http::ListenerOptions options;
  options.memory_limit = 1000;
  auto server = listen(options, echo);
  const auto client = test::RawSocket::connect(server.port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  CHECK(client.receive_all().starts_with("HTTP/1.1 503"));
}

// One worker that is busy until it is released.
struct BusyWorker {
  std::latch taken{1};
  std::latch release{1};
  std::atomic<int> handled = 0;
  http::Response answer(const http::Received& received) {
    ++handled;
    if (received.path == "/first") {
      taken.count_down();
      release.wait();
    }
    return echo(received);
  }
};

TEST_CASE(
    "beyond the requests that may wait one is told to come back, on a connection that stays") {
  BusyWorker worker;
  http::Traffic traffic;
  http::ListenerOptions options;
  options.workers = 1;
  options.most_waiting = 1;
  options.traffic = &traffic;
  auto server =
      listen(options, [&](const http::Received& received) { return worker.answer(received); });
  const auto first = test::RawSocket::connect(server.port());
  first.send("GET /first HTTP/1.1\r\nHost: x\r\n\r\n");
  worker.taken.wait();
  const auto second = test::RawSocket::connect(server.port());
  second.send("GET /second HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string refused = second.receive("}");
  CHECK(refused.starts_with("HTTP/1.1 503"));
  CHECK(refused.find("retry-after: 5") != std::string::npos);
  CHECK(worker.handled == 1);
  CHECK(traffic.count_of(http::Refusal::waiting) == 1);
  worker.release.count_down();
  CHECK(first.receive("]").ends_with("[GET /first ]"));
  second.send("GET /second HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(second.receive("]").ends_with("[GET /second ]"));
}

TEST_CASE("a request that has waited too long is not begun any more") {
  BusyWorker worker;
  http::ListenerOptions options;
  options.workers = 1;
  options.wait_deadline = base::Milliseconds{50};
  options.idle_deadline = base::Milliseconds{300};
  auto server =
      listen(options, [&](const http::Received& received) { return worker.answer(received); });
  const auto first = test::RawSocket::connect(server.port());
  first.send("GET /first HTTP/1.1\r\nHost: x\r\n\r\n");
  worker.taken.wait();
  const auto second = test::RawSocket::connect(server.port());
  second.send("GET /second HTTP/1.1\r\nHost: x\r\n\r\n");
  wait_for_idle_drop(server);
  worker.release.count_down();
  CHECK(first.receive("]").ends_with("[GET /first ]"));
  CHECK(second.receive("}").starts_with("HTTP/1.1 503"));
  CHECK(worker.handled == 1);
}

TEST_CASE("far beyond the limit of connections nobody is told anything any more") {
  http::Traffic traffic;
  http::ListenerOptions options;
  options.most_connections = 1;
  options.traffic = &traffic;
  auto server = listen(options, echo);
  std::vector<test::RawSocket> clients;
  for (int i = 0; i <= http::ListenerOptions::most_told + 1; ++i) {
    clients.push_back(test::RawSocket::connect(server.port()));
  }
  CHECK(clients.back().receive_all().empty());
  CHECK(clients[1].receive_all().starts_with("HTTP/1.1 503"));
  clients[0].send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(clients[0].receive("]").ends_with("[GET / ]"));
  CHECK(traffic.count_of(http::Refusal::connections) == http::ListenerOptions::most_told + 1);
}

TEST_CASE("one connection too many is told to come back") {
  http::ListenerOptions options;
  options.most_connections = 2;
  auto server = listen(options, echo);
  const auto first = test::RawSocket::connect(server.port());
  const auto second = test::RawSocket::connect(server.port());
  for (const auto* client : {&first, &second}) {
    client->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(client->receive("]").ends_with("[GET / ]"));
  }
  const auto third = test::RawSocket::connect(server.port());
  const std::string answer = third.receive_all();
  CHECK(answer.starts_with("HTTP/1.1 503"));
  CHECK(answer.find("Retry-After: 5") == std::string::npos);
  CHECK(answer.find("retry-after: 5") != std::string::npos);
}

TEST_CASE("a stop answers what it has taken, and nothing new") {
  std::latch taken(1);
  std::promise<void> release;
  auto released = release.get_future();
  auto server = listen({}, [&](const http::Received& received) {
    taken.count_down();
    released.wait();
    return echo(received);
  });
  const auto idle = test::RawSocket::connect(server.port());
  const auto client = test::RawSocket::connect(server.port());
  client.send("GET /last HTTP/1.1\r\nHost: x\r\n\r\n");
  taken.wait();
  std::thread stopping([&] { server.stop(); });
  CHECK(idle.receive_all().empty());  // closed: the stop has begun
  const auto late = test::RawSocket::connect(server.port());
  late.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(late.receive_all().empty());
  release.set_value();
  const std::string answer = client.receive_all();
  CHECK(answer.find("Connection: close") != std::string::npos);
  CHECK(answer.ends_with("[GET /last ]"));
  stopping.join();
}

TEST_CASE("a port in use and an address that is none are said plainly") {
  auto server = listen({}, echo);
  http::ListenerOptions options;
  options.port = server.port();
  const auto second = http::Listener::open(options, echo);
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == base::ErrorKind::device);
  CHECK(second.error().detail.find("in use") != std::string::npos);
  options.address = "nowhere";
  CHECK_FALSE(http::Listener::open(options, echo));
}

}  // namespace
