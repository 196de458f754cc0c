#include "kiosk/ticket/ticket_store.h"

#include "kiosk/wire/messages.h"
#include "tests/support/stored.h"

using test::must;
using ticket::State;
using ticket::Ticket;
using ticket::TicketStore;
using wire::Outcome;

namespace {

service::Service notary() {
  service::Service service;
  service.id = "notary";
  service.letter = "B";
  return service;
}

std::string ticket_state(std::string service, std::string state, std::int64_t position,
                         std::string day = "2026-11-23") {
  wire::TicketState told;
  told.service = std::move(service);
  told.day = std::move(day);
  told.number = "B001";
  told.state = std::move(state);
  told.position = position;
  told.counter = told.state == "called" ? "3" : "";
  return wire::to_json(told);
}

struct Hall {
  test::Stored world;
  store::Store store = world.open();
  TicketStore tickets = must(TicketStore::open(store));

  void set_sync(int number, bool caught_up) {
    store::SyncState state = must(store::read_sync_state(store));
    state.number = number;
    state.caught_up = caught_up;
    must(store.write([&](store::Writer& writer) { return store::save_sync_state(writer, state); }));
  }
  ticket::Drawn draw() { return must(tickets.draw(notary(), "will")); }
  Ticket settle(const ticket::Drawn& drawn) { return must(tickets.settle(drawn)); }
  // A ticket from the kiosk's own series.
  Ticket draw_offline() {
    const ticket::Drawn drawn = draw();
    world.clock.advance(ticket::answer_patience);
    return settle(drawn);
  }
  std::vector<wire::Op> ops() {
    std::vector<wire::Op> all;
    for (const store::Pending& op : must(store::pending_ops(store))) {
      all.push_back(must(wire::parse_op(must(store::op_bytes(store, op.seq)))));
    }
    return all;
  }
};

}  // namespace

TEST_CASE("A draw carries no number, so the same bytes can be sent again") {
  Hall hall;
  const ticket::Drawn drawn = hall.draw();
  CHECK(hall.settle(drawn).state == State::drawing);
  const auto ops = hall.ops();
  REQUIRE(ops.size() == 1);
  CHECK(ops[0].id == drawn.id);
  CHECK(ops[0].kind == "ticket.draw");
  const wire::TicketDraw body = must(wire::parse_ticket_draw(ops[0].body));
  CHECK(body.service == "notary");
  CHECK(body.matter == "will");
  CHECK(body.day == "2026-11-23");
}

TEST_CASE("The queue's number in time is what the visitor holds, and is told to the center") {
  Hall hall;
  const ticket::Drawn drawn = hall.draw();
  test::answer(hall.store, drawn.id, Outcome::applied, R"({"number":"B037","position":37})");
  const Ticket held = hall.settle(drawn);
  CHECK(held.number == "B037");
  CHECK_FALSE(held.own_series);
  CHECK(held.state == State::waiting);
  const auto ops = hall.ops();
  REQUIRE(ops.size() == 1);
  CHECK(ops[0].kind == "ticket.issue");
  const wire::TicketIssue body = must(wire::parse_ticket_issue(ops[0].body));
  CHECK(body.draw == drawn.id);
  CHECK(body.number == "B037");
}

TEST_CASE("Without an answer in a second and a half the kiosk gives a number of its own") {
  Hall hall;
  hall.set_sync(2, false);
  const ticket::Drawn drawn = hall.draw();
  hall.world.clock.advance(base::Milliseconds{1499});
  CHECK(hall.settle(drawn).state == State::drawing);
  hall.world.clock.advance(base::Milliseconds{1});
  const Ticket held = hall.settle(drawn);
  CHECK(held.number == "B2-01");
  CHECK(held.own_series);
  REQUIRE(hall.ops().size() == 2);
  CHECK(must(wire::parse_ticket_issue(hall.ops()[1].body)).number == "B2-01");
}

TEST_CASE("Paper wins: a late answer of the center never changes what the visitor holds") {
  Hall hall;
  const ticket::Drawn drawn = hall.draw();
  hall.world.clock.advance(ticket::answer_patience);
  CHECK(hall.settle(drawn).number == "B1-01");
  test::answer(hall.store, drawn.id, Outcome::applied, R"({"number":"B037","position":37})");
  CHECK(hall.settle(drawn).number == "B1-01");
  CHECK(must(hall.tickets.find(drawn.id)).number == "B1-01");
  CHECK(hall.ops().size() == 1);  // the issue of B1-01, once
}

TEST_CASE("A draw the center refuses late leaves the visitor's number alone, too") {
  Hall hall;
  const ticket::Drawn drawn = hall.draw();
  hall.world.clock.advance(ticket::answer_patience);
  hall.settle(drawn);
  test::answer(hall.store, drawn.id, Outcome::rejected, "{}", "closed");
  CHECK(must(hall.tickets.find(drawn.id)).state == State::waiting);
}

TEST_CASE("A queue that is closed gives no number, and says so") {
  Hall hall;
  const ticket::Drawn drawn = hall.draw();
  test::answer(hall.store, drawn.id, Outcome::rejected, "{}", "closed");
  hall.world.clock.advance(std::chrono::minutes{1});
  const Ticket none = hall.settle(drawn);
  CHECK(none.state == State::refused);
  CHECK(none.reason == "closed");
  CHECK(none.number.empty());
}

TEST_CASE("An answer without a usable number is no answer") {
  for (const char* data : {R"({"number":"<b>7</b>"})", R"({"number":7})", R"({})"}) {
    CAPTURE(data);
    Hall hall;
    const ticket::Drawn drawn = hall.draw();
    test::answer(hall.store, drawn.id, Outcome::applied, data);
    CHECK(hall.settle(drawn).state == State::drawing);
    hall.world.clock.advance(ticket::answer_patience);
    CHECK(hall.settle(drawn).number == "B1-01");
  }
}

TEST_CASE("Own numbers count on over a restart and begin anew at local midnight") {
  Hall hall;
  hall.world.clock.set(*base::parse_rfc3339("2026-11-23T23:59:00+08:00"));
  CHECK(hall.draw_offline().number == "B1-01");
  CHECK(hall.draw_offline().number == "B1-02");

  store::Store restarted = hall.world.open();
  TicketStore tickets = must(TicketStore::open(restarted));
  const ticket::Drawn before_midnight = must(tickets.draw(notary(), ""));
  hall.world.clock.set(*base::parse_rfc3339("2026-11-24T00:00:10+08:00"));
  const ticket::Drawn after_midnight = must(tickets.draw(notary(), ""));
  hall.world.clock.advance(ticket::answer_patience);
  // A draw belongs to the day it was made on, whenever its number is fixed.
  CHECK(must(tickets.settle(after_midnight)).number == "B1-01");
  CHECK(must(tickets.settle(before_midnight)).number == "B1-03");

  hall.world.clock.set(*base::parse_rfc3339("2026-11-23T23:59:30+08:00"));
  const ticket::Drawn clock_put_back = must(tickets.draw(notary(), ""));
  hall.world.clock.advance(ticket::answer_patience);
  CHECK(must(tickets.settle(clock_put_back)).number == "B1-04");
}

TEST_CASE("All queues of a kiosk share one series, so that no two slips look alike") {
  Hall hall;
  hall.draw_offline();
  service::Service aid = notary();
  aid.id = "aid";
  const ticket::Drawn drawn = must(hall.tickets.draw(aid, ""));
  hall.world.clock.advance(ticket::answer_patience);
  CHECK(hall.settle(drawn).number == "B1-02");
}

TEST_CASE("A draw that a crash left without a number is given back when the kiosk starts") {
  Hall hall;
  const ticket::Drawn drawn = hall.draw();
  const ticket::Drawn settled = hall.draw();
  test::answer(hall.store, settled.id, Outcome::applied, R"({"number":"B037"})");
  hall.settle(settled);

  store::Store restarted = hall.world.open();
  TicketStore tickets = must(TicketStore::open(restarted));
  CHECK(must(tickets.find(drawn.id)).state == State::given_back);
  CHECK(must(tickets.find(settled.id)).state == State::waiting);
  CHECK(hall.ops().back().kind == "ticket.cancel");
  const std::size_t ops = hall.ops().size();
  must(TicketStore::open(restarted));
  CHECK(hall.ops().size() == ops);
}

TEST_CASE("A ticket is given back once, however often it is asked") {
  Hall hall;
  const Ticket held = hall.draw_offline();
  must(hall.tickets.give_back(held.id));
  must(hall.tickets.give_back(held.id));
  CHECK(must(hall.tickets.find(held.id)).state == State::given_back);
  const auto ops = hall.ops();
  REQUIRE(ops.size() == 3);
  CHECK(must(wire::parse_ticket_cancel(ops[2].body)).draw == held.id);
  CHECK(test::code_of(hall.tickets.give_back("none")) == "ticket_unknown");
}

TEST_CASE("The counter's call reaches the ticket") {
  Hall hall;
  const Ticket held = hall.draw_offline();
  test::tell(hall.store, "ticket", held.id, ticket_state("notary", "called", 5));
  const Ticket called = must(hall.tickets.find(held.id));
  CHECK(called.state == State::called);
  CHECK(called.counter == "3");
  CHECK(called.number == held.number);  // not the one in the feed
}

TEST_CASE("People ahead are those who wait in the same queue today and are called earlier") {
  Hall hall;
  hall.set_sync(1, true);
  const ticket::Drawn drawn = hall.draw();
  test::answer(hall.store, drawn.id, Outcome::applied, R"({"number":"B037","position":37})");
  hall.settle(drawn);
  test::tell(hall.store, "ticket", "a", ticket_state("notary", "waiting", 35));
  test::tell(hall.store, "ticket", "b", ticket_state("notary", "waiting", 36));
  test::tell(hall.store, "ticket", "called", ticket_state("notary", "called", 34));
  test::tell(hall.store, "ticket", "behind", ticket_state("notary", "waiting", 38));
  test::tell(hall.store, "ticket", "other", ticket_state("aid", "waiting", 1));
  test::tell(hall.store, "ticket", "old", ticket_state("notary", "waiting", 1, "2026-11-22"));
  test::tell(hall.store, "ticket", "nonsense", R"({"position":["x"],"state":7})");
  test::tell(hall.store, "ticket", drawn.id, ticket_state("notary", "waiting", 37));
  const ticket::Ahead ahead = must(hall.tickets.ahead(drawn.id));
  CHECK(ahead.people == 2);
  CHECK_FALSE(ahead.may_interleave);
}

TEST_CASE("People ahead is not known before the center has told, and offline it may interleave") {
  Hall hall;
  hall.set_sync(1, true);
  const Ticket held = hall.draw_offline();
  CHECK_FALSE(must(hall.tickets.ahead(held.id)).people);
  CHECK(must(hall.tickets.ahead(held.id)).may_interleave);
  test::tell(hall.store, "ticket", held.id, ticket_state("notary", "waiting", 2));
  CHECK(must(hall.tickets.ahead(held.id)).people == 0);
  hall.set_sync(1, false);  // half of the feed is still to come: a number could only rise
  CHECK_FALSE(must(hall.tickets.ahead(held.id)).people);
}

TEST_CASE("Tickets of last week go with time") {
  Hall hall;
  const Ticket held = hall.draw_offline();
  hall.world.clock.advance(std::chrono::days{8});
  TicketStore later = must(TicketStore::open(hall.store));
  CHECK(test::code_of(later.find(held.id)) == "ticket_unknown");
}

TEST_CASE("A start with a clock far ahead gives no number of today a second time") {
  test::TempFolder folder;
  test::FakeClock machine;
  test::SeededChance chance;
  const base::Instant now = machine.now();
  const auto draw_offline = [&] {
    base::ToldClock clock(machine);
    clock.not_before(now);
    store::Store store = must(store::Store::open(folder.path(), {clock, chance}));
    TicketStore tickets = must(TicketStore::open(store));
    const ticket::Drawn drawn = must(tickets.draw(notary(), ""));
    machine.advance(ticket::answer_patience);
    return must(tickets.settle(drawn)).number;
  };
  CHECK(draw_offline() == "B1-01");
  machine.set(now + std::chrono::days{3652});
  draw_offline();
  machine.set(now + std::chrono::hours{1});
  CHECK(draw_offline() == "B1-02");
}
