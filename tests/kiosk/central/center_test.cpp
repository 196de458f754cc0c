#include "kiosk/central/center.h"

#include "tests/kiosk/central/bench.h"

namespace {

central::CenterState state(test::Bench& bench) {
  return bench.write([](central::Transaction& transaction) { return read_state(transaction); });
}

void begin(test::Bench& bench, const std::string& hash) {
  bench.write([&](central::Transaction& transaction) {
    return central::begin_service(transaction, hash, bench.chance);
  });
}

TEST_CASE("a start with the same content publishes nothing new, other content does") {
  test::Bench bench;
  const auto before = state(bench);
  CHECK(before.manifest_version == 1);
  begin(bench, before.catalogue_sha256);
  CHECK(state(bench).manifest_version == 1);
  begin(bench, "other");
  CHECK(state(bench).manifest_version == 2);
  CHECK(state(bench).catalogue_sha256 == "other");
  CHECK(state(bench).epoch == before.epoch);
}

TEST_CASE("a new epoch differs from every one before, and nothing else changes") {
  test::Bench bench;
  const auto before = state(bench);
  const auto begun = bench.store->write([&](sql::Database& database) {
    return central::begin_epoch(database, bench.center.id(), bench.world());
  });
  REQUIRE(begun);
  CHECK(state(bench).epoch != before.epoch);
  CHECK(state(bench).version == before.version);
}

TEST_CASE("the center served last is the one meant; without any there is none") {
  test::Bench bench;
  bench.clock.advance(base::Milliseconds{1000});
  bench.center.catalogue.center.id = "another";
  begin(bench, "hash");
  CHECK(bench.store->read(central::last_served).value() == "another");
  bench.clock.advance(base::Milliseconds{1000});
  bench.center.catalogue.center.id = "sample";
  begin(bench, "hash");
  CHECK(bench.store->read(central::last_served).value() == "sample");

  auto empty =
      central::Store::open(test::test_engine(bench.folder / "empty.db"), central::migrations());
  REQUIRE(empty);
  CHECK((*empty)->read(central::last_served).error().code == "no_center");
}

TEST_CASE("another key of the case codes than the first one is noticed") {
  test::Bench bench;
  const auto check = [&](const std::string& secret) {
    const auto checked = bench.store->write([&](sql::Database& database) {
      return central::check_case_secret(database, bench.center.id(), secret);
    });
    return checked ? "" : checked.error().code;
  };
  CHECK(check("one") == "");
  CHECK(check("one") == "");
  CHECK(check("two") == "other_case_key");
  REQUIRE(bench.store->write([&](sql::Database& database) {
    return central::forget_case_secret(database, bench.center.id());
  }));
  CHECK(check("two") == "");
}

TEST_CASE("records may come back for as long as kiosks keep what they have sent") {
  test::Bench bench;
  bench.center.kiosks_keep_days = 10;
  const auto may = [&] {
    return bench.write([](central::Transaction& transaction) -> base::Result<bool> {
      return central::records_may_come_back(TRY(read_state(transaction)), transaction);
    });
  };
  CHECK_FALSE(may());
  bench.restored();
  CHECK(may());
  bench.clock.advance(std::chrono::hours{10 * 24 - 1});
  CHECK(may());
  bench.clock.advance(std::chrono::hours{1});
  CHECK_FALSE(may());
}

}  // namespace
