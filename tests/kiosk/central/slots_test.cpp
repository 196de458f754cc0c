#include "kiosk/central/slots.h"

#include <algorithm>

#include "tests/kiosk/central/bench.h"

namespace {

constexpr const char* tuesday_slot = "consult|onsite|2026-11-24T14:00";

void expand(test::Bench& bench) {
  bench.write([](central::Transaction& transaction) { return central::expand_slots(transaction); });
}

service::Way& onsite(test::Bench& bench) {
  return bench.center.catalogue.services[0].ways[0];
}

TEST_CASE("the slots of fourteen days are open, with their room and seats") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  const auto state = wire::parse_slot_state(bench.told(kiosk, tuesday_slot));
  REQUIRE(state);
  CHECK(state->start == "14:00");
  CHECK(state->end == "14:30");
  CHECK(state->capacity == 2);
  CHECK(state->taken == 0);
  CHECK(state->room == "会谈室");
  CHECK_FALSE(bench.told(kiosk, "consult|phone|2026-12-07T09:00").empty());
  CHECK(bench.told(kiosk, "consult|phone|2026-12-08T09:00").empty());
  CHECK(bench.told(kiosk, "consult|phone|2026-11-28T09:00").empty());  // a Saturday
}

TEST_CASE("opening the same days again changes nothing in the feed") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  const std::string cursor = bench.feed(kiosk, "").cursor;
  expand(bench);
  CHECK(bench.feed(kiosk, cursor).changes.empty());
}

TEST_CASE("a new day brings its own slots and leaves the others as they are") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  const std::string cursor = bench.feed(kiosk, "").cursor;
  bench.clock.advance(std::chrono::hours{24});
  expand(bench);
  const auto changes = bench.feed(kiosk, cursor).changes;
  CHECK(changes.size() == 26);  // 13 slots, two ways
  for (const wire::Change& change : changes) {
    CHECK(change.key.find("2026-12-08") != std::string::npos);
  }
}

TEST_CASE("fewer seats never put anybody out, more seats go to those who wait") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  std::vector<std::string> ids;
  for (int i = 0; i < 4; ++i) {
    ids.push_back(bench.apply_one(kiosk, bench.booking(outbox, bench.visitor(), tuesday_slot)).id);
    bench.clock.advance(base::Milliseconds{1000});
  }
  CHECK(bench.record_state(kiosk, ids[2]) == "waitlisted");

  onsite(bench).capacity = 1;
  expand(bench);
  CHECK(bench.taken(kiosk, tuesday_slot) == 2);
  CHECK(wire::parse_slot_state(bench.told(kiosk, tuesday_slot))->capacity == 2);

  onsite(bench).capacity = 3;
  expand(bench);
  CHECK(bench.record_state(kiosk, ids[2]) == "confirmed");
  CHECK(bench.record_state(kiosk, ids[3]) == "waitlisted");
  CHECK(bench.taken(kiosk, tuesday_slot) == 3);
}

void close_tuesday(test::Bench& bench) {
  const base::Date day = *base::parse_date("2026-11-24");
  bench.center.catalogue.services[0].hours.closed = {{day, day, test::text("停电", "No power")}};
  expand(bench);
}

wire::Op cancel(test::Outbox& outbox, const test::Visitor& visitor) {
  return outbox.op("booking.cancel",
                   wire::to_json(wire::BookingChange{visitor.code, visitor.last4, ""}));
}

std::string withdrawn(test::Bench& bench, const std::string& kiosk, const wire::OpResult& made) {
  return wire::parse_record_state(bench.told(kiosk, made.id))->reason;
}

TEST_CASE("a day that closes keeps its people, says so of their bookings and takes nobody else") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const auto visitor = bench.visitor();
  const auto first = bench.apply_one(kiosk, bench.booking(outbox, visitor, tuesday_slot));
  CHECK(withdrawn(bench, kiosk, first).empty());
  const std::string cursor = bench.feed(kiosk, "").cursor;
  close_tuesday(bench);
  CHECK(bench.record_state(kiosk, first.id) == "confirmed");
  CHECK(withdrawn(bench, kiosk, first) == "day_closed");
  const auto changes = bench.feed(kiosk, cursor).changes;
  CHECK(std::ranges::count(changes, first.id, &wire::Change::key) == 1);
  CHECK(wire::parse_slot_state(bench.told(kiosk, tuesday_slot))->capacity == 1);
  const auto late = bench.apply_one(kiosk, bench.booking(outbox, bench.visitor(), tuesday_slot));
  CHECK(late.code == "slot_closed");
  bench.apply_one(kiosk, cancel(outbox, visitor));
  CHECK(wire::parse_slot_state(bench.told(kiosk, tuesday_slot))->capacity == 0);
}

TEST_CASE(
    "who booked offline for a day that was closed since is not lost: the office has to call") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const wire::Op op = bench.booking(outbox, bench.visitor(), tuesday_slot);
  close_tuesday(bench);
  bench.clock.advance(std::chrono::minutes{30});
  const auto late = bench.apply_one(kiosk, op);
  CHECK(test::promise(late) == "waitlisted");
  CHECK(withdrawn(bench, kiosk, late) == "day_closed");
}

TEST_CASE("a day that opens again is as it was, and those who waited there get its seats") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const auto seated = bench.apply_one(kiosk, bench.booking(outbox, bench.visitor(), tuesday_slot));
  const wire::Op op = bench.booking(outbox, bench.visitor(), tuesday_slot);
  close_tuesday(bench);
  bench.clock.advance(std::chrono::minutes{30});
  const auto late = bench.apply_one(kiosk, op);
  bench.center.catalogue.services[0].hours.closed.clear();
  expand(bench);
  CHECK(bench.record_state(kiosk, late.id) == "confirmed");
  CHECK(withdrawn(bench, kiosk, late).empty());
  CHECK(withdrawn(bench, kiosk, seated).empty());
}

TEST_CASE("who moves off a closed day has a seat like any other") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const auto visitor = bench.visitor();
  const auto first = bench.apply_one(kiosk, bench.booking(outbox, visitor, tuesday_slot));
  close_tuesday(bench);
  bench.apply_one(kiosk, outbox.op("booking.move", wire::to_json(wire::BookingChange{
                                                       visitor.code, visitor.last4,
                                                       "consult|onsite|2026-11-25T14:00"})));
  CHECK(bench.record_state(kiosk, first.id) == "confirmed");
  CHECK(withdrawn(bench, kiosk, first).empty());
}

TEST_CASE("when one of two rooms closes, who came last must change, until somebody else leaves") {
  test::Bench bench;
  service::Way& way = onsite(bench);
  way.rooms = {{"a", {}, {}}, {"b", {}, {}}};
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const auto early = bench.visitor();
  const auto first = bench.apply_one(kiosk, bench.booking(outbox, early, tuesday_slot));
  bench.clock.advance(base::Milliseconds{1000});
  const auto second = bench.apply_one(kiosk, bench.booking(outbox, bench.visitor(), tuesday_slot));
  const base::Date day = *base::parse_date("2026-11-24");
  way.rooms[1].closed = {{day, day, test::text("粉刷", "Painting")}};
  expand(bench);
  CHECK(withdrawn(bench, kiosk, first).empty());
  CHECK(withdrawn(bench, kiosk, second) == "room_closed");
  CHECK(wire::parse_slot_state(bench.told(kiosk, "consult|onsite|2026-11-24T15:00"))->capacity ==
        1);
  bench.apply_one(kiosk, cancel(outbox, early));
  CHECK(withdrawn(bench, kiosk, second).empty());
}

TEST_CASE("a make-up Saturday has the slots of the weekday it stands for") {
  test::Bench bench;
  bench.center.catalogue.services[0].hours.make_up = {{*base::parse_date("2026-11-28"), 4}};
  expand(bench);
  const std::string kiosk = bench.enrol();
  CHECK_FALSE(bench.told(kiosk, "consult|onsite|2026-11-28T16:30").empty());
}

TEST_CASE("nobody is given a seat in a slot that has begun") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const auto visitor = bench.visitor();
  bench.apply_one(kiosk, bench.booking(outbox, visitor, tuesday_slot));
  bench.apply_one(kiosk, bench.booking(outbox, bench.visitor(), tuesday_slot));
  const auto waiting = bench.apply_one(kiosk, bench.booking(outbox, bench.visitor(), tuesday_slot));
  bench.clock.set(*base::parse_rfc3339("2026-11-24T14:00:00+08:00"));
  bench.apply_one(kiosk, outbox.op("booking.cancel", wire::to_json(wire::BookingChange{
                                                         visitor.code, visitor.last4, ""})));
  CHECK(bench.record_state(kiosk, waiting.id) == "waitlisted");
  CHECK(bench.taken(kiosk, tuesday_slot) == 1);
}

}  // namespace
