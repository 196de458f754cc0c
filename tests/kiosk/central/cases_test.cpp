#include "kiosk/central/cases.h"

#include "tests/kiosk/central/bench.h"

namespace {

using Kind = central::CaseAnswer::Kind;

constexpr const char* slot = "consult|onsite|2026-11-24T14:00";

struct Desk {
  test::Bench bench;
  std::string kiosk = bench.enrol();
  test::Outbox outbox{bench.clock, 7};

  test::Visitor booked() {
    const auto visitor = bench.visitor();
    bench.apply_one(kiosk, bench.booking(outbox, visitor, slot));
    return visitor;
  }
  central::CaseAnswer find(const std::string& code, const std::string& last4) {
    return bench.write([&](central::Transaction& transaction) {
      return central::find_case(transaction, code, last4);
    });
  }
  base::Result<wire::LookupResponse> status(std::string_view code) {
    return bench.store->read([&](sql::Database& database) {
      return central::status_of_code(database, bench.center, code);
    });
  }
};

TEST_CASE("code and digits lead to the booking: service, time and place") {
  Desk desk;
  const auto visitor = desk.booked();
  const auto answer = desk.find(visitor.code, visitor.last4);
  REQUIRE(answer.kind == Kind::found);
  CHECK(answer.type == "booking");
  const auto found = desk.bench.store->read([&](sql::Database& database) {
    return central::describe_case(database, desk.bench.center, answer);
  });
  REQUIRE(found);
  CHECK(found->service == "consult");
  CHECK(found->topic == "wage");
  CHECK(found->record.state == "confirmed");
  CHECK(found->slot.start == "14:00");
  CHECK(found->slot.room == "会谈室");
  const std::string told = wire::to_json(*found);
  CHECK(told.find("王小明") == std::string::npos);
  CHECK(told.find("13800001234") == std::string::npos);
}

TEST_CASE("the right digits end the counting of wrong ones") {
  Desk desk;
  const auto visitor = desk.booked();
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 4; ++i) CHECK(desk.find(visitor.code, "0000").kind == Kind::no_match);
    CHECK(desk.find(visitor.code, visitor.last4).kind == Kind::found);
  }
}

TEST_CASE("a code that does not exist is locked like one that does") {
  Desk desk;
  const auto visitor = desk.booked();
  const std::string unknown = desk.bench.visitor().code;
  for (int i = 0; i < 5; ++i) {
    CHECK(desk.find(visitor.code, "0000").kind == Kind::no_match);
    CHECK(desk.find(unknown, "0000").kind == Kind::no_match);
  }
  CHECK(desk.find(visitor.code, visitor.last4).kind == Kind::locked);
  CHECK(desk.find(unknown, "0000").kind == Kind::locked);
  desk.bench.clock.advance(std::chrono::minutes{59});
  CHECK(desk.find(visitor.code, visitor.last4).kind == Kind::locked);
  desk.bench.clock.advance(std::chrono::minutes{2});
  CHECK(desk.find(visitor.code, visitor.last4).kind == Kind::found);
}

TEST_CASE("what has not the form of a code is no match and is not counted") {
  Desk desk;
  for (int i = 0; i < 10; ++i) CHECK(desk.find("x", "0000").kind == Kind::no_match);
  for (int i = 0; i < 10; ++i) CHECK(desk.find("x", "00").kind == Kind::no_match);
}

TEST_CASE("the state of a case is told by its code alone, without anything personal") {
  Desk desk;
  const auto visitor = desk.booked();
  const auto found = desk.status(visitor.code);
  REQUIRE(found);
  CHECK(found->kind == "booking");
  CHECK(found->record.state == "confirmed");
  CHECK(wire::to_json(*found).find("王小明") == std::string::npos);
  const auto unknown = desk.status(desk.bench.visitor().code);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == "code_unknown");
}

TEST_CASE("a request's sentence from staff is told by its code") {
  Desk desk;
  const auto visitor = desk.bench.visitor();
  const wire::IntakeFile body{"mediation", "onsite", visitor.code, "1234", {{"what", "漏水"}}};
  const auto filed =
      desk.bench.apply_one(desk.kiosk, desk.outbox.op("intake.file", wire::to_json(body)));
  desk.bench.write([&](central::Transaction& transaction) {
    return central::step_request(transaction, filed.id, "reviewing", "明天给您打电话");
  });
  const auto found = desk.status(visitor.code);
  REQUIRE(found);
  CHECK(found->kind == "request");
  CHECK(found->record.state == "reviewing");
  CHECK(found->record.reason == "明天给您打电话");
  CHECK(wire::to_json(*found).find("漏水") == std::string::npos);
}

}  // namespace
