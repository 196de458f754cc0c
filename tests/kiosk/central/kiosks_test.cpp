#include "kiosk/central/kiosks.h"

#include "tests/kiosk/central/bench.h"

namespace {

struct Door {
  test::Bench bench;

  std::string code() {
    return bench.store
        ->write([&](sql::Database& database) {
          return central::make_enrol_code(database, bench.center.id(), bench.world());
        })
        .value();
  }
  base::Result<wire::EnrolResponse> enter(const std::string& code, const std::string& key) {
    return bench.store->write([&](sql::Database& database) {
      central::Transaction transaction{database, bench.center, bench.clock.now()};
      return central::enrol(transaction, {code, key}, bench.chance);
    });
  }
};

std::string key() {
  return crypto::SigningKey::generate().public_key();
}

TEST_CASE("kiosks get numbers from one on, and never the number of another") {
  Door door;
  const auto first = door.enter(door.code(), key());
  const auto second = door.enter(door.code(), key());
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->number == 1);
  CHECK(second->number == 2);
  CHECK(first->center_id == "sample");
  CHECK(first->epoch == second->epoch);
  CHECK(first->kiosk_id != second->kiosk_id);
}

TEST_CASE("a code lets one kiosk in; the same kiosk may ask again, nobody else") {
  Door door;
  const std::string code = door.code();
  const std::string mine = key();
  const auto first = door.enter(code, mine);
  const auto again = door.enter(code, mine);
  REQUIRE(first);
  REQUIRE(again);
  CHECK(again->kiosk_id == first->kiosk_id);
  const auto other = door.enter(code, key());
  REQUIRE_FALSE(other);
  CHECK(other.error().code == "code_invalid");
}

TEST_CASE("a machine that still has its key is the kiosk it was, whatever code lets it in") {
  Door door;
  const std::string mine = key();
  const auto first = door.enter(door.code(), mine);
  const std::string code = door.code();
  const auto again = door.enter(code, mine);
  REQUIRE(again);
  CHECK(again->kiosk_id == first->kiosk_id);
  CHECK(again->number == 1);
  CHECK_FALSE(door.enter(code, key()));
  CHECK(door.enter(door.code(), key())->number == 2);
}

TEST_CASE("a code may be typed in any way, lives ten minutes, and is not guessed") {
  Door door;
  std::string typed = door.code();
  std::erase(typed, '-');
  CHECK(door.enter(typed, key()));
  CHECK_FALSE(door.enter("", key()));
  CHECK_FALSE(door.enter(wire::make_case_code(door.bench.chance), key()));
  const std::string late = door.code();
  door.bench.clock.advance(std::chrono::minutes{10});
  CHECK_FALSE(door.enter(late, key()));
}

TEST_CASE("what is no ed25519 key enrols nobody and uses up no code") {
  Door door;
  const std::string code = door.code();
  for (const char* wrong : {"", "abc", "not base64!", "AAAAAAAAAAAAAAAAAAAAAA"}) {
    const auto refused = door.enter(code, wrong);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "bad_message");
  }
  CHECK(door.enter(code, key()));
}

TEST_CASE("codes are kept as hashes" * doctest::test_suite("SQLite file")) {
  Door door;
  const std::string code = door.code();
  door.bench.store.reset();
  const std::string bytes = base::read_file(door.bench.folder / "central.db").value();
  CHECK(bytes.find(code) == std::string::npos);
  CHECK(bytes.find(crypto::sha256_hex(code)) != std::string::npos);
}

TEST_CASE("a contact tells when the one before was") {
  test::Bench bench;
  const base::Instant enrolled = bench.clock.now();
  const std::string kiosk = bench.enrol();
  const auto contact = [&] {
    bench.clock.advance(base::Milliseconds{5000});
    return bench
        .write([&](central::Transaction& transaction) {
          return central::note_contact(transaction, kiosk);
        })
        .before;
  };
  CHECK(contact() == enrolled);
  CHECK(contact() == enrolled + base::Milliseconds{5000});
}

TEST_CASE("a kiosk that a restored backup does not know gets the number on its papers again") {
  test::Bench bench;
  bench.enrol("a");
  const auto enrol = [&](std::string_view name, int number) {
    const auto code = bench.store->write([&](sql::Database& database) {
      return central::make_enrol_code(database, bench.center.id(), bench.world());
    });
    REQUIRE(code);
    const std::string key = crypto::base64(crypto::sha256_hex(name).substr(0, 32));
    return bench
        .write([&](central::Transaction& transaction) {
          return central::enrol(transaction, {*code, key, number}, bench.chance);
        })
        .number;
  };
  CHECK(enrol("moved here from another center", 40) == 2);
  bench.restored();
  CHECK(enrol("b", 7) == 7);
  CHECK(enrol("c", 7) == 8);  // somebody has it
  CHECK(enrol("d", 5000) == 9);
  CHECK(enrol("e", 6) == 6);
  CHECK(enrol("new", 0) == 10);
}

}  // namespace
