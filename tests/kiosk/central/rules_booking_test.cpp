#include "tests/kiosk/central/bench.h"

namespace {

constexpr const char* slot = "consult|onsite|2026-11-24T14:00";        // two seats
constexpr const char* phone_slot = "consult|phone|2026-11-24T14:00";   // one seat
constexpr const char* begun_slot = "consult|onsite|2026-11-23T09:30";  // it is 09:42

struct Hall {
  test::Bench bench;
  std::string kiosk = bench.enrol();
  test::Outbox outbox{bench.clock, 7};

  wire::OpResult book(const test::Visitor& visitor, const char* key) {
    bench.clock.advance(base::Milliseconds{1000});
    return bench.apply_one(kiosk, bench.booking(outbox, visitor, key));
  }
  wire::OpResult move(const test::Visitor& visitor, std::string key) {
    const wire::BookingChange body{visitor.code, visitor.last4, std::move(key)};
    return bench.apply_one(kiosk, outbox.op("booking.move", wire::to_json(body)));
  }
  wire::OpResult cancel(const test::Visitor& visitor) {
    const wire::BookingChange body{visitor.code, visitor.last4, ""};
    return bench.apply_one(kiosk, outbox.op("booking.cancel", wire::to_json(body)));
  }
  std::string state(const wire::OpResult& made) { return bench.record_state(kiosk, made.id); }
};

TEST_CASE("a slot takes as many people as it has seats, the next ones wait") {
  Hall hall;
  for (const char* expected : {"confirmed", "confirmed", "waitlisted", "waitlisted"}) {
    const auto result = hall.book(hall.bench.visitor(), slot);
    CHECK(result.outcome == wire::Outcome::applied);
    CHECK(test::promise(result) == expected);
    CHECK(hall.state(result) == expected);
  }
  CHECK(hall.bench.taken(hall.kiosk, slot) == 2);
}

TEST_CASE("a slot nobody offers or that has begun is refused") {
  Hall hall;
  const auto unknown = hall.book(hall.bench.visitor(), "consult|onsite|2026-11-24T14:07");
  CHECK(unknown.outcome == wire::Outcome::rejected);
  CHECK(unknown.code == "slot_unknown");
  CHECK(hall.book(hall.bench.visitor(), begun_slot).code == "slot_past");
  const auto visitor = hall.bench.visitor();
  const wire::BookingRequest other_way{"consult", "wage", "phone",      slot,
                                       "王小明",  "",     visitor.code, "1234"};
  CHECK(
      hall.bench.apply_one(hall.kiosk, hall.outbox.op("booking.request", wire::to_json(other_way)))
          .code == "slot_unknown");
}

TEST_CASE("a slot that begins too soon is refused, but not for the minutes the form took") {
  Hall hall;
  // 60 minutes before at the soonest, and 15 for the form.
  hall.bench.clock.set(*base::parse_rfc3339("2026-11-24T13:14:58+08:00"));
  CHECK(hall.book(hall.bench.visitor(), slot).outcome == wire::Outcome::applied);
  CHECK(hall.book(hall.bench.visitor(), slot).outcome == wire::Outcome::applied);
  CHECK(hall.book(hall.bench.visitor(), slot).code == "slot_too_soon");
}

TEST_CASE("what was confirmed in time without the network is not too soon when it arrives") {
  Hall hall;
  hall.book(hall.bench.visitor(), phone_slot);
  const wire::Op kept = hall.bench.booking(hall.outbox, hall.bench.visitor(), slot);
  hall.bench.clock.set(*base::parse_rfc3339("2026-11-24T13:59:00+08:00"));
  CHECK(test::promise(hall.bench.apply_one(hall.kiosk, kept)) == "confirmed");
}

TEST_CASE("a booking without a usable name, phone, code or digits is refused") {
  Hall hall;
  const std::string code = hall.bench.visitor().code;
  const std::vector<wire::BookingRequest> wrong{
      {"consult", "", "onsite", slot, " ", "", code, "1234"},
      {"consult", "", "onsite", slot, std::string(1000, 'x'), "", code, "1234"},
      {"consult", "", "onsite", slot, "王小明", "12", code, "1234"},
      {"consult", "", "onsite", slot, "王小明", "", "7K4M2-9QXRU", "1234"},
      {"consult", "", "onsite", slot, "王小明", "", code, "12a4"},
      {"consult", "", "onsite", slot, "王小明", "", code, ""}};
  for (const wire::BookingRequest& body : wrong) {
    const auto result =
        hall.bench.apply_one(hall.kiosk, hall.outbox.op("booking.request", wire::to_json(body)));
    CHECK(result.code == "bad_body");
  }
  CHECK(hall.bench.apply_one(hall.kiosk, hall.outbox.op("booking.request", "{}")).code ==
        "bad_body");
  CHECK(hall.bench.taken(hall.kiosk, slot) == 0);
}

TEST_CASE("a cancelled seat goes to the first who waits, and to nobody twice") {
  Hall hall;
  const auto first = hall.bench.visitor();
  const auto a = hall.book(first, slot);
  hall.book(hall.bench.visitor(), slot);
  const auto waiting = hall.book(hall.bench.visitor(), slot);
  const auto behind = hall.book(hall.bench.visitor(), slot);
  const auto cancelled = hall.cancel(first);
  CHECK(cancelled.outcome == wire::Outcome::applied);
  CHECK(test::promise(cancelled) == "cancelled");
  CHECK(hall.state(a) == "cancelled");
  CHECK(hall.state(waiting) == "confirmed");
  CHECK(hall.state(behind) == "waitlisted");
  CHECK(hall.bench.taken(hall.kiosk, slot) == 2);
  CHECK(hall.cancel(first).code == "already_cancelled");
  CHECK(hall.bench.taken(hall.kiosk, slot) == 2);
}

TEST_CASE("who waits may cancel without freeing anybody's seat") {
  Hall hall;
  hall.book(hall.bench.visitor(), phone_slot);
  const auto second = hall.bench.visitor();
  const auto waiting = hall.book(second, phone_slot);
  CHECK(test::promise(waiting) == "waitlisted");
  CHECK(hall.cancel(second).outcome == wire::Outcome::applied);
  CHECK(hall.bench.taken(hall.kiosk, phone_slot) == 1);
}

TEST_CASE("a moved booking takes the new seat and frees the old one") {
  Hall hall;
  const auto visitor = hall.bench.visitor();
  const auto booked = hall.book(visitor, phone_slot);
  const auto waiting = hall.book(hall.bench.visitor(), phone_slot);
  CHECK(test::promise(hall.move(visitor, slot)) == "confirmed");
  CHECK(hall.bench.taken(hall.kiosk, slot) == 1);
  CHECK(hall.bench.taken(hall.kiosk, phone_slot) == 1);
  CHECK(hall.state(waiting) == "confirmed");
  const auto state = wire::parse_record_state(hall.bench.told(hall.kiosk, booked.id));
  REQUIRE(state);
  CHECK(state->slot == slot);
  CHECK(test::promise(hall.move(visitor, slot)) == "confirmed");  // there already
  CHECK(hall.bench.taken(hall.kiosk, slot) == 1);
}

TEST_CASE("nobody loses a seat by asking for a full slot") {
  Hall hall;
  const auto visitor = hall.bench.visitor();
  const auto booked = hall.book(visitor, slot);
  hall.book(hall.bench.visitor(), phone_slot);
  const auto refused = hall.move(visitor, phone_slot);
  CHECK(refused.outcome == wire::Outcome::rejected);
  CHECK(refused.code == "slot_full");
  CHECK(hall.state(booked) == "confirmed");
  CHECK(hall.bench.taken(hall.kiosk, slot) == 1);
}

TEST_CASE("who only waits may wait elsewhere") {
  Hall hall;
  hall.book(hall.bench.visitor(), phone_slot);
  const auto visitor = hall.bench.visitor();
  hall.book(visitor, phone_slot);
  const char* other = "consult|phone|2026-11-24T14:30";
  hall.book(hall.bench.visitor(), other);
  CHECK(test::promise(hall.move(visitor, other)) == "waitlisted");
  CHECK(hall.bench.taken(hall.kiosk, other) == 1);
}

TEST_CASE("a move to the past or to nowhere leaves the booking as it is") {
  Hall hall;
  const auto visitor = hall.bench.visitor();
  const auto booked = hall.book(visitor, slot);
  CHECK(hall.move(visitor, begun_slot).code == "slot_past");
  CHECK(hall.move(visitor, "nowhere").code == "slot_unknown");
  CHECK(hall.move(visitor, "").code == "slot_unknown");
  CHECK(hall.state(booked) == "confirmed");
}

TEST_CASE("five wrong digits lock a code for an hour, also for the right ones") {
  Hall hall;
  test::Visitor visitor = hall.bench.visitor();
  hall.book(visitor, slot);
  test::Visitor guessing{visitor.code, "0000"};
  for (int i = 0; i < 5; ++i) CHECK(hall.cancel(guessing).code == "no_match");
  CHECK(hall.cancel(guessing).code == "locked");
  CHECK(hall.cancel(visitor).code == "locked");
  hall.bench.clock.advance(std::chrono::minutes{61});
  CHECK(hall.cancel(visitor).outcome == wire::Outcome::applied);
}

TEST_CASE("a booking that comes again after a restore is not too late by the time that took") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox{bench.clock, 7};
  constexpr const char* tomorrow = "consult|onsite|2026-11-24T14:00";
  const wire::Op before = bench.booking(outbox, bench.visitor(), tomorrow);
  wire::Op by_unknown_clock = bench.booking(outbox, bench.visitor(), tomorrow);
  by_unknown_clock.clock_trusted = false;
  bench.clock.advance(std::chrono::hours{48});
  CHECK(bench.apply_one(kiosk, bench.booking(outbox, bench.visitor(), tomorrow)).code ==
        "slot_past");
  bench.restored();
  CHECK(test::promise(bench.apply_one(kiosk, before)) == "confirmed");
  CHECK(bench.apply_one(kiosk, by_unknown_clock).code == "slot_past");
  bench.clock.advance(base::Milliseconds{1});
  CHECK(bench.apply_one(kiosk, bench.booking(outbox, bench.visitor(), tomorrow)).code ==
        "slot_past");
}

}  // namespace
