// The answering side of HTTP/1.1: accepts connections, reads requests within limits, hands each to
// one function and sends what it returns. Knows no route and no message. Over TLS when it is given
// a certificate, else over plain TCP.
//
// One thread moves bytes and never waits; `workers` threads run the handler, which may wait (for a
// commit, say). A slow sender therefore holds a connection, never a worker.
//
// Everything that grows with what others send has a bound: connections, headers, bodies, the memory
// of all bodies and answers together, the requests that wait for a worker, and how long each of
// them may take. What the handler never sees is answered here with RFC 9457 problems:
//   400 bad_request · 413 too_large · 431 headers_too_large · 503 busy, with Retry-After
// A slow or silent client is dropped without an answer.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "platform/base/clock.h"
#include "platform/base/file.h"
#include "platform/base/result.h"
#include "platform/http/traffic.h"
#include "platform/http/transport.h"

namespace http {

struct Received {
  std::string method;
  std::string path;                            // without the query; still percent-encoded
  std::string query;                           // without "?"; "" when there is none
  std::map<std::string, std::string> headers;  // names in lower case; repeated ones joined by ", "
  std::string body;                            // as sent: a signature covers these bytes
  std::string peer;                            // address of the other end, "127.0.0.1"
  bool peer_is_loopback = false;
  base::Milliseconds waited{0};  // from its last byte until a worker was free

  // "" when there is no such header; the name in lower case.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

// Called by several workers at once; must not throw.
using Handler = std::function<Response(const Received&)>;

// PEM files, read when the listener opens.
struct Certificate {
  base::Path chain;  // the server's own first, then what leads to the root
  base::Path key;    // of the server's own, without a password
};

struct ListenerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: the system chooses, see port()
  int workers = 16;
  std::optional<Certificate> certificate;  // nothing: plain HTTP
  int most_connections = 2000;
  std::size_t header_limit = std::size_t{16} << 10U;
  std::size_t body_limit = std::size_t{1} << 20U;  // as sent
  // Of all bodies coming in and answers going out together, each counted from own_memory on.
  std::size_t memory_limit = std::size_t{128} << 20U;
  static constexpr std::size_t own_memory = std::size_t{64} << 10U;
  static constexpr int most_told = 100;           // connections above the most that still get a 503
  int most_waiting = 1500;                        // requests that workers have or will get
  base::Milliseconds wait_deadline{3'000};        // for a worker; then its sender has given up
  base::Milliseconds read_deadline{10'000};       // from a request's first byte to its last
  base::Milliseconds idle_deadline{90'000};       // between two requests of one connection
  base::Milliseconds write_deadline{30'000};      // for one answer
  std::size_t gzip_from = std::size_t{1} << 10U;  // answers of this size are compressed if asked
  Traffic* traffic = nullptr;                     // counts when given; outlives the listener
};

class Listener {
 public:
  // Listens and answers from now on. device ("listen") with the system's words: address in use,
  // not ours, not an address. invalid ("bad_certificate") as server_tls.h tells.
  static base::Result<Listener> open(const ListenerOptions& options, Handler handler);
  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&& other) noexcept;
  ~Listener();  // as stop()

  [[nodiscard]] std::uint16_t port() const;
  // When the certificate is worth nothing any more; nothing without one.
  [[nodiscard]] std::optional<base::Instant> certificate_expires() const;
  // Accepts nothing more, answers every request whose last byte is here, then returns.
  void stop();

 private:
  class Engine;
  explicit Listener(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

}  // namespace http
