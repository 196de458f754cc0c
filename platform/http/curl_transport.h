// Transport over libcurl 7.88: HTTP/1.1 over TCP and TLS with the system's certificates. Follows no
// redirect and no proxy from the environment: a signed request goes to the configured server or
// nowhere. Knows no message.
#pragma once

#include <memory>

#include "platform/http/transport.h"

namespace http {

class CurlTransport final : public Transport {
 public:
  // device ("curl"): the library cannot start.
  static base::Result<CurlTransport> open();

  // Beside what Transport says: invalid ("bad_url") for anything but http and https, offline
  // ("tls") when the server's certificate is not to be trusted. A stop request is answered at once.
  base::Result<Response> send(const Request& request, std::stop_token stop) override;

 private:
  struct Cleanup {
    void operator()(void* multi) const;
  };
  explicit CurlTransport(void* multi) : multi_(multi) {}

  std::unique_ptr<void, Cleanup> multi_;  // CURLM: keeps the connections between requests
};

}  // namespace http
