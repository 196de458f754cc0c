#include "kiosk/central/receipts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "kiosk/wire/receipt.h"

namespace central {
namespace {

constexpr std::array<std::string_view, 4> filing{"booking.request", "booking.move",
                                                 "booking.cancel", "intake.file"};

constexpr std::string_view proof =
    R"(The receipt is genuine.
center {} had the op {} at {} by its own clock.
What was filed has the SHA-256 {}: who has these bytes can show that they were filed and not
changed since. {}
It does not prove who filed it, nor that anything was decided.
)";

Result<std::string> public_key(const Verify& asked, const base::Path& data) {
  if (!asked.public_key.empty()) return asked.public_key;
  const base::Path file = data / "receipt.key";
  if (!base::identity_of(file)) {
    return base::fail(base::ErrorKind::not_found, "no_receipt_key",
                      fmt::format("{} is not there; name the folder with --data, or the center's "
                                  "public key with --key",
                                  file.string()));
  }
  return TRY(crypto::SigningKey::load_or_create(file)).public_key();
}

int refuse(std::string_view why) {
  fmt::print("The receipt does not verify and proves nothing: {}.\n", why);
  return 1;
}

}  // namespace

std::string make_receipt(const Transaction& transaction, const wire::Op& op,
                         std::string_view hash) {
  const bool files = std::ranges::find(filing, op.kind) != filing.end();
  if (!files || !transaction.center.receipt_key) return {};
  wire::Receipt receipt{transaction.center_id(), op.id, std::string(hash), transaction.now,
                        op.clock_trusted,        {}};
  receipt.signature = transaction.center.receipt_key->sign(wire::signed_words(receipt));
  return wire::to_text(receipt);
}

int verify_receipt(const Verify& asked, const base::Path& data, base::TimeZone zone) {
  const auto receipt = wire::parse_receipt(asked.receipt);
  if (!receipt) return refuse("it is no receipt, or not all of one");
  const auto key = public_key(asked, data);
  if (!key) {
    fmt::print(stderr, "kiosk-central: {}\n", key.error().detail);
    return 1;
  }
  if (!crypto::verify(*key, wire::signed_words(*receipt), receipt->signature)) {
    return refuse("it was not signed with this key, or something in it was changed");
  }
  fmt::print(proof, receipt->center, receipt->op, zone.rfc3339(receipt->time), receipt->hash,
             receipt->clock_trusted
                 ? "The time in them agreed with the center's clock."
                 : "The time in them is the kiosk's, whose clock nobody had compared.");
  return 0;
}

}  // namespace central
