#include "kiosk/central/ops.h"

#include <algorithm>

#include "tests/kiosk/central/bench.h"

namespace {

using wire::Outcome;

constexpr const char* slot = "consult|onsite|2026-11-24T14:00";

struct Hall {
  test::Bench bench;
  std::string kiosk = bench.enrol();
  test::Outbox outbox{bench.clock, 7};

  wire::Op call() { return outbox.op("assist.call", wire::to_json(wire::AssistCall{"home"})); }
};

TEST_CASE("the same op again changes nothing and brings the same promise") {
  Hall hall;
  const wire::Op op = hall.bench.booking(hall.outbox, hall.bench.visitor(), slot);
  const auto first = hall.bench.apply_one(hall.kiosk, op);
  for (int i = 0; i < 3; ++i) {
    const auto again = hall.bench.apply_one(hall.kiosk, op);
    CHECK(again.outcome == Outcome::duplicate);
    CHECK(again.data == first.data);
  }
  CHECK(hall.bench.taken(hall.kiosk, slot) == 1);
}

TEST_CASE("one op twice in one request is applied once") {
  Hall hall;
  const wire::Op op = hall.bench.booking(hall.outbox, hall.bench.visitor(), slot);
  const auto results = hall.bench.apply(hall.kiosk, {op, op}).results;
  CHECK(results[0].outcome == Outcome::applied);
  CHECK(results[1].outcome == Outcome::duplicate);
  CHECK(hall.bench.taken(hall.kiosk, slot) == 1);
}

TEST_CASE("another op under a used id is refused, and the ops behind it go on") {
  Hall hall;
  const wire::Op op = hall.call();
  hall.bench.apply_one(hall.kiosk, op);
  wire::Op thief = hall.bench.booking(hall.outbox, hall.bench.visitor(), slot);
  thief.id = op.id;
  const auto outcome = hall.bench.apply(hall.kiosk, {thief, hall.call()});
  CHECK(outcome.results[0].outcome == Outcome::rejected);
  CHECK(outcome.results[0].code == "id_reuse");
  CHECK(outcome.results[1].outcome == Outcome::applied);
  CHECK(outcome.applied_through == 3);
  CHECK(hall.bench.taken(hall.kiosk, slot) == 0);
}

TEST_CASE("the same bytes get the first answer again, whichever kiosk signs them") {
  Hall hall;
  const wire::Op booking = hall.bench.booking(hall.outbox, hall.bench.visitor(), slot);
  const wire::Op bad = hall.outbox.op("assist.call", "{}");
  const auto first = hall.bench.apply(hall.kiosk, {booking, bad}).results;
  const auto again = hall.bench.apply(hall.bench.enrol("b"), {booking, bad}).results;
  CHECK(again[0].outcome == Outcome::duplicate);
  CHECK(again[0].data == first[0].data);
  CHECK(again[1].outcome == Outcome::rejected);
  CHECK(again[1].code == "bad_body");
  CHECK(hall.bench.taken(hall.kiosk, slot) == 1);
}

TEST_CASE("who knows an op's id but not its bytes learns nothing of it") {
  Hall hall;
  const wire::Op op = hall.bench.booking(hall.outbox, hall.bench.visitor(), slot);
  hall.bench.apply_one(hall.kiosk, op);
  wire::Op guess = op;
  guess.at = "2026-11-23T09:42:01+08:00";
  const auto answer = hall.bench.apply_one(hall.bench.enrol("b"), guess);
  CHECK(answer.code == "id_reuse");
  CHECK(answer.data == "{}");
}

TEST_CASE("a rejected op stays rejected and blocks nobody") {
  Hall hall;
  const wire::Op bad = hall.outbox.op("assist.call", "{}");
  const auto outcome = hall.bench.apply(hall.kiosk, {bad, hall.call()});
  CHECK(outcome.results[0].code == "bad_body");
  CHECK(outcome.results[1].outcome == Outcome::applied);
  CHECK(outcome.applied_through == 2);
  const auto again = hall.bench.apply_one(hall.kiosk, bad);
  CHECK(again.outcome == Outcome::rejected);
  CHECK(again.code == "bad_body");
}

TEST_CASE("ops are applied by their number, whatever the order they arrive in") {
  Hall hall;
  const wire::Op draw =
      hall.outbox.op("ticket.draw", wire::to_json(wire::TicketDraw{"notary", "", "2026-11-23"}));
  const wire::Op issue =
      hall.outbox.op("ticket.issue", wire::to_json(wire::TicketIssue{draw.id, "B1-01"}));
  const auto outcome = hall.bench.apply(hall.kiosk, {issue, draw});
  CHECK(outcome.results[0].id == draw.id);
  CHECK(outcome.results[1].outcome == Outcome::applied);
}

TEST_CASE("applied_through waits for the gap to close") {
  Hall hall;
  std::vector<wire::Op> ops;
  for (int i = 0; i < 6; ++i) ops.push_back(hall.call());
  CHECK(hall.bench.apply(hall.kiosk, {ops[0]}).applied_through == 1);
  CHECK(hall.bench.apply(hall.kiosk, {ops[3], ops[5]}).applied_through == 1);
  CHECK(hall.bench.apply(hall.kiosk, {ops[2]}).applied_through == 1);
  CHECK(hall.bench.apply(hall.kiosk, {ops[1]}).applied_through == 4);
  CHECK(hall.bench.apply(hall.kiosk, {}).applied_through == 4);
  CHECK(hall.bench.apply(hall.kiosk, {ops[4]}).applied_through == 6);
}

TEST_CASE("an op of a kind not known here is put off, not forgotten and not refused") {
  Hall hall;
  const wire::Op future = hall.outbox.op("quiz.answer", "{}");
  const auto outcome = hall.bench.apply(hall.kiosk, {future, hall.call()});
  CHECK(outcome.results[0].outcome == Outcome::deferred);
  CHECK(outcome.results[0].code == "kind_unknown");
  CHECK(outcome.results[1].outcome == Outcome::applied);
  CHECK(outcome.applied_through == 0);
  CHECK(hall.bench.apply_one(hall.kiosk, future).outcome == Outcome::deferred);
}

TEST_CASE("a text that is no op refuses the whole request") {
  Hall hall;
  const auto outcome = central::read_ops({wire::to_json(hall.call()), "{}"});
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == "bad_message");
}

TEST_CASE("what contradicts the records is a conflict, and leaves nothing behind") {
  Hall hall;
  hall.bench.write([](central::Transaction& transaction) {
    // As if a hand had damaged the row: the seat that is to be freed was never counted.
    return transaction.database.run("UPDATE slot SET taken = 0");
  });
  const auto visitor = hall.bench.visitor();
  const auto booked =
      hall.bench.apply_one(hall.kiosk, hall.bench.booking(hall.outbox, visitor, slot));
  hall.bench.write([](central::Transaction& transaction) {
    return transaction.database.run("UPDATE slot SET taken = 0");
  });
  const wire::BookingChange change{visitor.code, visitor.last4, ""};
  const auto outcome = hall.bench.apply(
      hall.kiosk, {hall.outbox.op("booking.cancel", wire::to_json(change)), hall.call()});
  CHECK(outcome.results[0].code == "conflict");
  CHECK(outcome.results[1].outcome == Outcome::applied);
  CHECK(hall.bench.record_state(hall.kiosk, booked.id) == "confirmed");
}

// A kiosk and a server under a line that loses answers, repeats and mixes: however the ops travel,
// the end is the same.
TEST_CASE("lost answers and repeated, mixed requests end where a perfect line would have") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Hall hall;
    test::SeededChance chance(seed);
    std::vector<wire::Op> ops;
    for (int i = 0; i < 12; ++i) {
      ops.push_back(i % 3 == 0 ? hall.bench.booking(hall.outbox, hall.bench.visitor(), slot)
                               : hall.call());
    }
    std::vector<wire::Op> waiting = ops;
    while (!waiting.empty()) {
      std::vector<wire::Op> sent;
      for (const wire::Op& op : ops) {
        if (chance.below(3) == 0) sent.push_back(op);
      }
      hall.bench.apply(hall.kiosk, sent);
      if (chance.below(2) == 0) continue;  // the answer is lost
      std::erase_if(waiting, [&](const wire::Op& op) {
        return std::any_of(sent.begin(), sent.end(),
                           [&](const wire::Op& each) { return each.id == op.id; });
      });
    }
    CHECK(hall.bench.apply(hall.kiosk, {}).applied_through == 12);
    CHECK(hall.bench.taken(hall.kiosk, slot) == 2);
    const auto changes = hall.bench.feed(hall.kiosk, "").changes;
    const auto count = [&](std::string_view type) {
      return std::count_if(changes.begin(), changes.end(),
                           [&](const wire::Change& each) { return each.type == type; });
    };
    CHECK(count("booking") == 4);
    CHECK(count("assist") == 8);
  }
}

TEST_CASE("what a kiosk sends to the server's former life is deferred, and nothing of it stays") {
  Hall hall;
  const wire::Op op = hall.call();
  const auto outcome =
      hall.bench.write([&](central::Transaction& transaction) -> base::Result<central::OpsOutcome> {
        return central::defer_ops(transaction, hall.kiosk,
                                  TRY(central::read_ops({wire::to_json(op)})));
      });
  REQUIRE(outcome.results.size() == 1);
  CHECK(outcome.results[0].outcome == Outcome::deferred);
  CHECK(outcome.results[0].code == "restored");
  CHECK(outcome.applied_through == 0);
  CHECK(hall.bench.apply_one(hall.kiosk, op).outcome == Outcome::applied);
}

TEST_CASE("after a restore a cancellation waits until the kiosk of the booking has come back") {
  Hall hall;
  const test::Visitor visitor = hall.bench.visitor();
  const wire::Op booking = hall.bench.booking(hall.outbox, visitor, slot);
  const std::string other = hall.bench.enrol("b");
  test::Outbox of_other{hall.bench.clock, 8};
  const wire::Op cancel = of_other.op(
      "booking.cancel", wire::to_json(wire::BookingChange{visitor.code, visitor.last4, ""}));
  hall.bench.restored();
  // Often enough to lock the code, were the tries counted.
  for (int i = 0; i < 8; ++i) {
    const auto early = hall.bench.apply(other, {cancel});
    CHECK(early.results[0].outcome == Outcome::deferred);
    CHECK(early.applied_through == 0);
  }
  CHECK(hall.bench.apply_one(hall.kiosk, booking).outcome == Outcome::applied);
  CHECK(hall.bench.apply(other, {cancel}).applied_through == 1);
  CHECK(hall.bench.record_state(hall.kiosk, booking.id) == "cancelled");
}

TEST_CASE("when nobody can bring it any more, what is not found is refused") {
  Hall hall;
  hall.bench.restored();
  const wire::Op issue =
      hall.outbox.op("ticket.issue", wire::to_json(wire::TicketIssue{hall.call().id, "B1-01"}));
  CHECK(hall.bench.apply_one(hall.kiosk, issue).outcome == Outcome::deferred);
  hall.bench.clock.advance(std::chrono::hours{24 * 7});
  CHECK(hall.bench.apply_one(hall.kiosk, issue).code == "no_match");
}

}  // namespace
