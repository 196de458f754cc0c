#include "tests/kiosk/central/bench.h"

namespace {

wire::IntakeFile request(const test::Visitor& visitor) {
  return {"mediation", "onsite", visitor.code, visitor.last4, {{"what", "漏水"}}};
}

TEST_CASE("a request is received, and its kiosk is told so") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const auto filed =
      bench.apply_one(kiosk, outbox.op("intake.file", wire::to_json(request(bench.visitor()))));
  CHECK(filed.outcome == wire::Outcome::applied);
  CHECK(test::promise(filed) == "received");
  CHECK(bench.record_state(kiosk, filed.id) == "received");
}

TEST_CASE("the code and digits of a request stand nowhere in the database file" *
          doctest::test_suite("SQLite file")) {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const test::Visitor visitor{bench.visitor().code, "8642"};
  bench.apply_one(kiosk, outbox.op("intake.file", wire::to_json(request(visitor))));
  bench.apply_one(kiosk, bench.booking(outbox, visitor, "consult|onsite|2026-11-24T14:00"));
  bench.store.reset();
  const std::string bytes = base::read_file(bench.folder / "central.db").value();
  CHECK(bytes.find("漏水") != std::string::npos);
  CHECK(bytes.find(visitor.code) == std::string::npos);
  CHECK(bytes.find("8642") == std::string::npos);
}

TEST_CASE("a request for no service of that kind, or without a code, is refused") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const auto code = [&](const wire::IntakeFile& body) {
    return bench.apply_one(kiosk, outbox.op("intake.file", wire::to_json(body))).code;
  };
  wire::IntakeFile body = request(bench.visitor());
  body.service = "notary";
  CHECK(code(body) == "service_unknown");
  body.service = "mediation";
  body.last4 = "12";
  CHECK(code(body) == "bad_body");
  body.last4 = "1234";
  body.code = "none";
  CHECK(code(body) == "bad_body");
}

TEST_CASE("a call for a person is open, for its kiosk to see") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const auto call = [&](std::string place) {
    return bench.apply_one(kiosk, outbox.op("assist.call", wire::to_json(wire::AssistCall{place})));
  };
  const auto called = call("booking.slot");
  CHECK(test::promise(called) == "open");
  CHECK(bench.record_state(kiosk, called.id) == "open");
  CHECK(call(std::string(65, 'x')).code == "bad_body");
}

}  // namespace
