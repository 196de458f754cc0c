#include "tests/kiosk/central/bench.h"

namespace {

struct Hall {
  test::Bench bench;
  std::string kiosk = bench.enrol();
  test::Outbox outbox{bench.clock, 7};

  wire::Op draw_op(std::string_view day = "2026-11-23", std::string_view service = "notary") {
    return outbox.op("ticket.draw", wire::to_json(wire::TicketDraw{std::string(service), "will",
                                                                   std::string(day)}));
  }
  wire::OpResult draw() { return bench.apply_one(kiosk, draw_op()); }
  wire::Op issue_op(const std::string& draw, std::string number) {
    return outbox.op("ticket.issue", wire::to_json(wire::TicketIssue{draw, std::move(number)}));
  }
  wire::OpResult cancel(const std::string& draw) {
    return bench.apply_one(kiosk,
                           outbox.op("ticket.cancel", wire::to_json(wire::TicketCancel{draw})));
  }
  wire::TicketState told(const std::string& draw) {
    auto state = wire::parse_ticket_state(bench.told(kiosk, draw));
    REQUIRE(state);
    return *state;
  }
};

std::int64_t position(const wire::OpResult& result) {
  return wire::parse_promise(result.data)->position;
}

TEST_CASE("numbers follow each other, and begin anew the next day") {
  Hall hall;
  CHECK(test::promise(hall.draw()) == "B001");
  CHECK(test::promise(hall.draw()) == "B002");
  hall.bench.clock.advance(std::chrono::hours{24});
  CHECK(test::promise(hall.bench.apply_one(hall.kiosk, hall.draw_op("2026-11-24"))) == "B001");
}

TEST_CASE("paper wins: the number on it replaces the server's, which nobody gets again") {
  Hall hall;
  const auto drawn = hall.draw();
  CHECK(test::promise(drawn) == "B001");
  const auto issued = hall.bench.apply_one(hall.kiosk, hall.issue_op(drawn.id, "B1-01"));
  CHECK(issued.outcome == wire::Outcome::applied);
  CHECK(test::promise(issued) == "B1-01");
  CHECK(hall.told(drawn.id).number == "B1-01");
  CHECK(test::promise(hall.draw()) == "B002");
}

TEST_CASE("a ticket drawn offline joins the queue by its own time, behind nobody who came later") {
  Hall hall;
  const std::string other = hall.bench.enrol("b");
  test::Outbox other_outbox(hall.bench.clock, 8);
  hall.bench.apply(hall.kiosk, {});  // both are in contact, then the first loses the line
  hall.bench.clock.advance(std::chrono::minutes{5});
  const wire::Op offline_draw = hall.draw_op();
  const wire::Op offline_issue = hall.issue_op(offline_draw.id, "B1-01");
  hall.bench.clock.advance(std::chrono::minutes{5});
  const auto online = hall.bench.apply_one(
      other,
      other_outbox.op("ticket.draw", wire::to_json(wire::TicketDraw{"notary", "", "2026-11-23"})));
  hall.bench.clock.advance(std::chrono::minutes{5});
  const auto late = hall.bench.apply(hall.kiosk, {offline_draw, offline_issue});
  CHECK(position(late.results[0]) < position(online));
  CHECK(hall.told(offline_draw.id).number == "B1-01");
  CHECK(position(late.results[0]) == position(late.results[1]));
}

TEST_CASE("a kiosk's tickets stay in its order when its clock stands still or runs back") {
  Hall hall;
  std::vector<wire::Op> draws;
  for (const char* at :
       {"2026-11-23T09:00:00+08:00", "2026-11-23T08:00:00+08:00", "2026-11-23T08:00:00+08:00",
        "2026-11-23T23:00:00+08:00", "2026-11-23T09:00:00+08:00"}) {
    draws.push_back(hall.draw_op());
    draws.back().at = at;
  }
  const auto results = hall.bench.apply(hall.kiosk, draws).results;
  for (std::size_t i = 1; i < results.size(); ++i) {
    CHECK(position(results[i - 1]) < position(results[i]));
  }
}

TEST_CASE("a claimed time is believed no further back than the last contact, and never ahead") {
  Hall hall;
  hall.bench.apply(hall.kiosk, {});
  const std::int64_t contact = base::to_ms(hall.bench.clock.now());
  hall.bench.clock.advance(std::chrono::minutes{10});
  const std::int64_t now = base::to_ms(hall.bench.clock.now());
  wire::Op early = hall.draw_op();
  early.at = "2026-11-23T08:00:00+08:00";
  wire::Op ahead = hall.draw_op();
  ahead.at = "2026-11-23T23:00:00+08:00";
  wire::Op nonsense = hall.draw_op();
  nonsense.at = "soon";
  const auto results = hall.bench.apply(hall.kiosk, {early, ahead, nonsense}).results;
  CHECK(position(results[0]) == contact);
  CHECK(position(results[1]) == now);
  CHECK(position(results[2]) == now + 1);
}

TEST_CASE("what has no queue or no opening that day gives no number") {
  Hall hall;
  const auto code = [&](std::string_view day, std::string_view service) {
    return hall.bench.apply_one(hall.kiosk, hall.draw_op(day, service)).code;
  };
  CHECK(code("2026-11-23", "nothing") == "service_unknown");
  CHECK(code("2026-11-23", "consult") == "service_unknown");
  CHECK(code("2026-11-22", "notary") == "closed");  // a Sunday
  CHECK(code("2026-11-24", "notary") == "closed");  // not yet
  CHECK(code("today", "notary") == "bad_body");
  CHECK(test::promise(hall.draw()) == "B001");
}

TEST_CASE("a ticket given back is cancelled, once") {
  Hall hall;
  const auto drawn = hall.draw();
  CHECK(test::promise(hall.cancel(drawn.id)) == "cancelled");
  CHECK(hall.told(drawn.id).state == "cancelled");
  CHECK(hall.cancel(drawn.id).code == "already_over");
}

TEST_CASE("only the kiosk that drew a ticket speaks for its paper") {
  Hall hall;
  const auto drawn = hall.draw();
  const std::string other = hall.bench.enrol("b");
  test::Outbox outbox(hall.bench.clock, 9);
  const auto issue = outbox.op("ticket.issue", wire::to_json(wire::TicketIssue{drawn.id, "X1"}));
  CHECK(hall.bench.apply_one(other, issue).code == "no_match");
  const auto cancel = outbox.op("ticket.cancel", wire::to_json(wire::TicketCancel{drawn.id}));
  CHECK(hall.bench.apply_one(other, cancel).code == "no_match");
  CHECK(hall.told(drawn.id).state == "waiting");
}

TEST_CASE("no two tickets of a day carry one number, and no paper carries nonsense") {
  Hall hall;
  const auto first = hall.draw();
  const auto second = hall.draw();
  CHECK(hall.bench.apply_one(hall.kiosk, hall.issue_op(second.id, "B001")).code == "number_taken");
  for (const char* number : {"", "b1", "B 1", "号1", "B1234567890123"}) {
    CHECK(hall.bench.apply_one(hall.kiosk, hall.issue_op(first.id, number)).code == "bad_body");
  }
}

TEST_CASE("on the day of a restore the queue gives numbers that no paper can have yet") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox{bench.clock, 7};
  const auto draw = [&] {
    const std::string day = base::iso_date(bench.center.zone.date(bench.clock.now()));
    return test::promise(bench.apply_one(
        kiosk, outbox.op("ticket.draw", wire::to_json(wire::TicketDraw{"notary", "", day}))));
  };
  CHECK(draw() == "B001");
  bench.restored();
  CHECK(draw() == "B0942-002");
  bench.clock.advance(std::chrono::minutes{20});
  CHECK(draw() == "B0942-003");
  bench.restored();  // the same copy once more
  CHECK(draw() == "B1002-004");
  bench.clock.advance(std::chrono::hours{24});
  CHECK(draw() == "B001");
}

}  // namespace
