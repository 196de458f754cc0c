#include "kiosk/sync/exchange.h"

#include <thread>

#include "kiosk/store/tidy.h"
#include "tests/kiosk/sync/fake_server.h"

using Kind = syncing::Answer::Kind;
using store::Delivery;
using test::append;
using test::FakeServer;
using test::Line;
using test::must;
using wire::Outcome;

namespace {

syncing::Exchange exchange(Line& line) {
  return must(syncing::exchange_once(line.store, line.client, {}));
}

std::size_t pending(Line& line) {
  return must(store::pending_ops(line.store)).size();
}

// Everything the database knows, but the reason of the last failure.
std::string picture(Line& line) {
  std::string all;
  for (const char* query : {"SELECT id || state || code || data FROM outbox ORDER BY seq",
                            "SELECT type || key || data FROM mirror ORDER BY type, key",
                            "SELECT epoch || '/' || cursor || '/' || applied_through || '/' || "
                            "next_poll_s || '/' || clock_offset_ms FROM sync_state",
                            "SELECT name || sha256 || state FROM pack ORDER BY sha256"}) {
    sql::Statement row = must(line.store.database().query(query));
    while (must(row.step())) all += row.string(0) + "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("Ops go up, results and changes come down, and the cursor moves with them") {
  Line line;
  const std::string id = append(line.store, "booking.request");
  line.server.by_kind["booking.request"] = {
      .id = {}, .outcome = Outcome::applied, .code = {}, .data = R"({"state":"confirmed"})"};
  line.server.tell(test::change("slot", "s1", R"({"taken":1})"));
  const syncing::Exchange done = exchange(line);
  CHECK(done.answer.kind == Kind::ok);
  CHECK_FALSE(done.more);
  CHECK(line.delivery(id) == Delivery::accepted);
  CHECK(must(store::find_op(line.store, id))->data == R"({"state":"confirmed"})");
  CHECK(must(store::find_state(line.store, "slot", "s1")) == R"({"taken":1})");
  CHECK(line.state().cursor == "1");
  CHECK(line.state().applied_through == 1);
  CHECK(line.state().caught_up);
  CHECK(line.state().last_success == line.world.clock.now());
}

TEST_CASE("A lost reply: the very same bytes go again and nothing is doubled") {
  Line line;
  const std::string id = append(line.store, "booking.request");
  line.server.faults = {FakeServer::Fault::lose_reply, FakeServer::Fault::lose_request};
  CHECK(exchange(line).answer.kind == Kind::unreachable);
  CHECK(line.delivery(id) == Delivery::waiting);
  CHECK(line.state().last_error == "timeout");
  CHECK(exchange(line).answer.kind == Kind::unreachable);
  CHECK(line.state().last_error == "connect");

  line.world.clock.advance(std::chrono::hours{1});  // the bytes do not follow the clock
  CHECK(exchange(line).answer.kind == Kind::ok);
  CHECK(line.delivery(id) == Delivery::accepted);
  CHECK(line.server.order == std::vector<std::string>{"booking.request"});
  CHECK(line.server.ids == std::vector<std::string>{id, id});
  CHECK_FALSE(line.server.saw_other_bytes);
  CHECK(line.state().last_error.empty());
}

TEST_CASE("A rejected op blocks nothing behind it, a deferred one stays waiting") {
  Line line;
  line.server.by_kind["booking.request"] = {
      .id = {}, .outcome = Outcome::rejected, .code = "slot_unknown", .data = "{}"};
  line.server.by_kind["ticket.draw"] = {
      .id = {}, .outcome = Outcome::deferred, .code = "busy", .data = "{}"};
  const std::string refused = append(line.store, "booking.request");
  const std::string deferred = append(line.store, "ticket.draw");
  const std::string applied = append(line.store, "assist.call");
  CHECK_FALSE(exchange(line).more);  // the deferred one has its turn later, not at once
  CHECK(line.delivery(refused) == Delivery::refused);
  CHECK(line.delivery(deferred) == Delivery::waiting);
  CHECK(line.delivery(applied) == Delivery::accepted);
  CHECK(must(store::refused_ops(line.store)).front().code == "slot_unknown");
  line.server.by_kind.clear();
  line.world.clock.advance(std::chrono::seconds{30});
  exchange(line);
  CHECK(line.delivery(deferred) == Delivery::accepted);
}

TEST_CASE("More ops than fit go in several requests, the nearest legal day first") {
  Line line;
  for (int i = 0; i < 250; ++i) append(line.store, "assist.call");
  append(line.store, "intake.file", {}, base::parse_date("2026-11-25"));
  CHECK(exchange(line).more);
  CHECK(line.server.order.front() == "intake.file");
  CHECK(line.server.order.size() == wire::max_ops);
  CHECK_FALSE(exchange(line).more);
  CHECK(line.server.order.size() == 251);
  CHECK(pending(line) == 0);
}

TEST_CASE("A long feed is read page by page, and the mirror says that it is not complete yet") {
  Line line;
  line.server.feed_page = 2;
  for (const char* key : {"a", "b", "c"}) line.server.tell(test::change("slot", key, "{}"));
  CHECK(exchange(line).more);
  CHECK_FALSE(line.state().caught_up);
  CHECK_FALSE(exchange(line).more);
  CHECK(line.state().caught_up);
  CHECK(must(store::find_state(line.store, "slot", "c")));
}

TEST_CASE("A server in another life gets everything it lost again, and the feed from its start") {
  Line line;
  const std::string first = append(line.store, "booking.request");
  const std::string second = append(line.store, "assist.call");
  line.server.tell(test::change("slot", "gone", "{}"));
  exchange(line);
  REQUIRE(pending(line) == 0);

  line.server.forget("e2");
  line.server.tell(test::change("slot", "new", "{}"));
  const syncing::Exchange done = exchange(line);
  CHECK(done.next_poll == std::chrono::seconds{1});
  CHECK(line.delivery(first) == Delivery::waiting);
  CHECK(line.delivery(second) == Delivery::waiting);
  CHECK_FALSE(must(store::find_state(line.store, "slot", "gone")));

  exchange(line);
  CHECK(line.delivery(first) == Delivery::accepted);
  CHECK(line.server.order.size() == 2);
  CHECK_FALSE(line.server.saw_other_bytes);
  CHECK(must(store::find_state(line.store, "slot", "new")));
  CHECK(line.state().epoch == "e2");
}

TEST_CASE("A server that forgot without saying so is found out by how far it has come") {
  Line line;
  append(line.store, "booking.request");
  append(line.store, "assist.call");
  exchange(line);
  line.server.forget("e1");
  const std::string third = append(line.store, "assist.call");
  exchange(line);
  CHECK(line.delivery(third) == Delivery::accepted);  // its result is of this life
  CHECK(pending(line) == 2);
  exchange(line);
  CHECK(pending(line) == 0);
  CHECK(line.server.bytes.size() == 3);
}

TEST_CASE("A hole that the outbox cannot fill any more does not make the kiosk rewind for ever") {
  Line line;
  append(line.store, "assist.call");
  exchange(line);
  line.world.clock.advance(std::chrono::days{8});
  must(store::tidy(line.store));
  line.server.forget("e2");
  append(line.store, "assist.call");
  exchange(line);
  exchange(line);
  CHECK(line.state().applied_through == 0);  // the first op is gone for good
  CHECK(exchange(line).next_poll > std::chrono::seconds{1});
  CHECK(pending(line) == 0);
}

TEST_CASE("A refusal of the whole request stops, keeps every op and the reason") {
  Line line;
  const std::string id = append(line.store, "booking.request");
  wire::Problem problem;
  problem.status = 403;
  problem.code = "kiosk_retired";
  line.server.answers.push_back({403, {}, wire::to_json(problem)});
  const syncing::Exchange done = exchange(line);
  CHECK(done.answer.kind == Kind::stopped);
  CHECK(line.delivery(id) == Delivery::waiting);
  CHECK(line.state().last_error == "kiosk_retired");
}

TEST_CASE("Hostile answers leave everything as it was") {
  Line line;
  append(line.store, "booking.request");
  line.server.tell(test::change("slot", "s1", R"({"taken":1})"));
  exchange(line);
  const std::string waiting = append(line.store, "booking.request");
  const std::string before = picture(line);

  const std::string deep(100'000, '[');
  const std::string good_head = R"({"epoch":"e1","time":"2026-11-23T09:42:00+08:00",)";
  for (const std::string& body : {
           std::string(),
           std::string("<html>captive portal</html>"),
           std::string("null"),
           std::string("[]"),
           deep,
           std::string("{\"epoch\":\"\xFF\"}"),
           std::string(R"({"epoch":7,"time":[],"applied_through":"x"})"),
           good_head + R"("applied_through":NaN,"cursor":"9","results":[],"changes":[]})",
           good_head + R"("applied_through":1e400,"cursor":"9","results":[],"changes":[]})",
           good_head + R"("applied_through":1,"cursor":"9","results":{},"changes":[]})",
           good_head + R"("applied_through":1,"cursor":")" + std::string(2'000'000, '9') +
               R"(","results":[],"changes":[]})",
           std::string(R"({"epoch":"","time":"","applied_through":1,"cursor":"9",)") +
               R"("results":[],"changes":[]})",
           good_head + R"("applied_through":1,"cursor":"9","results":[{"id":")" + waiting +
               R"(","status":"perhaps"}],"changes":[]})",
           good_head + R"("applied_through":1,"cursor":"9","results":[],)" +
               R"("changes":[{"t":"slot","k":"s1","v":"NaN","d":[]}]})",
           good_head + R"("applied_through":-1,"cursor":"9","results":[],"changes":[]})",
           good_head + R"("applied_through":1,"cursor":"9","next_poll_s":1,"results":[],)" +
               R"("changes":[{"t":"slot","k":"s2","v":1,"d":{"x":")" + std::string(5000, 'x') +
               R"("}}]})",
           good_head + R"("applied_through":1,"cursor":"9","next_poll_s":1,"results":[],)" +
               R"("changes":[{"t":"slot","k":")" + std::string(300, 'x') + R"(","v":1,"d":{}}]})",
           good_head + R"("applied_through":1,"cursor":"9","next_poll_s":1,"results":[{"id":")" +
               waiting + R"(","status":"deferred","code":")" + std::string(100, 'x') +
               R"(","data":{}}],"changes":[]})",
       }) {
    CAPTURE(body.substr(0, 120));
    line.server.answers.push_back({200, {}, body});
    CHECK(exchange(line).answer.kind == Kind::postponed);
    CHECK(picture(line) == before);
    CHECK(line.state().last_error == "broken_answer");
  }
}

TEST_CASE("A result for an op that was not sent is no result") {
  Line line;
  line.server.by_kind["ticket.draw"] = {
      .id = {}, .outcome = Outcome::deferred, .code = "busy", .data = "{}"};
  const std::string held_back = append(line.store, "ticket.draw");
  exchange(line);
  wire::SyncResponse response;
  response.epoch = "e1";
  response.results = {{.id = held_back, .outcome = Outcome::rejected, .code = "x", .data = "{}"},
                      {.id = "nobody's", .outcome = Outcome::rejected, .code = "x", .data = "{}"}};
  line.server.answers.push_back({200, {}, wire::to_json(response)});
  exchange(line);
  CHECK(line.delivery(held_back) == Delivery::waiting);
  CHECK(must(store::refused_ops(line.store)).empty());
}

TEST_CASE("Numbers and times without sense do no harm") {
  Line line;
  wire::SyncResponse response;
  response.epoch = "e1";
  response.time = "not a time";
  response.next_poll_s = -5;
  line.server.answers.push_back({200, {}, wire::to_json(response)});
  CHECK(exchange(line).next_poll == std::chrono::seconds{1});
  CHECK(line.state().clock_offset == base::Milliseconds{0});
  response.next_poll_s = 1'000'000;
  line.server.answers.push_back({200, {}, wire::to_json(response)});
  CHECK(exchange(line).next_poll == std::chrono::hours{1});
}

TEST_CASE("A server that promises more without moving on is not asked in a circle") {
  Line line;
  wire::SyncResponse response;
  response.epoch = "e1";
  response.time = "2026-11-23T09:42:00+08:00";
  response.more = true;
  line.server.answers.push_back({200, {}, wire::to_json(response)});
  CHECK_FALSE(exchange(line).more);
}

TEST_CASE("The clock's offset is learnt from every answer, and the center's time is handed on") {
  Line line;
  line.server.ahead = std::chrono::seconds{90};
  CHECK(exchange(line).server_time == line.world.clock.now() + std::chrono::seconds{90});
  CHECK(line.state().clock_offset == std::chrono::seconds{90});
  CHECK(store::clock_trusted(line.state()));
  line.server.ahead = std::chrono::hours{2};
  exchange(line);
  CHECK_FALSE(store::clock_trusted(line.state()));
  CHECK(line.state().last_success == line.world.clock.now() + std::chrono::hours{2});
}

TEST_CASE("States counted from the beginning leave nothing of what was known before") {
  Line line;
  line.server.tell(test::change("slot", "invented", "{}"));
  exchange(line);
  wire::SyncResponse response;
  response.epoch = "e1";
  response.cursor = "c1:2";
  response.afresh = true;
  response.changes = {test::change("slot", "real", "{}")};
  line.server.answers.push_back({200, {}, wire::to_json(response)});
  exchange(line);
  CHECK_FALSE(must(store::find_state(line.store, "slot", "invented")));
  CHECK(must(store::find_state(line.store, "slot", "real")));
}

TEST_CASE("A feed without end does not fill the kiosk") {
  Line line;
  must(line.store.database().execute(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) "
      "INSERT INTO mirror SELECT 'slot', 'k' || i, '{}' FROM n"));
  wire::SyncResponse response;
  response.epoch = "e1";
  response.cursor = "c1:2";
  response.more = true;
  response.changes = {test::change("slot", "one too many", "{}")};
  line.server.answers.push_back({200, {}, wire::to_json(response)});
  const syncing::Exchange done = exchange(line);
  CHECK_FALSE(done.more);
  CHECK(line.state().last_error == "feed_too_large");
  CHECK_FALSE(line.state().caught_up);
  CHECK(line.state().cursor.empty());
  CHECK(must(line.store.database().integer("SELECT count(*) FROM mirror")) == 0);
  line.server.tell(test::change("slot", "s1", "{}"));
  exchange(line);
  CHECK(line.state().last_error.empty());
  CHECK(must(store::find_state(line.store, "slot", "s1")));
}

TEST_CASE("What somebody else accepted in the server's place is sent to the server") {
  Line line;
  append(line.store, "assist.call");
  exchange(line);
  const std::string id = append(line.store, "booking.request");
  wire::SyncResponse lie;
  lie.epoch = "e1";
  lie.applied_through = 1;
  lie.results = {{.id = id, .outcome = Outcome::applied, .code = {}, .data = "{}"}};
  line.server.answers.push_back({200, {}, wire::to_json(lie)});
  exchange(line);
  REQUIRE(line.delivery(id) == Delivery::accepted);

  exchange(line);  // the server has one op, and the next one is settled here
  CHECK(line.delivery(id) == Delivery::waiting);
  exchange(line);
  CHECK(line.delivery(id) == Delivery::accepted);
  CHECK(line.server.bytes.contains(id));
  exchange(line);
  CHECK(line.server.ids.size() == 2);  // and then it is quiet
}

TEST_CASE("A program that ends in the middle of a request leaves no error behind") {
  Line line;
  line.server.faults = {FakeServer::Fault::lose_request};
  std::stop_source stop;
  stop.request_stop();
  must(syncing::exchange_once(line.store, line.client, stop.get_token()));
  CHECK(line.state().last_error.empty());
}

TEST_CASE("Visitors confirm on one connection while another one exchanges") {
  Line line;
  constexpr int visitors = 40;
  std::jthread ui([&line] {
    const base::SystemClock clock;
    base::SystemChance chance;
    auto store = store::Store::open(line.world.folder.path(), base::World{clock, chance});
    for (int i = 0; store && i < visitors; ++i) {
      const auto id = store->write([](store::Writer& writer) {
        return writer.append({.kind = "assist.call", .record = {}, .body = "{}", .legal_day = {}});
      });
      if (!id) return;
    }
  });
  while (line.server.order.size() < visitors) exchange(line);
  ui.join();
  CHECK(line.server.order.size() == visitors);
  CHECK(pending(line) == 0);
  CHECK(line.state().applied_through == visitors);
}

TEST_CASE("The days to keep ops are learnt, and never fewer than usual") {
  Line line;
  wire::SyncResponse response;
  response.epoch = "e1";
  response.time = "2026-11-23T09:42:00+08:00";
  const auto told = [&](int days) {
    response.keep_days = days;
    line.server.answers.push_back({200, {}, wire::to_json(response)});
    exchange(line);
    return line.state().keep_days;
  };
  CHECK(told(14) == 14);
  CHECK(told(0) == 7);
  CHECK(told(1) == 7);
  CHECK(told(100'000) == 60);
}

TEST_CASE("What a server refuses that has just forgotten is asked again behind what it lost") {
  Line line;
  const std::string draw = append(line.store, "ticket.draw");
  exchange(line);
  line.server.forget("e2");
  line.server.by_kind["ticket.issue"] = {
      .id = {}, .outcome = Outcome::rejected, .code = "no_match", .data = "{}"};
  const std::string issue = append(line.store, "ticket.issue", draw);
  exchange(line);
  CHECK(line.delivery(issue) == Delivery::waiting);
  line.server.by_kind.clear();
  exchange(line);
  CHECK(line.delivery(draw) == Delivery::accepted);
  CHECK(line.delivery(issue) == Delivery::accepted);
}
