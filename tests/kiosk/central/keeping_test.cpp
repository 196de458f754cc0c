#include "kiosk/central/keeping.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/kiosk/central/client.h"

namespace {

using central::Erased;
using wire::Outcome;

constexpr const char* slot = "consult|onsite|2026-11-24T14:00";

// Everything arrives on 2026-11-23.
struct Office {
  test::Bench bench;
  std::string kiosk = bench.enrol();
  test::Outbox outbox{bench.clock, 7};

  std::string send(const wire::Op& op) {
    CHECK(bench.apply_one(kiosk, op).outcome == Outcome::applied);
    return op.id;
  }
  std::string book(std::string key = slot) {
    return send(bench.booking(outbox, bench.visitor(), std::move(key)));
  }
  std::string file() {
    const wire::IntakeFile body{
        "mediation",
        "",
        bench.visitor().code,
        "1234",
        {{"type", "wage"}, {"party.name", "李四"}, {"party.contact", "朝阳门"}, {"what", "漏水"}}};
    return send(outbox.op("intake.file", wire::to_json(body)));
  }
  std::string call() {
    return send(outbox.op("assist.call", wire::to_json(wire::AssistCall{"home"})));
  }
  std::string draw() {
    return send(
        outbox.op("ticket.draw", wire::to_json(wire::TicketDraw{"notary", "", "2026-11-23"})));
  }
  void step(const std::string& request, std::string_view state) {
    bench.write([&](central::Transaction& transaction) {
      return central::step_request(transaction, request, state, "有了结果");
    });
  }

  // The last second of the day, and the first of the next.
  Erased at_end_of(std::string_view day) {
    bench.clock.set(*base::parse_rfc3339(fmt::format("{}T23:59:59+08:00", day)));
    return erase();
  }
  Erased a_second_later() {
    bench.clock.advance(std::chrono::seconds{1});
    return erase();
  }
  Erased erase(std::size_t most = 100) {
    return bench.write(
        [&](central::Transaction& transaction) { return central::erase_some(transaction, most); });
  }

  std::int64_t count(std::string_view query, std::string_view id) {
    return bench.store->read([&](sql::Database& database) { return database.integer(query, id); })
        .value()
        .value_or(0);
  }
  bool has_booking(const std::string& id) {
    return count("SELECT count(*) FROM booking WHERE id = ?", id) == 1;
  }
  bool has_request(const std::string& id) {
    return count("SELECT count(*) FROM request WHERE id = ?", id) == 1;
  }
  // The keys of a request's answers.
  // The questions that a request still has answers to, as it names them.
  std::string answers(const std::string& id) {
    return bench.store
        ->read([&](sql::Database& database) -> base::Result<std::string> {
          auto row = TRY(database.query("SELECT answers FROM request WHERE id = ?", id));
          if (!TRY(row.step())) return std::string();
          std::string names;
          for (const auto& [name, answer] : TRY(wire::parse_intake_file(row.text(0))).answers) {
            names += (names.empty() ? "" : ",") + name;
          }
          return names;
        })
        .value();
  }
};

TEST_CASE("a booking is there on its ninetieth day and gone when the next begins") {
  Office office;
  const std::string id = office.book();
  CHECK(office.at_end_of("2027-02-21") == Erased{});
  CHECK(office.has_booking(id));
  CHECK(office.a_second_later().bookings == 1);
  CHECK_FALSE(office.has_booking(id));
  CHECK(office.erase() == Erased{});
}

TEST_CASE("a form that promised fewer days is kept to") {
  Office office;
  office.bench.center.catalogue.services[0].questions.emplace_back().days_kept = 30;
  office.book();
  CHECK(office.at_end_of("2026-12-23") == Erased{});
  CHECK(office.a_second_later().bookings == 1);
}

TEST_CASE("nobody's booking goes before its day is over, unless it was cancelled") {
  Office office;
  office.bench.center.keep.bookings = 1;
  office.book("consult|onsite|2026-12-04T14:00");
  const test::Visitor visitor = office.bench.visitor();
  office.send(office.bench.booking(office.outbox, visitor, "consult|onsite|2026-12-04T14:00"));
  office.send(office.outbox.op(
      "booking.cancel", wire::to_json(wire::BookingChange{visitor.code, visitor.last4, ""})));
  CHECK(office.at_end_of("2026-11-24") == Erased{});
  CHECK(office.a_second_later().bookings == 1);
  CHECK(office.at_end_of("2026-12-04") == Erased{});
  CHECK(office.a_second_later().bookings == 1);
}

TEST_CASE("an answer goes when the days of its question are over, though the request is open") {
  Office office;
  auto& questions = office.bench.center.catalogue.services[2].questions;  // type, party, what
  questions[1].days_kept = 10;
  questions[2].days_kept = 20;
  const std::string id = office.file();
  CHECK(office.at_end_of("2026-12-03") == Erased{});
  CHECK(office.a_second_later().answers == 1);
  CHECK(office.answers(id) == "type,what");
  CHECK(office.erase() == Erased{});
  CHECK(office.at_end_of("2026-12-13") == Erased{});
  CHECK(office.a_second_later().answers == 1);
  CHECK(office.answers(id) == "type");
}

TEST_CASE("a request is kept while it is open, and its days count from its end") {
  Office office;
  const std::string open = office.file();
  const std::string closed = office.file();
  office.bench.clock.set(*base::parse_rfc3339("2027-12-01T10:00:00+08:00"));
  office.step(closed, "reviewing");
  office.step(closed, "closed");
  CHECK(office.at_end_of("2028-11-30") == Erased{});
  CHECK(office.a_second_later().requests == 1);
  CHECK_FALSE(office.has_request(closed));
  CHECK(office.has_request(open));
}

TEST_CASE("tickets and calls go after their thirty days") {
  Office office;
  const std::string ticket = office.draw();
  const std::string call = office.call();
  CHECK(office.at_end_of("2026-12-23") == Erased{});
  const Erased erased = office.a_second_later();
  CHECK(erased.tickets == 1);
  CHECK(erased.calls == 1);
  CHECK(office.count("SELECT count(*) FROM ticket WHERE id = ?", ticket) == 0);
  CHECK(office.count("SELECT count(*) FROM assist WHERE id = ?", call) == 0);
}

TEST_CASE("a very late kiosk that repeats an erased op hears the old answer and doubles nothing") {
  Office office;
  const wire::Op booking = office.bench.booking(office.outbox, office.bench.visitor(), slot);
  const wire::Op draw =
      office.outbox.op("ticket.draw", wire::to_json(wire::TicketDraw{"notary", "", "2026-11-23"}));
  const std::vector<wire::Op> ops = {booking, draw};
  const auto first = office.bench.apply(office.kiosk, ops).results;
  office.bench.clock.advance(std::chrono::days{400});
  CHECK(office.erase().bookings == 1);
  const auto late = office.bench.apply(office.kiosk, ops).results;
  for (std::size_t i = 0; i < ops.size(); ++i) {
    CHECK(late[i].outcome == Outcome::duplicate);
    CHECK(late[i].data == first[i].data);
  }
  CHECK_FALSE(office.has_booking(booking.id));
  CHECK(office.count("SELECT count(*) FROM ticket WHERE id = ?", draw.id) == 0);
  CHECK(office.count("SELECT taken FROM slot WHERE key = ?", slot) == 1);
  wire::Op other = booking;
  other.body = wire::to_json(wire::AssistCall{"home"});
  CHECK(office.bench.apply_one(office.kiosk, other).code == "id_reuse");
}

TEST_CASE(
    "the kiosk that made a record and follows the feed is told that it is gone, nobody else") {
  Office office;
  const std::string stranger = office.bench.enrol("b");
  const std::vector<std::string> ids = {office.book(), office.file(), office.call()};
  office.step(ids[1], "reviewing");
  office.step(ids[1], "closed");
  const std::string cursor = office.bench.feed(office.kiosk, "").cursor;
  office.bench.clock.advance(std::chrono::days{400});
  office.erase();
  std::vector<std::string> gone;
  for (const wire::Change& change : office.bench.feed(office.kiosk, cursor, 2).changes) {
    CHECK(change.deleted);
    CHECK(change.data == "{}");
    gone.push_back(change.type);
  }
  CHECK(gone == std::vector<std::string>{"booking", "request"});
  const auto rest =
      office.bench.feed(office.kiosk, office.bench.feed(office.kiosk, cursor, 2).cursor, 2);
  REQUIRE(rest.changes.size() == 1);
  CHECK(rest.changes[0].type == "assist");
  CHECK(rest.changes[0].key == ids[2]);
  CHECK(office.bench.feed(stranger, cursor).changes.empty());
  CHECK(office.bench.feed(office.kiosk, "").changes.empty());
}

TEST_CASE("what is too old goes in bounded steps, the oldest first") {
  Office office;
  for (int i = 0; i < 5; ++i) {
    office.call();
    office.bench.clock.advance(std::chrono::minutes{1});
  }
  const std::string youngest = office.call();
  office.bench.clock.advance(std::chrono::days{31});
  CHECK(office.erase(4).calls == 4);
  CHECK(office.count("SELECT count(*) FROM assist WHERE id = ?", youngest) == 1);
  CHECK(office.erase(4).calls == 2);
  CHECK(office.erase(4) == Erased{});
}

// ---- the server's daily pass -------------------------------------------------------------------

std::string files_of(const test::Bench& bench) {
  return base::read_file(bench.folder / "central.db").value() +
         base::read_file(bench.folder / "central.db-wal").value();
}

bool stands_in(const std::string& bytes, std::string_view words) {
  return bytes.find(words) != std::string::npos;
}

// Until nothing is left to erase; how often that took.
int erase_all(central::Server& server) {
  int steps = 1;
  for (; server.erase_old_records().value(); ++steps) {
  }
  return steps;
}

TEST_CASE("of what was erased no byte is left in the database and its log" *
          doctest::test_suite("SQLite file")) {
  test::RunningServer running;
  auto client = running.enrolled();
  test::Outbox outbox(running.bench.clock, 7);
  const wire::IntakeFile request{
      "mediation", "", running.bench.visitor().code, "1234", {{"what", "楼上漏水两个月了"}}};
  running.bench.center.catalogue.services[2].questions[2].days_kept = 90;
  // Enough to fill pages that are freed again.
  for (int i = 0; i < 60; ++i) {
    test::synced(client.sync({running.bench.booking(outbox, running.bench.visitor(), slot),
                              outbox.op("intake.file", wire::to_json(request))}));
  }
  const auto personal = {"王小明", "13800001234", "楼上漏水"};
  for (const char* words : personal) CHECK(stands_in(files_of(running.bench), words));

  running.bench.clock.set(*base::parse_rfc3339("2027-02-21T12:00:00+08:00"));
  CHECK(erase_all(running.server) == 1);
  for (const char* words : personal) CHECK(stands_in(files_of(running.bench), words));

  running.bench.clock.set(*base::parse_rfc3339("2027-02-22T00:00:00+08:00"));
  CHECK(erase_all(running.server) == 2);
  for (const char* words : personal) CHECK_FALSE(stands_in(files_of(running.bench), words));
}

TEST_CASE("the pass runs once a day, and the office sees what it did, in numbers") {
  test::RunningServer running;
  auto client = running.enrolled();
  test::Outbox outbox(running.bench.clock, 7);
  const auto account = [&] {
    return nlohmann::json::parse(client.get("/office/view").body).at("keeping");
  };
  const auto call = [&] {
    test::synced(client.sync({outbox.op("assist.call", wire::to_json(wire::AssistCall{"home"}))}));
  };
  CHECK(account().at("last_at") == "");
  CHECK(account().at("days").at("bookings") == 90);
  for (int i = 0; i < 101; ++i) call();
  running.bench.clock.advance(std::chrono::days{31});
  CHECK(erase_all(running.server) == 3);
  CHECK(account().at("erased").at("calls") == 101);
  CHECK(account().at("last_at") == "2026-12-24T09:42:00+08:00");
  running.bench.clock.advance(std::chrono::hours{1});
  CHECK_FALSE(running.server.erase_old_records().value());
  CHECK(account().at("last_at") == "2026-12-24T09:42:00+08:00");
  call();
  running.bench.clock.advance(std::chrono::days{31});
  CHECK(erase_all(running.server) == 2);
  CHECK(account().at("erased").at("calls") == 102);
}

TEST_CASE("while somebody else reads the files the pass is not over" *
          doctest::test_suite("SQLite file")) {
  test::RunningServer running;
  const auto last = [&] {
    return running.bench.store
        ->read([](sql::Database& database) { return central::read_keeping(database, "sample"); })
        .value()
        .last;
  };
  {
    auto backup = sql::Database::open(running.bench.folder / "central.db", sql::Access::read_only);
    REQUIRE(backup);
    auto row = backup->query("SELECT * FROM slot");
    REQUIRE(row);
    REQUIRE(row->step().value());
    running.enrolled();
    const auto refused = running.server.erase_old_records();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "busy");
    CHECK_FALSE(last());
  }
  CHECK_FALSE(running.server.erase_old_records().value());
  CHECK(last() == running.bench.clock.now());
}

TEST_CASE("bookings of a database from before count from the day they arrived" *
          doctest::test_suite("SQLite file")) {
  const test::TempFolder folder;
  auto opened = sql::Database::open(folder / "a.db");
  REQUIRE(opened);
  REQUIRE(opened->migrate(central::migrations().first(1)));
  REQUIRE(opened->execute(
      "INSERT INTO op VALUES ('c', 'a', 'k', 1, 'booking.request', '', 1, '', '{}', 1700);"
      "INSERT INTO booking VALUES ('c', 'a', 'k', 's', '', 'w', 'slot', 'confirmed', 2, 'n', 'p', "
      "'', '', 3, 4)"));
  REQUIRE(opened->migrate(central::migrations()));
  CHECK(opened->integer("SELECT made_ms FROM booking").value() == 1700);
}

}  // namespace
