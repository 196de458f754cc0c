#include "kiosk/central/inherit.h"

#include "tests/kiosk/central/bench.h"

namespace {

using wire::Outcome;

constexpr const char* slot = "consult|onsite|2026-11-24T14:00";

// One of each kind of record, made by a kiosk that then loses its key.
struct Hall {
  test::Bench bench;
  std::string former = bench.enrol("before");
  test::Outbox outbox{bench.clock, 7};
  test::Visitor visitor = bench.visitor();
  std::vector<wire::Op> ops = {
      bench.booking(outbox, visitor, slot),
      outbox.op("ticket.draw", wire::to_json(wire::TicketDraw{"notary", "", "2026-11-23"})),
      outbox.op("intake.file",
                wire::to_json(wire::IntakeFile{"mediation", "", visitor.code, "1234", {}})),
      outbox.op("assist.call", wire::to_json(wire::AssistCall{"home"}))};

  Hall() {
    bench.apply(former, ops);
    bench.clock.advance(std::chrono::minutes{1});
  }
  wire::OpResult issue(const std::string& kiosk) {
    return bench.apply_one(
        kiosk, outbox.op("ticket.issue", wire::to_json(wire::TicketIssue{ops[1].id, "B1-01"})));
  }
};

TEST_CASE("what a kiosk enrolled anew sends again is its own, and told to it alone") {
  Hall hall;
  const std::string heir = hall.bench.enrol("after");
  const std::string cursor = hall.bench.feed(heir, "").cursor;
  hall.bench.apply(heir, hall.ops);
  for (const std::size_t record : {0U, 2U, 3U}) {
    CHECK_FALSE(hall.bench.told(heir, hall.ops[record].id).empty());
    CHECK(hall.bench.told(hall.former, hall.ops[record].id).empty());
  }
  CHECK(hall.bench.feed(heir, cursor).changes.size() == hall.ops.size());
  CHECK(hall.issue(heir).outcome == Outcome::applied);
}

TEST_CASE("what it does not send again stays out of its reach") {
  Hall hall;
  const std::string heir = hall.bench.enrol("after");
  hall.bench.apply(heir, {hall.ops[3]});
  CHECK(hall.bench.told(heir, hall.ops[0].id).empty());
  CHECK(hall.bench.told(heir, hall.ops[2].id).empty());
  CHECK(hall.issue(heir).code == "no_match");
}

TEST_CASE("from a kiosk that goes on working nothing is taken, even with the very bytes") {
  Hall hall;
  const std::string stranger = hall.bench.enrol("stranger");
  hall.bench.clock.advance(std::chrono::minutes{1});
  hall.bench.apply(hall.former, {});
  const auto answers = hall.bench.apply(stranger, hall.ops).results;
  for (const wire::OpResult& answer : answers) CHECK(answer.outcome == Outcome::duplicate);
  for (const std::size_t record : {0U, 2U, 3U}) {
    CHECK(hall.bench.told(stranger, hall.ops[record].id).empty());
    CHECK_FALSE(hall.bench.told(hall.former, hall.ops[record].id).empty());
  }
  CHECK(hall.issue(stranger).code == "no_match");
  CHECK(hall.issue(hall.former).outcome == Outcome::applied);
}

TEST_CASE("a kiosk that was there first takes nothing from one that came later") {
  Hall hall;
  const std::string later = hall.bench.enrol("later");
  test::Outbox outbox(hall.bench.clock, 8);
  const wire::Op call = outbox.op("assist.call", wire::to_json(wire::AssistCall{"home"}));
  hall.bench.clock.advance(std::chrono::minutes{1});
  hall.bench.apply(later, {call});
  hall.bench.apply(hall.former, {call});
  CHECK(hall.bench.told(hall.former, call.id).empty());
}

}  // namespace
