#include "platform/http/server_tls.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <ctime>

namespace http {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

// For TLS 1.2; those of 1.3 are all of this kind.
constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

}  // namespace

base::Result<ssl::context> server_tls(const Certificate& certificate) {
  ssl::context context(ssl::context::tls_server);
  SSL_CTX* const handle = context.native_handle();
  SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(handle, ciphers);
  SSL_CTX_set_options(handle, SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(handle, SSL_MODE_RELEASE_BUFFERS);  // an idle connection holds 34 KiB less
  error_code error;
  // Without this OpenSSL would ask for the password on the terminal.
  context.set_password_callback([](std::size_t, auto) { return std::string(); }, error);
  const auto failure = [&error](const base::Path& file) {
    return base::fail(base::ErrorKind::invalid, "bad_certificate",
                      file.string() + ": " + error.message());
  };
  context.use_certificate_chain_file(certificate.chain.string(), error);
  if (error) return failure(certificate.chain);
  context.use_private_key_file(certificate.key.string(), ssl::context::pem, error);
  if (error) return failure(certificate.key);
  return context;
}

base::Instant expiry_of(ssl::context& context) {
  const X509* const own = SSL_CTX_get0_certificate(context.native_handle());
  std::tm utc{};
  ASN1_TIME_to_tm(X509_get0_notAfter(own), &utc);
  return base::Instant{std::chrono::seconds{timegm(&utc)}};
}

}  // namespace http
