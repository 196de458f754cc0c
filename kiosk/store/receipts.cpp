#include "kiosk/store/receipts.h"

#include "kiosk/wire/messages.h"
#include "kiosk/wire/receipt.h"
#include "platform/crypto/crypto.h"

namespace store {

Result<std::string> receipt_name(Store& store, std::string_view id) {
  sql::Statement row = TRY(store.database().query(
      "SELECT bytes, data FROM outbox WHERE id = ? AND state = 'accepted' AND data <> ''", id));
  if (!TRY(row.step())) return std::string();
  const auto promise = wire::parse_promise(row.text(1));
  if (!promise) return std::string();
  const auto receipt = wire::parse_receipt(promise->receipt);
  const bool ours =
      receipt && receipt->op == id && receipt->hash == crypto::sha256_hex(row.blob(0));
  return ours ? wire::short_receipt(promise->receipt) : std::string();
}

}  // namespace store
