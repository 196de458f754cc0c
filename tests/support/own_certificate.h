// A certificate that vouches for itself, and its key, made by openssl(1) in a folder of its own.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <string_view>

#include "tests/support/world.h"

namespace test {

class OwnCertificate {
 public:
  // For whom, as OpenSSL writes it: "IP:127.0.0.1", "DNS:localhost".
  explicit OwnCertificate(std::string_view name = "IP:127.0.0.1") {
    const std::string command = fmt::format(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3 "
        "-subj /CN=test -addext subjectAltName={} -keyout '{}' -out '{}' 2>/dev/null",
        name, key().string(), chain().string());
    REQUIRE(std::system(command.c_str()) == 0);
  }
  [[nodiscard]] base::Path chain() const { return folder_ / "certificate.pem"; }
  [[nodiscard]] base::Path key() const { return folder_ / "key.pem"; }

 private:
  TempFolder folder_;
};

}  // namespace test
