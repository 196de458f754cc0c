// Transport over libcurl 7.88: HTTP/1.1 over TCP and TLS 1.2 or later. Follows no redirect and no
// proxy from the environment: a signed request goes to the configured server or nowhere. Knows no
// message.
#pragma once

#include <memory>
#include <utility>

#include "platform/base/file.h"
#include "platform/http/transport.h"

namespace http {

class CurlTransport final : public Transport {
 public:
  // Trusts the authorities in a PEM file and no others; "": those of the system. The file is read
  // with each connection. device ("curl"): the library cannot start.
  static base::Result<CurlTransport> open(base::Path authorities = {});

  // Beside what Transport says: invalid ("bad_url") for anything but http and https, offline
  // ("tls") when the server's certificate is not to be trusted or the authorities cannot be read. A
  // stop request is answered at once.
  base::Result<Response> send(const Request& request, std::stop_token stop) override;

 private:
  struct Cleanup {
    void operator()(void* multi) const;
  };
  CurlTransport(void* multi, base::Path authorities)
      : multi_(multi), authorities_(std::move(authorities)) {}

  std::unique_ptr<void, Cleanup> multi_;  // CURLM: keeps the connections between requests
  base::Path authorities_;
};

}  // namespace http
