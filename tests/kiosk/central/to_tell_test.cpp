#include "kiosk/central/to_tell.h"

#include <nlohmann/json.hpp>

#include "kiosk/central/keeping.h"
#include "tests/kiosk/central/bench.h"
#include "tests/kiosk/central/client.h"

using central::Task;
using test::Bench;
using test::Outbox;

namespace {

// Booking and mediation ask how the visitor may be reached.
service::Catalogue asking() {
  service::Catalogue catalogue = test::sample_catalogue();
  service::Question reach;
  reach.id = "reach";
  reach.kind = service::QuestionKind::choice;
  reach.wish = true;
  service::Choice no;
  no.id = "no";
  no.name = test::text("不要联系", "Do not call");
  reach.choices = {no};
  service::Question self;
  self.id = "contact";
  self.kind = service::QuestionKind::self;
  for (const std::size_t asks : {0U, 2U}) {
    catalogue.services[asks].questions.push_back(self);
    catalogue.services[asks].questions.push_back(reach);
  }
  return catalogue;
}

constexpr auto slot = "consult|phone|2026-11-24T14:00";  // one seat

wire::Op booking(Outbox& outbox, const test::Visitor& visitor, std::string key = slot) {
  return outbox.op("booking.request", wire::to_json(wire::BookingRequest{"consult",
                                                                         "wage",
                                                                         "phone",
                                                                         std::move(key),
                                                                         "王小明",
                                                                         "13800001234",
                                                                         visitor.code,
                                                                         visitor.last4,
                                                                         {{"reach", "no"}}}));
}
wire::Op booking(Bench& bench, Outbox& outbox) {
  return booking(outbox, bench.visitor());
}

std::vector<Task> tasks(Bench& bench) {
  return bench.write([&](central::Transaction& transaction) {
    return central::read_to_tell(transaction.database, bench.center);
  });
}

std::string close(Bench& bench, const std::string& record, std::string_view outcome) {
  const auto done = bench.store->write([&](sql::Database& database) {
    central::Transaction transaction{database, bench.center, bench.clock.now()};
    return central::close_to_tell(transaction, record, outcome);
  });
  return done ? "" : done.error().code;
}

}  // namespace

TEST_CASE("Who gets a seat after they left is a task, with their wish, until it has an outcome") {
  Bench bench(asking());
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  const test::Visitor first = bench.visitor();
  const wire::Op seated = booking(outbox, first);
  const wire::Op second = booking(bench, outbox);
  bench.apply(kiosk, {seated, second});
  CHECK(tasks(bench).empty());
  bench.clock.advance(std::chrono::hours{1});
  bench.apply_one(kiosk, outbox.op("booking.cancel",
                                   wire::to_json(wire::BookingChange{first.code, "1234", ""})));
  REQUIRE(tasks(bench).size() == 1);
  const Task task = tasks(bench).front();
  CHECK(task.record == second.id);
  CHECK(task.change == "confirmed");
  CHECK(task.name == "王小明");
  CHECK(task.phone == "13800001234");
  CHECK(task.wish.in("en") == "Do not call");
  CHECK(task.due == bench.clock.now() + central::tell_within);
  CHECK(close(bench, second.id, "") == "bad_message");
  CHECK(close(bench, second.id, "forgotten") == "bad_message");
  CHECK(close(bench, second.id, "reached").empty());
  CHECK(close(bench, second.id, "reached") == "state_changed");
  CHECK(tasks(bench).empty());
}

TEST_CASE("What was filed offline and decided later is told, once however often it comes") {
  Bench bench(asking());
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  const wire::Op op = booking(bench, outbox);
  bench.clock.advance(std::chrono::hours{3});
  bench.apply_one(kiosk, op);
  bench.apply_one(kiosk, op);
  REQUIRE(tasks(bench).size() == 1);
  CHECK(tasks(bench).front().change == "confirmed");
  CHECK(close(bench, op.id, "not_reached").empty());
  bench.apply_one(kiosk, op);
  CHECK(tasks(bench).empty());
}

TEST_CASE("It is due before the booked time begins") {
  Bench bench(asking());
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  const wire::Op op = booking(outbox, bench.visitor(), "consult|phone|2026-11-23T16:00");
  bench.clock.advance(std::chrono::hours{3});
  bench.apply_one(kiosk, op);
  REQUIRE(tasks(bench).size() == 1);
  CHECK(tasks(bench).front().due == *base::parse_rfc3339("2026-11-23T16:00:00+08:00"));
}

TEST_CASE(
    "Who was refused after they left can be reached, and is not kept for longer than booked") {
  Bench bench(asking());
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  const wire::Op op = booking(outbox, bench.visitor(), "consult|phone|2026-11-23T11:00");
  bench.clock.advance(std::chrono::hours{3});
  CHECK(bench.apply_one(kiosk, op).code == "slot_past");
  REQUIRE(tasks(bench).size() == 1);
  CHECK(tasks(bench).front().change == "refused");
  CHECK(tasks(bench).front().reason == "slot_past");
  CHECK(tasks(bench).front().phone == "13800001234");
  CHECK(tasks(bench).front().wish.in("en") == "Do not call");
  bench.clock.advance(std::chrono::days{bench.center.keep.bookings + 2});
  bench.write(
      [&](central::Transaction& transaction) { return central::erase_some(transaction, 100); });
  CHECK(bench.write([&](central::Transaction& transaction) {
    return transaction.database.integer("SELECT count(*) FROM to_tell");
  }) == 0);
}

TEST_CASE("A request's state with its reason is told, and a later one takes its place") {
  Bench bench(asking());
  const std::string kiosk = bench.enrol();
  Outbox outbox(bench.clock, 1);
  const wire::Op op =
      outbox.op("intake.file", wire::to_json(wire::IntakeFile{
                                   "mediation",
                                   "",
                                   bench.visitor().code,
                                   "1234",
                                   {{"contact.name", "李四"}, {"contact.phone", "13900005678"}}}));
  bench.apply_one(kiosk, op);
  const auto step = [&](std::string_view state, std::string_view reason) {
    bench.write([&](central::Transaction& transaction) {
      return central::step_request(transaction, op.id, state, reason);
    });
  };
  step("reviewing", "");
  CHECK(tasks(bench).empty());
  step("accepted", "");
  step("closed", "对方不同意");
  REQUIRE(tasks(bench).size() == 1);
  CHECK(tasks(bench).front().change == "closed");
  CHECK(tasks(bench).front().reason == "对方不同意");
  CHECK(tasks(bench).front().name == "李四");
  CHECK(tasks(bench).front().wish.empty());
  const auto view = nlohmann::json::parse(bench.write([&](central::Transaction& transaction) {
    return central::office_view(transaction.database, bench.center, bench.clock.now());
  }));
  CHECK(view["to_tell"][0]["wish"].is_null());
  CHECK(view["to_tell"][0]["overdue"] == false);
}

TEST_CASE("Who looks the case up by its code has been told") {
  test::RunningServer server;
  Bench& bench = server.bench;
  test::Client client = server.enrolled();
  Outbox outbox(bench.clock, 1);
  const test::Visitor visitor = bench.visitor();
  const wire::Op op = booking(outbox, visitor);
  client.sync({});
  bench.clock.advance(std::chrono::hours{3});
  client.sync({op});
  REQUIRE(tasks(bench).size() == 1);
  client.post_signed("/v1/lookup", wire::to_json(wire::LookupRequest{visitor.code, "9999"}));
  CHECK(tasks(bench).size() == 1);
  client.post_signed("/v1/lookup", wire::to_json(wire::LookupRequest{visitor.code, "1234"}));
  CHECK(tasks(bench).empty());
}
