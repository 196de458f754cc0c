#include "platform/http/listener.h"

#include <fmt/format.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/version.hpp>
#include <optional>
#include <set>
#include <thread>

#include "platform/http/gzip.h"

namespace http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace message = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Parser = message::request_parser<message::string_body>;

constexpr std::size_t buffer_limit = std::size_t{64} << 10U;
constexpr std::size_t drain_limit = std::size_t{4} << 20U;
constexpr base::Milliseconds drain_deadline{2'000};
constexpr base::Milliseconds last_write_deadline{5'000};  // once a stop is asked for
constexpr base::Milliseconds accept_pause{100};           // when the system has no descriptor left

std::string lower_case(beast::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return lower;
}

std::string peer_address(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

Received received_from(message::request<message::string_body>&& request,
                       const asio::ip::address& peer) {
  Received received;
  received.method = std::string(request.method_string());
  const std::string target(request.target());
  const std::size_t mark = target.find('?');
  received.path = target.substr(0, mark);
  if (mark != std::string::npos) received.query = target.substr(mark + 1);
  for (const auto& field : request) {
    std::string& value = received.headers[lower_case(field.name_string())];
    if (!value.empty()) value += ", ";
    value += std::string(field.value());
  }
  received.body = std::move(request.body());
  received.peer = peer_address(peer);
  received.peer_is_loopback = received.peer == "::1" || received.peer.starts_with("127.");
  return received;
}

Response problem(int status, std::string_view code, std::string_view title) {
  Response response;
  response.status = status;
  response.headers["content-type"] = "application/problem+json";
  response.body = fmt::format(
      R"({{"type":"/problems/{}","status":{},"code":"{}","title":"{}","retryable":{}}})", code,
      status, code, title, status == 503);
  return response;
}

// The answer to a request that could not be read; nothing when nobody waits for one.
std::optional<Response> refusal(const error_code& error) {
  if (error == message::error::body_limit) return problem(413, "too_large", "Body too large");
  if (error == message::error::header_limit || error == message::error::buffer_overflow) {
    return problem(431, "headers_too_large", "Headers too large");
  }
  const bool parser_error =
      error.category() == make_error_code(message::error::bad_version).category();
  if (parser_error && error != message::error::end_of_stream &&
      error != message::error::partial_message) {
    return problem(400, "bad_request", "Not a request");
  }
  return std::nullopt;
}

bool accepts_gzip(const Received& received) {
  return received.header("accept-encoding").find("gzip") != std::string_view::npos;
}

void compress(Response& response, std::size_t from) {
  if (response.body.size() < from || response.headers.contains("content-encoding")) return;
  response.body = gzip(response.body);
  response.headers["content-encoding"] = "gzip";
  response.headers["vary"] = "accept-encoding";
}

message::response<message::string_body> prepared(Response&& response, unsigned version, bool keep,
                                                 bool head_only) {
  message::response<message::string_body> answer;
  answer.version(version);
  answer.result(static_cast<unsigned>(response.status));
  for (const auto& [name, value] : response.headers) answer.set(name, value);
  answer.body() = std::move(response.body);
  answer.keep_alive(keep);
  answer.prepare_payload();
  if (head_only) answer.body().clear();
  return answer;
}

// One connection, known to the set as long as it lives.
struct Session {
  Session(tcp::socket socket, std::set<Session*>& known)
      : stream(std::move(socket)), buffer(buffer_limit), all(known) {
    all.insert(this);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { all.erase(this); }

  beast::tcp_stream stream;
  beast::flat_buffer buffer;
  bool waiting_for_request = true;
  std::set<Session*>& all;
};

// What one answer is sent with.
struct Form {
  unsigned version = 11;
  bool keep_alive = false;
  bool head_only = false;
};

}  // namespace

// Everything but the handler runs in one thread, so nothing here is locked.
class Listener::Engine {
 public:
  Engine(const ListenerOptions& options, Handler handler)
      : options_(options),
        handler_(std::move(handler)),
        workers_(static_cast<std::size_t>(options.workers)),
        acceptor_(context_) {}
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() { stop(); }

  base::Result<void> listen();
  void stop();
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  asio::awaitable<void> accept();
  asio::awaitable<void> serve(tcp::socket socket);
  asio::awaitable<void> converse(Session& session, const asio::ip::address& peer);
  asio::awaitable<error_code> read(Session& session, Parser& parser);
  asio::awaitable<Response> handle(const Received& received);
  asio::awaitable<bool> write(Session& session, Response response, Form form);
  asio::awaitable<void> drain(Session& session);
  void close_waiting_sessions();

  ListenerOptions options_;
  Handler handler_;
  asio::io_context context_{1};
  asio::thread_pool workers_;
  tcp::acceptor acceptor_;
  std::set<Session*> sessions_;  // each lives in its coroutine
  bool stopping_ = false;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

base::Result<void> Listener::Engine::listen() {
  error_code error;
  const auto failure = [&error, this]() -> base::Result<void> {
    return base::fail(base::ErrorKind::device, "listen",
                      fmt::format("{}:{}: {}", options_.address, options_.port, error.message()));
  };
  const auto address = asio::ip::make_address(options_.address, error);
  if (error) return failure();
  const tcp::endpoint endpoint(address, options_.port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) return failure();
  port_ = acceptor_.local_endpoint().port();
  asio::co_spawn(context_, accept(), asio::detached);
  // Ends by itself when the acceptor and the last session have ended.
  thread_ = std::thread([this] { context_.run(); });
  return {};
}

void Listener::Engine::stop() {
  if (!thread_.joinable()) return;
  asio::post(context_, [this] {
    stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    close_waiting_sessions();
  });
  thread_.join();
  workers_.join();
}

void Listener::Engine::close_waiting_sessions() {
  for (Session* session : sessions_) {
    if (session->waiting_for_request) session->stream.close();
  }
}

asio::awaitable<void> Listener::Engine::accept() {
  asio::steady_timer pause(context_);
  while (!stopping_) {
    error_code error;
    tcp::socket socket =
        co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      asio::co_spawn(context_, serve(std::move(socket)), asio::detached);
    } else if (!stopping_) {
      pause.expires_after(accept_pause);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
  }
}

asio::awaitable<void> Listener::Engine::serve(tcp::socket socket) {
  error_code error;
  const tcp::endpoint peer = socket.remote_endpoint(error);
  if (error) co_return;
  socket.set_option(tcp::no_delay(true), error);
  Session session(std::move(socket), sessions_);
  if (sessions_.size() > static_cast<std::size_t>(options_.most_connections)) {
    Response busy = problem(503, "busy", "Too many connections");
    busy.headers["retry-after"] = "5";
    co_await write(session, std::move(busy), Form{});
    co_await drain(session);
  } else if (!stopping_) {
    co_await converse(session, peer.address());
  }
  session.stream.socket().shutdown(tcp::socket::shutdown_both, error);
}

asio::awaitable<void> Listener::Engine::converse(Session& session, const asio::ip::address& peer) {
  bool go_on = true;
  while (go_on && !stopping_) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(options_.header_limit));
    parser.body_limit(options_.body_limit);
    session.waiting_for_request = true;
    const error_code error = co_await read(session, parser);
    session.waiting_for_request = false;
    if (error) {
      std::optional<Response> answer = refusal(error);
      if (!answer) co_return;
      co_await write(session, std::move(*answer), Form{});
      co_await drain(session);
      co_return;
    }
    const bool keep = parser.get().keep_alive();
    Form form{parser.get().version(), keep, parser.get().method() == message::verb::head};
    const Received received = received_from(parser.release(), peer);
    Response response = co_await handle(received);
    form.keep_alive = keep && !stopping_;
    go_on = co_await write(session, std::move(response), form);
  }
}

asio::awaitable<error_code> Listener::Engine::read(Session& session, Parser& parser) {
  error_code error;
  if (session.buffer.size() == 0) {
    session.stream.expires_after(options_.idle_deadline);
    const std::size_t got = co_await session.stream.async_read_some(
        session.buffer.prepare(4096), asio::redirect_error(asio::use_awaitable, error));
    session.buffer.commit(got);
    if (error) co_return error;
  }
  session.stream.expires_after(options_.read_deadline);
  co_await message::async_read(session.stream, session.buffer, parser,
                               asio::redirect_error(asio::use_awaitable, error));
  co_return error;
}

asio::awaitable<Response> Listener::Engine::handle(const Received& received) {
  const auto work = [this, &received]() -> asio::awaitable<Response> {
    Response response = handler_(received);
    if (accepts_gzip(received)) compress(response, options_.gzip_from);
    co_return response;
  };
  co_return co_await asio::co_spawn(workers_, work, asio::use_awaitable);
}

// False when the connection is to be closed.
asio::awaitable<bool> Listener::Engine::write(Session& session, Response response, Form form) {
  auto answer = prepared(std::move(response), form.version, form.keep_alive, form.head_only);
  session.stream.expires_after(stopping_ ? last_write_deadline : options_.write_deadline);
  error_code error;
  co_await message::async_write(session.stream, answer,
                                asio::redirect_error(asio::use_awaitable, error));
  co_return !error && form.keep_alive;
}

// Reads what still comes, for a while: closing with unread bytes would reset the connection before
// the other side has read our answer.
asio::awaitable<void> Listener::Engine::drain(Session& session) {
  error_code error;
  session.stream.socket().shutdown(tcp::socket::shutdown_send, error);
  session.stream.expires_after(drain_deadline);
  std::size_t total = 0;
  while (!error && total < drain_limit) {
    session.buffer.clear();
    total += co_await session.stream.async_read_some(
        session.buffer.prepare(buffer_limit), asio::redirect_error(asio::use_awaitable, error));
  }
}

std::string_view Received::header(std::string_view name) const {
  const auto found = headers.find(std::string(name));
  return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

Listener::Listener(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
Listener::Listener(Listener&& other) noexcept = default;
Listener& Listener::operator=(Listener&& other) noexcept = default;
Listener::~Listener() = default;

base::Result<Listener> Listener::open(const ListenerOptions& options, Handler handler) {
  auto engine = std::make_unique<Engine>(options, std::move(handler));
  TRY(engine->listen());
  return Listener(std::move(engine));
}

std::uint16_t Listener::port() const {
  return engine_->port();
}

void Listener::stop() {
  engine_->stop();
}

}  // namespace http
