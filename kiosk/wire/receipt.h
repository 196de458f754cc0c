// What the center signs for an op that files something (care rule 9): that these bytes were with it
// at this time. Knows no key and no database; can be read years later with nothing but the center's
// public key. Holds nothing personal: of what was filed only a hash.
//
//   receipt := "R1." CENTER "." OP "." HASH "." MS "." CLOCK "." SIGNATURE
//
//   CENTER     id of the center
//   OP         id of the op, which is the record's as well
//   HASH       SHA-256 of the op's bytes as the kiosk wrote them, hexadecimal
//   MS         when the center took it, Unix milliseconds by the center's clock
//   CLOCK      "t": the kiosk's clock, whose time stands in the op, agreed with the center's; "u"
//   SIGNATURE  base64url, ed25519 over everything before the last "."
#pragma once

#include <string>
#include <string_view>

#include "platform/base/clock.h"
#include "platform/base/result.h"

namespace wire {

struct Receipt {
  std::string center;
  std::string op;
  std::string hash;
  base::Instant time;
  bool clock_trusted = false;
  std::string signature;
};

// What is signed.
std::string signed_words(const Receipt& receipt);
std::string to_text(const Receipt& receipt);
// invalid ("bad_receipt") for anything else; says nothing about the signature.
base::Result<Receipt> parse_receipt(std::string_view text);

// "3F7K-9Q2M-XT4B-0D6H": names one receipt (80 bits of its hash), for paper.
std::string short_receipt(std::string_view text);

}  // namespace wire
