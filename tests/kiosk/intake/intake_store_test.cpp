#include "kiosk/intake/intake_store.h"

#include "kiosk/wire/messages.h"
#include "tests/kiosk/intake/mediation.h"
#include "tests/support/stored.h"

using intake::IntakeStore;
using intake::State;
using service::QuestionKind;
using test::answered;
using test::mediation;
using test::must;
using wire::Outcome;

namespace {

struct Desk {
  test::Stored world;
  store::Store store = world.open();
  IntakeStore requests = must(IntakeStore::open(store));
};

wire::IntakeFile filed_body(store::Store& store) {
  const wire::Op op = must(wire::parse_op(must(store::op_bytes(store, 1))));
  REQUIRE(op.kind == "intake.file");
  return must(wire::parse_intake_file(op.body));
}

}  // namespace

TEST_CASE("Filing writes the request, its op and its case in one go") {
  Desk desk;
  const intake::Filed filed = must(desk.requests.file(mediation(), answered()));
  const wire::IntakeFile body = filed_body(desk.store);
  CHECK(body.service == "mediation");
  CHECK(body.way == "onsite");
  CHECK(body.code == filed.code);
  CHECK(body.last4 == "1234");
  CHECK(body.answers.at("story") == "He keeps the deposit");
  const store::CaseAnswer found = must(desk.requests.find(filed.code, "1234"));
  CHECK(found.kind == store::CaseAnswer::Kind::found);
  CHECK(found.type == "request");
  CHECK(found.record == filed.id);
}

TEST_CASE("What a refused consent drops never reaches the disk") {
  Desk desk;
  intake::Draft draft = answered();
  draft.answers["sensitive_consent"] = "no";
  must(desk.requests.file(mediation(), draft));
  CHECK(filed_body(desk.store).answers.count("health") == 0);
  CHECK(must(store::op_bytes(desk.store, 1)).find("broken arm") == std::string::npos);
}

TEST_CASE("A draft that lacks something writes nothing and says what") {
  Desk desk;
  intake::Draft draft = answered();
  draft.answers["notice_consent"] = "no";
  CHECK(test::code_of(desk.requests.file(mediation(), draft)) == "consent_needed");
  CHECK(must(store::count_waiting(desk.store)).count == 0);
  CHECK(must(desk.store.database().integer("SELECT count(*) FROM intake")) == 0);
}

TEST_CASE("The earliest legal day goes with the op, so that it is sent first") {
  Desk desk;
  service::Service form = mediation();
  form.questions.insert(form.questions.begin(), test::question("decided", QuestionKind::day));
  form.questions.insert(form.questions.begin(), test::question("last_day", QuestionKind::day));
  form.questions[1].limit_days = 60;
  intake::Draft draft = answered();
  draft.answers["last_day"] = "2026-11-28";
  draft.answers["decided"] = "2026-09-28";
  const intake::Filed filed = must(desk.requests.file(form, draft));
  CHECK(must(store::pending_ops(desk.store)).front().legal_day == base::parse_date("2026-11-27"));
  CHECK(intake::act_today(filed, State::kept_here));
  CHECK_FALSE(intake::act_today(filed, State::received));
}

TEST_CASE("Without an answer no legal day is made up: none is none, and unknown stays unknown") {
  Desk desk;
  service::Service form = mediation();
  form.questions.insert(form.questions.begin(), test::question("last_day", QuestionKind::day));
  intake::Draft draft = answered();
  CHECK(test::code_of(desk.requests.file(form, draft)) == "day_missing");
  draft.answers["last_day"] = intake::typed_day("20260230");
  CHECK(test::code_of(desk.requests.file(form, draft)) == "day_missing");
  draft.answers["last_day"] = "none";
  must(desk.requests.file(form, draft));
  draft.answers["last_day"] = "unknown";
  must(desk.requests.file(form, draft));
  CHECK_FALSE(must(store::pending_ops(desk.store)).back().legal_day);
  CHECK(must(wire::parse_op(must(store::op_bytes(desk.store, 1)))).legal_day.empty());
  CHECK(must(wire::parse_op(must(store::op_bytes(desk.store, 2)))).legal_day == "unknown");
  CHECK(intake::typed_day("20261214") == "2026-12-14");
}

TEST_CASE("A request is kept here until the center has it, and then follows the center") {
  Desk desk;
  const intake::Filed filed = must(desk.requests.file(mediation(), answered()));
  const auto state = [&] { return must(desk.requests.status(filed.id)).state; };
  CHECK(state() == State::sending);
  desk.world.clock.advance(std::chrono::seconds{2});
  CHECK(state() == State::kept_here);
  test::answer(desk.store, filed.id, Outcome::applied, R"({"state":"received"})");
  CHECK(state() == State::received);
  test::tell(desk.store, "request", filed.id,
             wire::to_json(wire::RecordState{"refused", "", "not our district", ""}));
  CHECK(state() == State::refused);
  CHECK(must(desk.requests.status(filed.id)).reason == "not our district");
}

TEST_CASE("A request the center's system did not take is not called filed") {
  Desk desk;
  const intake::Filed filed = must(desk.requests.file(mediation(), answered()));
  test::answer(desk.store, filed.id, Outcome::rejected, "{}", "bad_body");
  const intake::Status status = must(desk.requests.status(filed.id));
  CHECK(status.state == State::unfiled);
  CHECK(status.reason == "bad_body");
}

TEST_CASE("The state of a request outlives its op in the outbox") {
  Desk desk;
  const intake::Filed filed = must(desk.requests.file(mediation(), answered()));
  test::answer(desk.store, filed.id, Outcome::applied);
  desk.world.clock.advance(std::chrono::days{8});
  must(desk.store.write([](store::Writer& writer) { return store::prune(writer); }));
  CHECK(must(desk.requests.status(filed.id)).state == State::received);
  CHECK(test::code_of(desk.requests.status("none")) == "request_unknown");
}
