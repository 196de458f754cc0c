#include "kiosk/central/legal_days.h"

#include <nlohmann/json.hpp>

#include "kiosk/central/keeping.h"
#include "tests/kiosk/central/bench.h"

using test::Bench;
using test::Outbox;

namespace {

wire::Op request(Outbox& outbox, Bench& bench, std::string day) {
  wire::Op op =
      outbox.op("intake.file",
                wire::to_json(wire::IntakeFile{"mediation", "", bench.visitor().code, "1234", {}}));
  op.legal_day = std::move(day);
  return op;
}

central::LegalDays days(Bench& bench) {
  return bench.write([&](central::Transaction& transaction) {
    return central::read_legal_days(transaction.database, bench.center, bench.clock.now());
  });
}

std::string settle(Bench& bench, const std::string& id, std::string_view outcome) {
  const auto done = bench.store->write([&](sql::Database& database) {
    central::Transaction transaction{database, bench.center, bench.clock.now()};
    return central::settle_legal_day(transaction, id, outcome);
  });
  return done ? "" : done.error().code;
}

}  // namespace

TEST_CASE("A request's legal day is in alarm when it is near, until a person writes an outcome") {
  Bench bench;
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  const wire::Op op = request(outbox, bench, "2026-11-27");
  bench.apply_one(kiosk, op);
  REQUIRE(days(bench).open.size() == 1);
  CHECK(days(bench).open.front().service == "mediation");
  CHECK(days(bench).open.front().days_left == 4);
  CHECK(days(bench).alarms() == 0);
  bench.clock.advance(std::chrono::days{2});
  CHECK(days(bench).alarms() == 1);
  CHECK(settle(bench, op.id, "perhaps") == "bad_message");
  CHECK(settle(bench, op.id, "handed_in").empty());
  CHECK(settle(bench, op.id, "told") == "state_changed");
  CHECK(days(bench).open.empty());
}

TEST_CASE("What was made while the line was cut is in alarm a week before its day") {
  Bench bench;
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  const wire::Op made = request(outbox, bench, "2026-11-29");
  const wire::Op later = request(outbox, bench, "2026-12-20");
  bench.clock.advance(std::chrono::hours{3});
  bench.apply(kiosk, {made, later});
  const central::LegalDays seen = days(bench);
  REQUIRE(seen.open.size() == 2);
  CHECK(seen.open[0].offline);
  CHECK(seen.open[0].alarm);
  CHECK_FALSE(seen.open[1].alarm);
}

TEST_CASE("A day stands once however often its op comes, and is in alarm when the op was refused") {
  Bench bench;
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  wire::Op refused = request(outbox, bench, "2027-01-01");
  refused.body = "{}";
  bench.apply_one(kiosk, refused);
  bench.apply_one(kiosk, refused);
  REQUIRE(days(bench).open.size() == 1);
  CHECK_FALSE(days(bench).open.front().taken);
  CHECK(days(bench).alarms() == 1);
}

TEST_CASE("A day that nobody could say stays unknown and stays in the list") {
  Bench bench;
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  bench.apply_one(kiosk, request(outbox, bench, "unknown"));
  bench.apply_one(kiosk, request(outbox, bench, "some Tuesday"));
  bench.apply_one(kiosk, request(outbox, bench, ""));
  const central::LegalDays seen = days(bench);
  REQUIRE(seen.open.size() == 2);
  CHECK(seen.open[0].day == "unknown");
  CHECK(seen.open[1].day == "unknown");
  CHECK(seen.alarms() == 0);
}

TEST_CASE("A kiosk that is silent for a day is named: nobody here knows what it holds") {
  Bench bench;
  const std::string kiosk = bench.enrol();
  bench.apply(kiosk, {});
  CHECK(days(bench).silent.empty());
  bench.clock.advance(std::chrono::hours{25});
  REQUIRE(days(bench).silent.size() == 1);
  CHECK(days(bench).silent.front().kiosk == 1);
  bench.apply(kiosk, {});
  CHECK(days(bench).silent.empty());
}

TEST_CASE("The office sees the days, and none of it goes before it is settled") {
  Bench bench;
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  wire::Op refused = request(outbox, bench, "2026-11-24");
  refused.body = "{}";
  bench.apply_one(kiosk, refused);
  bench.clock.advance(std::chrono::days{500});
  const auto erase = [&] {
    bench.write(
        [&](central::Transaction& transaction) { return central::erase_some(transaction, 100); });
  };
  erase();
  CHECK(days(bench).open.size() == 1);
  const auto view = nlohmann::json::parse(bench.write([&](central::Transaction& transaction) {
    return central::office_view(transaction.database, bench.center, bench.clock.now());
  }));
  CHECK(view["legal_days"]["open"][0]["alarm"] == true);
  CHECK(settle(bench, refused.id, "not_needed").empty());
  erase();
  CHECK(bench.write([&](central::Transaction& transaction) {
    return transaction.database.integer("SELECT count(*) FROM legal_day");
  }) == 0);
}
