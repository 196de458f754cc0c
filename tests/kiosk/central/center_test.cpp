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

TEST_CASE("a server with another key of case codes is told so, and nothing is changed") {
  test::Bench bench;
  const auto before = bench.write(central::read_state);
  bench.center.case_secret = "another secret";
  const auto begun = bench.store->write([&](sql::Database& database) {
    central::Transaction transaction{database, bench.center, bench.clock.now()};
    return central::begin_service(transaction, "other content", bench.chance);
  });
  REQUIRE_FALSE(begun);
  CHECK(begun.error().code == "other_case_key");
  CHECK(bench.write(central::read_state).manifest_version == before.manifest_version);
}

}  // namespace
