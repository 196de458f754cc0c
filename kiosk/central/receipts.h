// Signed receipts (care rule 9; their form stands in kiosk/wire/receipt.h): for every applied op
// that files something the center's key says which bytes it had and when. Knows no HTTP.
//
// DATA/receipt.key  ed25519, mode 0600, beside case.key and kept as carefully: with another one,
//                   earlier receipts do not verify here. Servers of one database have copies of
//                   one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/central/center.h"
#include "kiosk/wire/messages.h"

namespace central {

// "" for a kind that files nothing, and for a center without a key.
std::string make_receipt(const Transaction& transaction, const wire::Op& op, std::string_view hash);

// kiosk-central verify RECEIPT: says on standard output what it proves, or why it proves nothing.
// Exit code 0 when it verifies, 1 when it does not or the key is not there.
struct Verify {
  std::string receipt;
  std::string public_key;  // base64url; "": that of receipt.key in the data folder
};
int verify_receipt(const Verify& asked, const base::Path& data, base::TimeZone zone);

}  // namespace central
