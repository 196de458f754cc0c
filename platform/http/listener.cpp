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
#include <boost/beast/ssl.hpp>
#include <boost/beast/version.hpp>
#include <chrono>
#include <optional>
#include <set>
#include <thread>

#include "platform/http/gzip.h"
#include "platform/http/server_tls.h"

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
constexpr base::Milliseconds farewell_deadline{1'000};    // for the end of TLS
constexpr const char* retry_after = "5";

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
  if (status == 503) response.headers["retry-after"] = retry_after;
  response.body = fmt::format(
      R"({{"type":"/problems/{}","status":{},"code":"{}","title":"{}","retryable":{}}})", code,
      status, code, title, status == 503);
  return response;
}

// Why a request could not be read; nothing when its sender has left.
std::optional<Refusal> refusal_for(const error_code& error) {
  if (error == message::error::body_limit) return Refusal::body;
  if (error == message::error::header_limit || error == message::error::buffer_overflow) {
    return Refusal::headers;
  }
  if (error == beast::error::timeout) return Refusal::slow;
  const bool parser_error =
      error.category() == make_error_code(message::error::bad_version).category();
  const bool left =
      error == message::error::end_of_stream || error == message::error::partial_message;
  return parser_error && !left ? std::optional(Refusal::malformed) : std::nullopt;
}

// Nothing for those who are not told.
std::optional<Response> answer_to(Refusal why) {
  switch (why) {
    case Refusal::connections: return problem(503, "busy", "Too many connections");
    case Refusal::memory: return problem(503, "busy", "Too much at once");
    case Refusal::waiting: return problem(503, "busy", "Too many requests wait");
    case Refusal::malformed: return problem(400, "bad_request", "Not a request");
    case Refusal::headers: return problem(431, "headers_too_large", "Headers too large");
    case Refusal::body: return problem(413, "too_large", "Body too large");
    case Refusal::handshake:
    case Refusal::slow: break;
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
  Session(tcp::socket socket, asio::ssl::context* with_tls, std::set<Session*>& known,
          Traffic& counted)
      : stream(std::move(socket)), buffer(buffer_limit), all(known), traffic(counted) {
    if (with_tls != nullptr) tls.emplace(stream, *with_tls);
    all.insert(this);
    ++traffic.connections;
    ++traffic.open;
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    all.erase(this);
    --traffic.open;
  }

  beast::tcp_stream stream;  // keeps the deadlines, of TLS too
  std::optional<beast::ssl_stream<beast::tcp_stream&>> tls;
  beast::flat_buffer buffer;
  bool waiting_for_request = true;
  std::set<Session*>& all;
  Traffic& traffic;
};

// Starts `work` on what the bytes of the session go through.
template <typename Work>
auto through(Session& session, Work work) {
  return session.tls ? work(*session.tls) : work(session.stream);
}

// What one request and its answer take of the memory for all of them; given back in the end. The
// first part is everybody's own, so that large bodies keep no small one out. Of one thread.
class Share {
 public:
  explicit Share(std::size_t& total) : total_(total) {}
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;
  ~Share() { total_ -= drawn(own_); }
  // The total, were there so many bytes more.
  [[nodiscard]] std::size_t total_with(std::size_t bytes) const {
    return total_ - drawn(own_) + drawn(own_ + bytes);
  }
  void grow(std::size_t bytes) {
    total_ = total_with(bytes);
    own_ += bytes;
  }

 private:
  static std::size_t drawn(std::size_t bytes) {
    return bytes > ListenerOptions::own_memory ? bytes - ListenerOptions::own_memory : 0;
  }
  std::size_t& total_;
  std::size_t own_ = 0;
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
        traffic_(options.traffic != nullptr ? *options.traffic : own_traffic_),
        handler_(std::move(handler)),
        workers_(static_cast<std::size_t>(options.workers)),
        acceptor_(context_) {}
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() { stop(); }

  base::Result<void> listen();
  void stop();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::optional<base::Instant> certificate_expires() const { return expires_; }

 private:
  asio::awaitable<void> accept();
  asio::awaitable<void> serve(tcp::socket socket);
  asio::awaitable<bool> shake_hands(Session& session);
  asio::awaitable<void> converse(Session& session, const asio::ip::address& peer);
  asio::awaitable<std::optional<Refusal>> read(Session& session, Parser& parser, Share& memory);
  asio::awaitable<error_code> read_header(Session& session, Parser& parser);
  asio::awaitable<Response> handle(Received& received);
  asio::awaitable<bool> write(Session& session, Response response, Form form);
  asio::awaitable<void> refuse(Session& session, Refusal why);
  asio::awaitable<void> drain(Session& session);
  asio::awaitable<void> say_farewell(Session& session);
  [[nodiscard]] Response too_late();
  void close_waiting_sessions();

  ListenerOptions options_;
  Traffic own_traffic_;
  Traffic& traffic_;
  Handler handler_;
  asio::io_context context_{1};
  asio::thread_pool workers_;
  tcp::acceptor acceptor_;
  std::optional<asio::ssl::context> tls_;
  std::optional<base::Instant> expires_;
  std::set<Session*> sessions_;  // each lives in its coroutine
  std::size_t memory_ = 0;       // shares of all requests
  int waiting_ = 0;              // requests that workers have or will get
  bool stopping_ = false;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

base::Result<void> Listener::Engine::listen() {
  if (options_.certificate) {
    tls_.emplace(TRY(server_tls(*options_.certificate)));
    expires_ = expiry_of(*tls_);
  }
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

// Ends the input only: a request that has come whole is still read and answered, all others end. A
// closed socket would leave one that was read just now applied and unanswered.
void Listener::Engine::close_waiting_sessions() {
  error_code ignored;
  for (Session* session : sessions_) {
    if (!session->waiting_for_request) continue;
    session->stream.socket().shutdown(tcp::socket::shutdown_receive, ignored);
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
  const auto most = static_cast<std::size_t>(options_.most_connections);
  if (sessions_.size() >= most + ListenerOptions::most_told) {
    traffic_.count(Refusal::connections);
    co_return;
  }
  socket.set_option(tcp::no_delay(true), error);
  Session session(std::move(socket), tls_ ? &*tls_ : nullptr, sessions_, traffic_);
  const bool ready = co_await shake_hands(session);
  if (ready && sessions_.size() > most) {
    co_await refuse(session, Refusal::connections);
  } else if (ready && !stopping_) {
    co_await converse(session, peer.address());
  }
  if (ready) co_await say_farewell(session);
  session.stream.socket().shutdown(tcp::socket::shutdown_both, error);
}

// False when the other side does not speak TLS as we do.
asio::awaitable<bool> Listener::Engine::shake_hands(Session& session) {
  if (!session.tls) co_return true;
  error_code error;
  session.stream.expires_after(options_.read_deadline);
  co_await session.tls->async_handshake(asio::ssl::stream_base::server,
                                        asio::redirect_error(asio::use_awaitable, error));
  if (error && !stopping_) traffic_.count(Refusal::handshake);
  co_return !error;
}

asio::awaitable<void> Listener::Engine::converse(Session& session, const asio::ip::address& peer) {
  bool go_on = true;
  while (go_on && !stopping_) {
    Share memory(memory_);
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(options_.header_limit));
    parser.body_limit(options_.body_limit);
    session.waiting_for_request = true;
    const std::optional<Refusal> why = co_await read(session, parser, memory);
    const bool complete = parser.is_done();
    session.waiting_for_request = false;
    if (why) co_await refuse(session, *why);
    if (why || !complete) co_return;
    const bool keep = parser.get().keep_alive();
    Form form{parser.get().version(), keep, parser.get().method() == message::verb::head};
    Received received = received_from(parser.release(), peer);
    Response response = co_await handle(received);
    memory.grow(response.body.size());
    form.keep_alive = keep && !stopping_;
    go_on = co_await write(session, std::move(response), form);
  }
}

// The parser is done when a request has come; else why it is refused, or nothing when its sender
// has left.
asio::awaitable<std::optional<Refusal>> Listener::Engine::read(Session& session, Parser& parser,
                                                               Share& memory) {
  error_code error = co_await read_header(session, parser);
  if (!error && !parser.is_done()) {
    const std::size_t body = parser.content_length().value_or(options_.body_limit);
    if (memory.total_with(body) > options_.memory_limit) co_return Refusal::memory;
    memory.grow(body);
    co_await through(session, [&](auto& stream) {
      return message::async_read(stream, session.buffer, parser,
                                 asio::redirect_error(asio::use_awaitable, error));
    });
  }
  if (!error) co_return std::nullopt;
  co_return refusal_for(error);
}

asio::awaitable<error_code> Listener::Engine::read_header(Session& session, Parser& parser) {
  error_code error;
  if (session.buffer.size() == 0) {
    session.stream.expires_after(options_.idle_deadline);
    const std::size_t got = co_await through(session, [&](auto& stream) {
      return stream.async_read_some(session.buffer.prepare(4096),
                                    asio::redirect_error(asio::use_awaitable, error));
    });
    session.buffer.commit(got);
    // Nothing had begun: nobody is refused.
    if (error) co_return make_error_code(message::error::end_of_stream);
  }
  session.stream.expires_after(options_.read_deadline);
  co_await through(session, [&](auto& stream) {
    return message::async_read_header(stream, session.buffer, parser,
                                      asio::redirect_error(asio::use_awaitable, error));
  });
  co_return error;
}

// Work begun for somebody who has given up would make all behind it late as well.
Response Listener::Engine::too_late() {
  traffic_.count(Refusal::waiting);
  return *answer_to(Refusal::waiting);
}

asio::awaitable<Response> Listener::Engine::handle(Received& received) {
  using Clock = std::chrono::steady_clock;
  if (waiting_ >= options_.most_waiting) co_return too_late();
  const Clock::time_point complete = Clock::now();
  const auto work = [this, &received, complete]() -> asio::awaitable<Response> {
    received.waited = std::chrono::duration_cast<base::Milliseconds>(Clock::now() - complete);
    if (received.waited > options_.wait_deadline) co_return too_late();
    Response response = handler_(received);
    if (accepts_gzip(received)) compress(response, options_.gzip_from);
    co_return response;
  };
  ++waiting_;
  Response response = co_await asio::co_spawn(workers_, work, asio::use_awaitable);
  --waiting_;
  co_return response;
}

// False when the connection is to be closed.
asio::awaitable<bool> Listener::Engine::write(Session& session, Response response, Form form) {
  auto answer = prepared(std::move(response), form.version, form.keep_alive, form.head_only);
  session.stream.expires_after(stopping_ ? last_write_deadline : options_.write_deadline);
  error_code error;
  co_await through(session, [&](auto& stream) {
    return message::async_write(stream, answer, asio::redirect_error(asio::use_awaitable, error));
  });
  if (error == beast::error::timeout) traffic_.count(Refusal::slow);
  co_return !error && form.keep_alive;
}

// The end of a connection whose request could not be taken.
asio::awaitable<void> Listener::Engine::refuse(Session& session, Refusal why) {
  traffic_.count(why);
  std::optional<Response> answer = answer_to(why);
  if (!answer) co_return;
  co_await write(session, std::move(*answer), Form{});
  co_await drain(session);
}

// Reads what still comes, for a while: closing with unread bytes would reset the connection before
// the other side has read our answer.
asio::awaitable<void> Listener::Engine::drain(Session& session) {
  error_code error;
  // TLS would take this for a cut; there the answer itself says that the connection closes.
  if (!session.tls) session.stream.socket().shutdown(tcp::socket::shutdown_send, error);
  session.stream.expires_after(drain_deadline);
  std::size_t total = 0;
  while (!error && total < drain_limit) {
    session.buffer.clear();
    total += co_await through(session, [&](auto& stream) {
      return stream.async_read_some(session.buffer.prepare(buffer_limit),
                                    asio::redirect_error(asio::use_awaitable, error));
    });
  }
}

asio::awaitable<void> Listener::Engine::say_farewell(Session& session) {
  if (!session.tls) co_return;
  error_code ignored;
  session.stream.expires_after(farewell_deadline);
  co_await session.tls->async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
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

std::optional<base::Instant> Listener::certificate_expires() const {
  return engine_->certificate_expires();
}

void Listener::stop() {
  engine_->stop();
}

}  // namespace http
