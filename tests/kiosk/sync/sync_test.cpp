#include "kiosk/sync/sync.h"

#include "kiosk/store/packs.h"
#include "tests/kiosk/sync/fake_server.h"

using Kind = syncing::LookupAnswer::Kind;
using test::append;
using test::FakeServer;
using test::must;
using namespace std::chrono_literals;

namespace {

struct Engine : test::Line {
  syncing::Lookup lookup;
  base::Log log{world.clock, -1};  // nobody reads it
  std::string enrol_code;
  base::ToldClock told{world.clock};
  std::optional<syncing::Sync> started;

  syncing::Sync& sync() {
    if (!started) {
      started.emplace(store, server, key,
                      syncing::Options{test::server_address, enrol_code, nullptr, &told}, lookup,
                      log);
    }
    return *started;
  }
  // Lets time pass to the next deed and does it.
  void step() {
    const base::Tick now = world.clock.tick();
    if (sync().due() > now) world.clock.advance(sync().due() - now);
    sync().run({});
  }
  std::string last_path() { return server.requests.back().url.substr(test::server_address.size()); }
  Kind look_up(std::string code = "7K4M2-9QXRC") {
    lookup.serve([] {});
    lookup.ask(std::move(code), "1234");
    REQUIRE(sync().answer_lookup({}));
    return lookup.answer().kind;
  }
};

}  // namespace

TEST_CASE("An exchange comes at once, then when the server asked, and sooner for a visitor") {
  Engine it;
  CHECK(it.sync().run({}));
  CHECK_FALSE(it.sync().run({}));  // nothing is due
  CHECK(it.sync().due() - it.world.clock.tick() == 20s);
  append(it.store, "booking.request");
  it.sync().op_added();
  CHECK(it.sync().run({}));
  CHECK(it.server.order.size() == 1);
}

TEST_CASE("Without a network the kiosk probes, and the first answer ends the wait") {
  Engine it;
  append(it.store, "booking.request");
  it.server.faults.assign(4, FakeServer::Fault::lose_request);
  for (int i = 0; i < 4; ++i) it.step();
  CHECK(it.last_path() == "/healthz");
  CHECK(it.state().last_error == "connect");
  it.step();  // this probe is answered
  CHECK(it.server.order.empty());
  it.step();
  CHECK(it.last_path() == "/v1/sync");
  CHECK(it.server.order.size() == 1);
  CHECK(it.state().last_error.empty());
}

TEST_CASE("A route that comes back ends the back-off, and what waits is sent within a second") {
  Engine it;
  append(it.store, "booking.request");
  it.server.faults.assign(400, FakeServer::Fault::lose_request);
  while (it.sync().due() - it.world.clock.tick() < 60s) it.step();
  it.server.faults.clear();
  it.world.clock.advance(30s);
  CHECK_FALSE(it.sync().run({}));  // still waiting
  it.sync().route_changed();
  it.world.clock.advance(1s);
  CHECK(it.sync().run({}));
  CHECK(it.server.order.size() == 1);
  CHECK(it.state().last_error.empty());
}

TEST_CASE("A kiosk with a code enrols first, a kiosk without one says so and waits") {
  Engine it;
  it.save(store::SyncState{});
  it.server.public_key.clear();
  it.step();
  CHECK(it.state().last_error == "not_enrolled");
  CHECK(it.server.requests.empty());

  Engine with_code;
  with_code.save(store::SyncState{});
  with_code.server.public_key.clear();
  with_code.server.enrolment = wire::EnrolResponse{test::kiosk_id, 2, "center", "e1"};
  with_code.enrol_code = "right-code";
  append(with_code.store, "assist.call");
  with_code.step();
  CHECK(with_code.state().number == 2);
  CHECK(with_code.server.order.size() == 1);
}

TEST_CASE("A lost answer to the enrolment is mended by asking again") {
  Engine it;
  it.save(store::SyncState{});
  it.server.public_key.clear();
  it.server.enrolment = wire::EnrolResponse{test::kiosk_id, 2, "center", "e1"};
  it.enrol_code = "right-code";
  it.server.faults = {FakeServer::Fault::lose_reply};
  it.step();
  CHECK_FALSE(it.state().enrolled());
  it.step();
  CHECK(it.state().enrolled());
}

TEST_CASE("A center that no longer knows the kiosk takes it back with a new code") {
  Engine it;
  it.server.public_key = "another kiosk's";
  it.server.enrolment = wire::EnrolResponse{test::kiosk_id, 3, "center", "e2"};
  it.enrol_code = "right-code";
  append(it.store, "assist.call");
  it.step();
  CHECK(it.state().number == 3);
  it.server.epoch = "e2";
  it.step();
  CHECK(it.server.order.size() == 1);
}

TEST_CASE("A refusal is not repeated for every visitor, but staff may ask again") {
  Engine it;
  it.server.public_key = "another kiosk's";
  it.step();
  CHECK(it.state().last_error == "bad_signature");
  const std::size_t requests = it.server.requests.size();
  append(it.store, "assist.call");
  it.sync().op_added();
  CHECK_FALSE(it.sync().run({}));
  CHECK(it.server.requests.size() == requests);
  it.server.public_key = it.key.public_key();
  it.sync().asked();
  CHECK(it.sync().run({}));
  CHECK(it.server.order.size() == 1);
}

TEST_CASE("A server that is busy, full or asked too often is left alone as long as it says") {
  for (const auto& [status, code] : {std::pair(503, "storage_full"), std::pair(429, "too_many")}) {
    Engine it;
    it.server.answers = {{status,
                          {{"retry-after", "60"}},
                          wire::to_json(wire::Problem{status, code, "", true, ""})}};
    append(it.store, "booking.request");
    it.step();
    CHECK(it.state().last_error == code);
    CHECK(it.sync().due() - it.world.clock.tick() >= 60s);
    append(it.store, "assist.call");
    it.sync().op_added();
    it.sync().route_changed();
    it.world.clock.advance(59s);
    CHECK_FALSE(it.sync().run({}));
    CHECK(it.server.requests.size() == 1);
    it.step();
    CHECK(it.server.order.size() == 2);
    CHECK(it.state().last_error.empty());
  }
}

TEST_CASE("Content is not asked for sooner than the server says, ops go out meanwhile") {
  Engine it;
  wire::SyncResponse told;
  told.epoch = it.server.epoch;
  told.time = base::china_time.rfc3339(it.world.clock.now());
  told.manifest = it.server.manifest = crypto::sha256_hex("a manifest");
  it.server.answers = {{200, {}, wire::to_json(told)}, {503, {{"retry-after", "600"}}, ""}};
  const base::Tick start = it.world.clock.tick();
  it.step();
  CHECK(it.last_path() == "/v1/manifest");
  CHECK(it.state().content_error == "http_503");
  append(it.store, "assist.call");
  it.sync().op_added();
  do {
    it.step();
    if (it.world.clock.tick() - start < 600s) CHECK(it.last_path() == "/v1/sync");
  } while (it.last_path() == "/v1/sync");
  CHECK(it.server.order.size() == 1);
  CHECK(it.world.clock.tick() - start < 640s);
}

TEST_CASE("New content is fetched after the ops are out, once") {
  Engine it;
  const std::string bytes = "menu";
  const wire::Manifest manifest{
      .version = 1,
      .packs = {{"catalogue", crypto::sha256_hex(bytes), static_cast<std::int64_t>(bytes.size())}}};
  it.server.pages["/v1/manifest"] = wire::to_json(manifest);
  it.server.pages["/v1/packs/" + crypto::sha256_hex(bytes)] = bytes;
  it.server.manifest = crypto::sha256_hex(wire::to_json(manifest));
  for (int i = 0; i < 201; ++i) append(it.store, "assist.call");
  it.step();
  CHECK(it.server.requests.size() == 1);
  it.step();
  CHECK(it.server.order.size() == 201);
  CHECK(must(store::candidate_pack(it.store, "catalogue"))->bytes == "menu");
  const std::size_t requests = it.server.requests.size();
  it.step();
  CHECK(it.server.requests.size() == requests + 1);
}

TEST_CASE("A look-up is answered by the center: found, no match, locked, or no answer") {
  Engine it;
  wire::LookupResponse response;
  response.kind = "booking";
  response.id = "b1";
  response.record.state = "confirmed";
  it.server.pages["/v1/lookup"] = wire::to_json(response);
  CHECK(it.look_up() == Kind::found);
  CHECK(it.lookup.answer().found.id == "b1");
  CHECK(it.server.requests.back().method == "POST");
  const auto asked = must(wire::parse_lookup_request(it.server.requests.back().body));
  CHECK(asked.code == "7K4M2-9QXRC");

  it.server.pages.clear();
  CHECK(it.look_up() == Kind::no_match);
  wire::Problem locked;
  locked.status = 429;
  locked.code = "locked";
  it.server.answers.push_back({429, {}, wire::to_json(locked)});
  CHECK(it.look_up() == Kind::locked);
  it.server.faults = {FakeServer::Fault::lose_request};
  CHECK(it.look_up() == Kind::offline);
  it.server.answers.push_back({200, {}, "[]"});
  CHECK(it.look_up() == Kind::offline);
}

TEST_CASE("A look-up leaves nothing on the disk") {
  Engine it;
  const auto before = must(it.store.database().integer("SELECT total_changes()"));
  it.look_up();
  CHECK(must(it.store.database().integer("SELECT total_changes()")) == before);
}

TEST_CASE("A kiosk the center does not know cannot look anything up") {
  Engine it;
  it.save(store::SyncState{});
  CHECK(it.look_up() == Kind::offline);
  CHECK(it.server.requests.empty());
}

TEST_CASE("Content that cannot be fetched holds up nothing that visitors confirm") {
  Engine it;
  it.server.manifest = crypto::sha256_hex("a manifest nobody has");
  it.step();
  CHECK(it.state().content_error == "not_found");
  CHECK(it.state().last_error.empty());
  append(it.store, "booking.request");
  it.sync().op_added();
  CHECK(it.sync().run({}));
  CHECK(it.server.order.size() == 1);
}

TEST_CASE("Content that fails again and again is asked for ever more seldom") {
  Engine it;
  it.server.manifest = crypto::sha256_hex("a manifest nobody has");
  const base::Tick start = it.world.clock.tick();
  int asked = 0;
  while (it.world.clock.tick() - start < 3h) {
    it.step();
    asked += it.last_path() == "/v1/manifest" ? 1 : 0;
  }
  CHECK(asked > 3);
  CHECK(asked < 60);  // of 540 exchanges
}

TEST_CASE("Old rows go once a day, also while the line is dead") {
  Engine it;
  const std::string id = append(it.store, "assist.call");
  it.step();
  REQUIRE(it.delivery(id) == store::Delivery::accepted);
  it.world.clock.advance(std::chrono::days{8});
  it.server.faults = {FakeServer::Fault::lose_request};
  it.step();
  CHECK_FALSE(must(store::find_op(it.store, id)));
}

TEST_CASE("Staff who asks has the content fetched as well, also right after it could not be") {
  Engine it;
  it.server.manifest = crypto::sha256_hex("a manifest nobody has");
  it.step();
  CHECK(it.last_path() == "/v1/manifest");
  it.sync().asked();
  CHECK(it.sync().run({}));
  CHECK(it.last_path() == "/v1/manifest");
}

TEST_CASE(
    "The center's time is known from the first answer on, and no jump moves the next exchange") {
  Engine it;
  const base::Instant right = it.world.clock.now();
  it.world.clock.set(base::Instant{-std::chrono::days{3652}});
  it.server.ahead = right - it.world.clock.now();
  it.step();
  CHECK(it.state().last_error.empty());
  CHECK(it.server.requests.size() == 2);  // signed anew with the offset
  CHECK(it.told.certain());
  CHECK(it.told.now() == right);
  CHECK(it.state().clock_offset == it.server.ahead);
  const base::Tick due = it.sync().due();
  it.world.clock.set(right + std::chrono::days{3652});
  CHECK(it.sync().due() == due);
  CHECK(it.told.now() == right);
}

TEST_CASE(
    "A kiosk of a fleet remembers that it is one: it does not come in step after a power cut") {
  Engine it;
  wire::SyncResponse response;
  response.epoch = "e1";
  response.time = "2026-11-23T09:42:00+08:00";
  response.next_poll_s = 300;
  response.fleet = true;
  it.server.answers.push_back({200, {}, wire::to_json(response)});
  it.step();
  it.server.faults.assign(1, FakeServer::Fault::lose_request);
  append(it.store, "booking.request");
  it.sync().op_added();
  CHECK(it.sync().run({}));
  CHECK(it.sync().due() - it.world.clock.tick() > 2s);  // alone it would probe after one
  it.started.reset();
  CHECK(it.sync().due() > it.world.clock.tick());
  CHECK(it.sync().due() - it.world.clock.tick() <= 300s);
}

TEST_CASE("A server that always has more is asked at once for a while, then at the pace of polls") {
  Engine it;
  it.server.feed_page = 1;
  for (int i = 0; i < 700; ++i) {
    it.server.tell(test::change("slot", "k" + std::to_string(i), "{}"));
  }
  int at_once = 0;
  while (it.sync().run({})) ++at_once;
  CHECK(at_once == 500);
  CHECK(it.sync().due() - it.world.clock.tick() == 20s);
}
