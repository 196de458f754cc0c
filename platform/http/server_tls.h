// The server's half of TLS over OpenSSL 3: a certificate and its key become what Asio speaks TLS
// with. TLS 1.2 and 1.3, forward secrecy only. Knows no socket and no HTTP.
#pragma once

#include <boost/asio/ssl/context.hpp>

#include "platform/base/clock.h"
#include "platform/http/listener.h"

namespace http {

// invalid ("bad_certificate") with the file's name and OpenSSL's words: no such file, not PEM, a
// key under a password, a key of another certificate.
base::Result<boost::asio::ssl::context> server_tls(const Certificate& certificate);

// When the server's own certificate is worth nothing any more.
base::Instant expiry_of(boost::asio::ssl::context& context);

}  // namespace http
