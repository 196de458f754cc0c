#include "kiosk/store/outbox.h"

#include "kiosk/store/staff_pin.h"
#include "tests/support/stored.h"

using store::Delivery;
using test::append;
using test::must;
using wire::Outcome;

namespace {

std::vector<std::int64_t> pending(store::Store& store) {
  std::vector<std::int64_t> numbers;
  for (const store::Pending& op : must(store::pending_ops(store))) numbers.push_back(op.seq);
  return numbers;
}

using Numbers = std::vector<std::int64_t>;

void rewind_to(store::Store& store, std::int64_t applied_through) {
  must(store.write([&](store::Writer& writer) { return store::rewind(writer, applied_through); }));
}

void prune(store::Store& store) {
  must(store.write([](store::Writer& writer) { return store::prune(writer); }));
}

}  // namespace

TEST_CASE("Only an op that was made here is news for the center") {
  test::Stored world;
  store::Store store = world.open();
  append(store, "booking.request");
  store::OutboxWatch watch = must(store::OutboxWatch::begin(store));
  CHECK_FALSE(must(watch.grown()));
  REQUIRE(store::set_pin(store, "246810"));
  CHECK(must(store::check_pin(store, "111111")) == store::PinAnswer::wrong);
  CHECK_FALSE(must(watch.grown()));
  const std::string id = append(store, "booking.request");
  CHECK(must(watch.grown()));
  CHECK_FALSE(must(watch.grown()));
  test::answer(store, id, Outcome::applied);
  CHECK_FALSE(must(watch.grown()));
}

TEST_CASE("An op waits until it has a durable result, then stays waiting no longer") {
  test::Stored world;
  store::Store store = world.open();
  const std::string first = append(store, "booking.request");
  const std::string second = append(store, "booking.request");
  CHECK(pending(store) == Numbers{1, 2});
  test::answer(store, first, Outcome::applied, R"({"state":"confirmed"})");
  test::answer(store, second, Outcome::duplicate);
  CHECK(pending(store).empty());
  const store::Fate fate = *must(store::find_op(store, first));
  CHECK(fate.delivery == Delivery::accepted);
  CHECK(fate.data == R"({"state":"confirmed"})");
}

TEST_CASE("A refused op is shown to staff with its reason and blocks nothing") {
  test::Stored world;
  store::Store store = world.open();
  const std::string refused = append(store, "booking.request");
  append(store, "booking.request");
  test::answer(store, refused, Outcome::rejected, "{}", "slot_unknown");
  CHECK(pending(store) == Numbers{2});
  const auto shown = must(store::refused_ops(store));
  REQUIRE(shown.size() == 1);
  CHECK(shown.front().id == refused);
  CHECK(shown.front().code == "slot_unknown");
}

TEST_CASE("A deferred op waits for its next turn, and what follows in its record waits with it") {
  test::Stored world;
  store::Store store = world.open();
  const std::string draw = append(store, "ticket.draw");
  append(store, "ticket.issue", draw);
  append(store, "assist.call");
  test::answer(store, draw, Outcome::deferred, "{}", "busy");
  CHECK(pending(store) == Numbers{3});
  world.clock.advance(std::chrono::seconds{21});
  CHECK(pending(store) == Numbers{1, 2, 3});
}

TEST_CASE("A clock that is put back does not lock a deferred op away") {
  test::Stored world;
  store::Store store = world.open();
  test::answer(store, append(store, "ticket.draw"), Outcome::deferred);
  world.clock.set(world.clock.now() - std::chrono::days{3});
  CHECK(pending(store) == Numbers{1});
}

TEST_CASE("After a rewind everything the server lost waits again, with the very same bytes") {
  test::Stored world;
  store::Store store = world.open();
  const std::string kept = append(store, "assist.call");
  const std::string lost = append(store, "booking.request");
  const std::string refused = append(store, "booking.request");
  const std::string bytes = must(store::op_bytes(store, 2));
  test::answer(store, kept, Outcome::applied);
  test::answer(store, lost, Outcome::applied, R"({"state":"confirmed"})");
  test::answer(store, refused, Outcome::rejected, "{}", "slot_past");
  rewind_to(store, 1);
  CHECK(pending(store) == Numbers{2, 3});
  CHECK(must(store::op_bytes(store, 2)) == bytes);
  // What was promised to the visitor stays promised until the center answers anew.
  CHECK(must(store::find_op(store, lost))->data == R"({"state":"confirmed"})");
}

TEST_CASE("A late result changes nothing that is settled") {
  test::Stored world;
  store::Store store = world.open();
  const std::string id = append(store, "booking.request");
  test::answer(store, id, Outcome::applied, R"({"state":"confirmed"})");
  test::answer(store, id, Outcome::rejected, "{}", "bad_body");
  CHECK(must(store::find_op(store, id))->delivery == Delivery::accepted);
}

TEST_CASE("Accepted ops go after seven days, refused ones after thirty, waiting ones never") {
  test::Stored world;
  store::Store store = world.open();
  const std::string accepted = append(store, "assist.call");
  const std::string refused = append(store, "booking.request");
  const std::string waiting = append(store, "booking.request");
  test::answer(store, accepted, Outcome::applied);
  test::answer(store, refused, Outcome::rejected, "{}", "slot_unknown");

  world.clock.advance(std::chrono::days{6});
  prune(store);
  CHECK(must(store::find_op(store, accepted)));
  world.clock.advance(std::chrono::days{2});
  prune(store);
  CHECK_FALSE(must(store::find_op(store, accepted)));
  CHECK(must(store::find_op(store, refused)));
  world.clock.advance(std::chrono::days{60});
  prune(store);
  CHECK_FALSE(must(store::find_op(store, refused)));
  CHECK(must(store::find_op(store, waiting)));
}

TEST_CASE("A number of the sequence is not given twice, even when its op was pruned") {
  test::Stored world;
  store::Store store = world.open();
  test::answer(store, append(store, "assist.call"), Outcome::applied);
  world.clock.advance(std::chrono::days{8});
  prune(store);
  append(store, "assist.call");
  CHECK(pending(store) == Numbers{2});
}

TEST_CASE("Staff sees how many wait and since when") {
  test::Stored world;
  store::Store store = world.open();
  CHECK(must(store::count_waiting(store)).count == 0);
  CHECK_FALSE(must(store::count_waiting(store)).oldest);
  const base::Instant first = world.clock.now();
  append(store, "assist.call");
  world.clock.advance(std::chrono::minutes{3});
  append(store, "assist.call");
  CHECK(must(store::count_waiting(store)).count == 2);
  CHECK(must(store::count_waiting(store)).oldest == first);
}

TEST_CASE("The ops of a record are told in the order they were made") {
  test::Stored world;
  store::Store store = world.open();
  const std::string booking = append(store, "booking.request");
  append(store, "assist.call");
  append(store, "booking.move", booking);
  append(store, "booking.cancel", booking);
  std::vector<std::string> kinds;
  for (const store::Fate& op : must(store::ops_of(store, booking))) kinds.push_back(op.kind);
  CHECK(kinds == std::vector<std::string>{"booking.request", "booking.move", "booking.cancel"});
}

TEST_CASE("A clock that is put back makes no op young again") {
  test::Stored world;
  store::Store store = world.open();
  const std::string id = append(store, "assist.call");
  world.clock.set(world.clock.now() - std::chrono::hours{1});
  CHECK(must(store::find_op(store, id))->age(world.clock.now()) == std::chrono::hours{1});
}

TEST_CASE("Ops are kept as long as the server asks for, so that it may lose them") {
  test::Stored world;
  store::Store store = world.open();
  const std::string id = append(store, "assist.call");
  test::answer(store, id, Outcome::applied);
  store::SyncState state = must(store::read_sync_state(store));
  CHECK(state.keep_days == 7);
  state.keep_days = 14;
  must(store.write([&](store::Writer& writer) { return store::save_sync_state(writer, state); }));
  world.clock.advance(std::chrono::days{13});
  prune(store);
  CHECK(must(store::find_op(store, id)));
  world.clock.advance(std::chrono::days{2});
  prune(store);
  CHECK_FALSE(must(store::find_op(store, id)));
}

TEST_CASE("A server in another life has held nothing back: what was held goes at once") {
  test::Stored world;
  store::Store store = world.open();
  test::answer(store, append(store, "ticket.draw"), Outcome::deferred);
  CHECK(pending(store).empty());
  CHECK_FALSE(must(store::is_settled(store, 1)));
  must(store.write([](store::Writer& writer) { return store::rewind(writer, 0); }));
  CHECK(pending(store) == Numbers{1});
}
