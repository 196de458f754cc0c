#include "platform/crypto/crypto.h"
#include "tests/kiosk/wire/samples.h"

namespace {

using test::complaint;
using test::op_id;

TEST_CASE("a signed request is believed, and only as it was signed") {
  const crypto::SigningKey key = crypto::SigningKey::generate();
  const std::string words = wire::signed_words("POST", "/v1/sync", 1700000000000, "{}");
  const std::string header = wire::authorization(op_id, 1700000000000, key.sign(words));
  const auto parsed = wire::parse_authorization(header);
  REQUIRE(parsed);
  CHECK(parsed->kiosk_id == op_id);
  CHECK(parsed->unix_ms == 1700000000000);
  CHECK(crypto::verify(key.public_key(), words, parsed->signature));
  for (const std::string& other : {wire::signed_words("GET", "/v1/sync", 1700000000000, "{}"),
                                   wire::signed_words("POST", "/v1/syn", 1700000000000, "{}"),
                                   wire::signed_words("POST", "/v1/sync", 1700000000001, "{}"),
                                   wire::signed_words("POST", "/v1/sync", 1700000000000, "{ }")}) {
    CHECK_FALSE(crypto::verify(key.public_key(), other, parsed->signature));
  }
}

TEST_CASE("an authorization that lacks a part is refused") {
  const std::string id = std::string("id=") + op_id;
  CHECK(complaint(wire::parse_authorization("")) == "authorization");
  CHECK(complaint(wire::parse_authorization("Bearer x")) == "authorization");
  CHECK(complaint(wire::parse_authorization("Kiosk ")) == "id");
  CHECK(complaint(wire::parse_authorization("Kiosk id=1,ts=1,sig=a")) == "id");
  CHECK(complaint(wire::parse_authorization("Kiosk " + id + ",sig=a")) == "ts");
  CHECK(complaint(wire::parse_authorization("Kiosk " + id + ",ts=99999999999999999999,sig=a")) ==
        "ts");
  CHECK(complaint(wire::parse_authorization("Kiosk " + id + ",ts=12x,sig=a")) == "ts");
  CHECK(complaint(wire::parse_authorization("Kiosk " + id + ",ts=12")) == "sig");
  CHECK(complaint(wire::parse_authorization("Kiosk " + id + ", ts=12, sig=a")).empty());
}

TEST_CASE("a clock from before 1970 signs as well: it is to be told the time, not turned away") {
  const auto parsed = wire::parse_authorization(wire::authorization(op_id, -315576000000, "a"));
  REQUIRE(parsed);
  CHECK(parsed->unix_ms == -315576000000);
}

}  // namespace
