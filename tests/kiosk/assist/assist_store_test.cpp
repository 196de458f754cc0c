#include "kiosk/assist/assist_store.h"

#include "kiosk/wire/messages.h"
#include "tests/support/stored.h"

using assist::AssistStore;
using assist::State;
using test::must;

TEST_CASE("A call for a person goes out with the place it was made at, and nothing else") {
  test::Stored world;
  store::Store store = world.open();
  AssistStore calls(store);
  const std::string id = must(calls.call("booking.slot"));
  const wire::Op op = must(wire::parse_op(must(store::op_bytes(store, 1))));
  CHECK(op.id == id);
  CHECK(op.kind == "assist.call");
  CHECK(must(wire::parse_assist_call(op.body)).place == "booking.slot");
}

TEST_CASE("A call is followed from the tap to the person who comes") {
  test::Stored world;
  store::Store store = world.open();
  AssistStore calls(store);
  const std::string id = must(calls.call("home"));
  CHECK(must(calls.find(id)).state == State::sending);
  world.clock.advance(std::chrono::seconds{3});
  CHECK(must(calls.find(id)).state == State::unsent);
  CHECK(must(calls.find(id)).alternative);
  test::answer(store, id, wire::Outcome::applied, R"({"state":"open"})");
  CHECK(must(calls.find(id)).state == State::open);
  CHECK_FALSE(must(calls.find(id)).alternative);
  test::tell(store, "assist", id, wire::to_json(wire::RecordState{"accepted", "", "", ""}));
  CHECK(must(calls.find(id)).state == State::accepted);
  test::tell(store, "assist", id, wire::to_json(wire::RecordState{"done", "", "", ""}));
  CHECK(must(calls.find(id)).state == State::done);
}

TEST_CASE("Nonsense in the feed does not promise that somebody comes") {
  test::Stored world;
  store::Store store = world.open();
  AssistStore calls(store);
  const std::string id = must(calls.call("home"));
  test::answer(store, id, wire::Outcome::applied);
  test::tell(store, "assist", id, R"({"state":["accepted"]})");
  CHECK(must(calls.find(id)).state == State::open);
  CHECK(test::code_of(calls.find("none")) == "call_unknown");
}
