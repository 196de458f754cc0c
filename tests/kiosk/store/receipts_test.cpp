#include "kiosk/store/receipts.h"

#include "kiosk/wire/receipt.h"
#include "platform/crypto/crypto.h"
#include "tests/support/stored.h"

using test::append;
using test::must;
using wire::Outcome;

namespace {

std::string receipt_for(const std::string& id, std::string_view bytes) {
  wire::Receipt receipt{"sample", id, crypto::sha256_hex(bytes), base::from_ms(1), true, {}};
  receipt.signature = crypto::SigningKey::generate().sign(wire::signed_words(receipt));
  return wire::to_text(receipt);
}

void answer(store::Store& store, const std::string& id, const std::string& receipt) {
  test::answer(store, id, Outcome::applied,
               wire::to_json(wire::Promise{"received", "", 0, receipt}));
}

}  // namespace

TEST_CASE("A receipt has a name for paper when it is here, about this op and about its bytes") {
  test::Stored world;
  store::Store store = world.open();
  const std::string good = append(store, "intake.file");
  const std::string foreign = append(store, "intake.file");
  const std::string changed = append(store, "intake.file");
  const std::string old = append(store, "intake.file");
  const std::string receipt = receipt_for(good, must(store::op_bytes(store, 1)));
  CHECK(must(store::receipt_name(store, good)).empty());
  answer(store, good, receipt);
  answer(store, foreign, receipt);
  answer(store, changed, receipt_for(changed, "other bytes"));
  answer(store, old, "");
  CHECK(must(store::receipt_name(store, good)) == wire::short_receipt(receipt));
  CHECK(must(store::receipt_name(store, foreign)).empty());
  CHECK(must(store::receipt_name(store, changed)).empty());
  CHECK(must(store::receipt_name(store, old)).empty());
  CHECK(must(store::receipt_name(store, "none")).empty());
}
