#include "kiosk/sync/enrol.h"

#include "tests/kiosk/sync/fake_server.h"

using Kind = syncing::Answer::Kind;
using test::append;
using test::Line;
using test::must;

namespace {

syncing::Answer enrol(Line& line, std::string_view code = "right-code") {
  return must(syncing::enrol(line.store, line.client, code, {}));
}

wire::EnrolResponse identity(int number = 2, std::string epoch = "e1") {
  return {test::kiosk_id, number, "center", std::move(epoch)};
}

}  // namespace

TEST_CASE("A code from the office makes the kiosk known, and its key stays here") {
  Line line;
  line.save(store::SyncState{});
  line.server.public_key.clear();
  line.server.enrolment = identity();
  CHECK(enrol(line).kind == Kind::ok);
  CHECK(line.server.public_key == line.key.public_key());
  CHECK(line.state().kiosk_id == test::kiosk_id);
  CHECK(line.state().number == 2);
  CHECK(line.state().center_id == "center");
}

TEST_CASE("A wrong code changes nothing but the reason shown to staff") {
  Line line;
  line.save(store::SyncState{});
  line.server.enrolment = identity();
  CHECK(enrol(line, "wrong").kind == Kind::stopped);
  CHECK_FALSE(line.state().enrolled());
  CHECK(line.state().last_error == "code_unknown");
}

TEST_CASE("An identity that could not print its tickets is not taken") {
  for (const wire::EnrolResponse& given : {wire::EnrolResponse{test::kiosk_id, 0, "c", "e"},
                                           wire::EnrolResponse{test::kiosk_id, 100'000, "c", "e"},
                                           wire::EnrolResponse{"me", 1, "c", "e"}}) {
    Line line;
    line.save(store::SyncState{});
    line.server.enrolment = given;
    CHECK(enrol(line).kind == Kind::postponed);
    CHECK_FALSE(line.state().enrolled());
  }
}

TEST_CASE("Enrolled with a center in another life, the kiosk sends everything again") {
  Line line;
  const std::string id = append(line.store, "booking.request");
  test::answer(line.store, id, wire::Outcome::applied);
  line.server.enrolment = identity(3, "e2");
  CHECK(enrol(line).kind == Kind::ok);
  CHECK(line.delivery(id) == store::Delivery::waiting);
  CHECK(line.state().cursor.empty());
  CHECK(line.state().number == 3);
}

TEST_CASE("Enrolled anew with the same center, what it has is not sent again") {
  Line line;
  const std::string id = append(line.store, "booking.request");
  test::answer(line.store, id, wire::Outcome::applied);
  line.server.enrolment = identity(3, "e1");
  CHECK(enrol(line).kind == Kind::ok);
  CHECK(line.delivery(id) == store::Delivery::accepted);
}

TEST_CASE(
    "Another kiosk to the center than before, it sends everything again and asks for its number") {
  Line line;
  const std::string id = append(line.store, "booking.request");
  test::answer(line.store, id, wire::Outcome::applied);
  store::SyncState state = line.state();
  state.number = 6;
  state.kiosk_id = "0199c0de-0000-7000-8000-000000000009";
  line.save(state);
  line.server.enrolment = identity(6, "e1");
  CHECK(enrol(line).kind == Kind::ok);
  CHECK(line.delivery(id) == store::Delivery::waiting);
  const auto asked = must(wire::parse_enrol_request(line.server.requests.back().body));
  CHECK(asked.number == 6);
}
