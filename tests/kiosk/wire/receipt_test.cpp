#include "kiosk/wire/receipt.h"

#include <doctest/doctest.h>

#include "platform/crypto/crypto.h"

namespace {

wire::Receipt sample() {
  return {"dongcheng-sample",
          "0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b",
          crypto::sha256_hex("what was filed"),
          base::from_ms(1795398123000),
          true,
          "c2lnbmF0dXJl"};
}

}  // namespace

TEST_CASE("A receipt reads as it was written, and whatever is changed is signed differently") {
  const std::string text = wire::to_text(sample());
  const auto read = wire::parse_receipt(text);
  REQUIRE(read);
  CHECK(wire::to_text(*read) == text);
  CHECK(text == wire::signed_words(*read) + ".c2lnbmF0dXJl");
  wire::Receipt other = sample();
  other.clock_trusted = false;
  CHECK(wire::signed_words(other) != wire::signed_words(sample()));
}

TEST_CASE("What is no receipt is not taken for one") {
  const std::string text = wire::to_text(sample());
  for (const std::string& wrong :
       {std::string(), std::string("R1"), text + ".", text.substr(3), "R2" + text.substr(2),
        std::string(5000, 'x'), text.substr(0, 40)}) {
    CHECK_FALSE(wire::parse_receipt(wrong));
  }
  std::string spaced = text;
  spaced.replace(spaced.find(".1795"), 5, ".01795");
  CHECK_FALSE(wire::parse_receipt(spaced));
}

TEST_CASE("The short form of a receipt has four groups of four and tells two receipts apart") {
  const std::string name = wire::short_receipt(wire::to_text(sample()));
  CHECK(name.size() == 19);
  CHECK(name[4] == '-');
  wire::Receipt other = sample();
  other.time += base::Milliseconds{1};
  CHECK(wire::short_receipt(wire::to_text(other)) != name);
}
