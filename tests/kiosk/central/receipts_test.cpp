#include "kiosk/central/receipts.h"

#include <sys/stat.h>

#include "kiosk/wire/receipt.h"
#include "tests/kiosk/central/bench.h"
#include "tests/kiosk/central/program.h"

using test::Bench;
using test::Outbox;

namespace {

struct Said {
  int code = 0;
  std::string text;
};

Said verify(const std::string& receipt, const std::vector<std::string>& more) {
  std::vector<std::string> words{"verify", receipt, "--config", KIOSK_CONFIG};
  words.insert(words.end(), more.begin(), more.end());
  test::Program program(words);
  Said said;
  for (std::string line = program.line(); !line.empty(); line = program.line()) {
    said.text += line + "\n";
  }
  said.code = program.wait();
  return said;
}

std::string receipt_of(const wire::OpResult& result) {
  const auto promise = wire::parse_promise(result.data);
  return promise ? promise->receipt : std::string();
}

}  // namespace

TEST_CASE("What files something is signed for: its bytes, the time, and whether clocks agreed") {
  Bench bench;
  bench.center.receipt_key = crypto::SigningKey::generate();
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  wire::Op op = bench.booking(outbox, bench.visitor(), "consult|onsite|2026-11-24T14:00");
  op.clock_trusted = false;
  const wire::OpResult result = bench.apply_one(kiosk, op);
  const auto receipt = wire::parse_receipt(receipt_of(result));
  REQUIRE(receipt);
  CHECK(receipt->center == "sample");
  CHECK(receipt->op == op.id);
  CHECK(receipt->hash == crypto::sha256_hex(wire::to_json(op)));
  CHECK(receipt->time == bench.clock.now());
  CHECK_FALSE(receipt->clock_trusted);
  CHECK(crypto::verify(bench.center.receipt_key->public_key(), wire::signed_words(*receipt),
                       receipt->signature));
  bench.clock.advance(std::chrono::hours{1});
  CHECK(receipt_of(bench.apply_one(kiosk, op)) == receipt_of(result));
}

TEST_CASE("What files nothing, was refused, or meets a center without a key has no receipt") {
  Bench bench;
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  const auto book = [&](std::string slot) {
    return receipt_of(
        bench.apply_one(kiosk, bench.booking(outbox, bench.visitor(), std::move(slot))));
  };
  CHECK(book("consult|onsite|2026-11-24T14:00").empty());
  bench.center.receipt_key = crypto::SigningKey::generate();
  CHECK(book("consult|onsite|2026-11-22T14:00").empty());
  CHECK(
      receipt_of(bench.apply_one(kiosk, outbox.op("assist.call", R"({"place":"home"})"))).empty());
}

TEST_CASE("kiosk-central verify says in words what a receipt proves, or that it proves nothing") {
  test::TempFolder folder;
  const auto key = crypto::SigningKey::load_or_create(folder / "receipt.key");
  REQUIRE(key);
  struct stat file{};
  REQUIRE(::stat((folder / "receipt.key").c_str(), &file) == 0);
  CHECK((file.st_mode & 0777U) == 0600U);
  wire::Receipt receipt{"sample",
                        "0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b",
                        crypto::sha256_hex("filed"),
                        *base::parse_rfc3339("2026-11-23T09:42:00+08:00"),
                        true,
                        {}};
  receipt.signature = key->sign(wire::signed_words(receipt));
  const std::string text = wire::to_text(receipt);
  const std::string data = folder.path().string();

  const Said good = verify(text, {"--data", data});
  CHECK(good.code == 0);
  CHECK(good.text.find("genuine") != std::string::npos);
  CHECK(good.text.find("2026-11-23T09:42:00+08:00") != std::string::npos);
  CHECK(good.text.find("agreed with the center's clock") != std::string::npos);
  CHECK(verify(text, {"--key", key->public_key()}).code == 0);

  std::string forged = text;
  forged.replace(forged.find(".t."), 3, ".u.");
  const Said bad = verify(forged, {"--data", data});
  CHECK(bad.code == 1);
  CHECK(bad.text.find("proves nothing") != std::string::npos);
  CHECK(verify(text, {"--key", crypto::SigningKey::generate().public_key()}).code == 1);
  CHECK(verify("R1.nonsense", {"--data", data}).code == 1);
  CHECK(verify(text, {"--data", (folder / "nowhere").string()}).code == 1);
}
