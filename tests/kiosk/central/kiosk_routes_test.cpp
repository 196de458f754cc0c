#include "kiosk/central/kiosk_routes.h"

#include <atomic>
#include <thread>

#include "tests/kiosk/central/client.h"

namespace {

constexpr const char* slot = "consult|onsite|2026-11-24T14:00";  // two seats

wire::Op call(test::Outbox& outbox) {
  return outbox.op("assist.call", wire::to_json(wire::AssistCall{"home"}));
}

TEST_CASE("a kiosk enrols, sends and hears what came of it") {
  test::RunningServer server;
  auto client = server.enrolled();
  CHECK(client.kiosk.number == 1);
  CHECK(client.kiosk.center_id == "sample");
  test::Outbox outbox(server.bench.clock, 7);
  const auto answer = test::synced(
      client.sync({server.bench.booking(outbox, server.bench.visitor(), slot), call(outbox)}));
  CHECK(answer.epoch == client.kiosk.epoch);
  CHECK(answer.time == "2026-11-23T09:42:00+08:00");
  CHECK(answer.applied_through == 2);
  CHECK(answer.next_poll_s == 20);
  CHECK(answer.manifest == server.content.manifest_sha256);
  CHECK(test::promise(answer.results.at(0)) == "confirmed");
  CHECK(answer.more);
  CHECK(answer.changes.size() == central::feed_page);
}

TEST_CASE("the same bytes again, after an answer that got lost, change nothing") {
  test::RunningServer server;
  auto client = server.enrolled();
  test::Outbox outbox(server.bench.clock, 7);
  http::Request request = client.request("POST", "/v1/sync");
  wire::SyncRequest body;
  body.ops = {wire::to_json(server.bench.booking(outbox, server.bench.visitor(), slot))};
  request.body = wire::to_json(body);
  client.sign(request);
  const auto first = test::synced(client.send(request));
  const auto again = test::synced(client.send(request));
  CHECK(first.results.at(0).outcome == wire::Outcome::applied);
  CHECK(again.results.at(0).outcome == wire::Outcome::duplicate);
  CHECK(again.results.at(0).data == first.results.at(0).data);
  CHECK(server.bench.taken(client.kiosk.kiosk_id, slot) == 1);
}

TEST_CASE("another epoch's cursor is worth nothing, ours is") {
  test::RunningServer server;
  auto client = server.enrolled();
  const auto poll = [&](const std::string& epoch, const std::string& cursor) {
    const wire::SyncRequest body{epoch, cursor, {{"person", "2026-11-23"}}, {}};
    return test::synced(client.post_signed("/v1/sync", wire::to_json(body)));
  };
  const auto first = poll(client.kiosk.epoch, "");
  const auto second = poll(client.kiosk.epoch, first.cursor);
  CHECK(second.changes.size() == 86);
  CHECK_FALSE(second.more);
  CHECK(poll("another", second.cursor).changes.size() == 200);
  CHECK(poll(client.kiosk.epoch, second.cursor).changes.empty());
}

TEST_CASE("a kiosk that has no key for today's telephone numbers is told it, once a day") {
  test::RunningServer server;
  auto client = server.enrolled();
  const auto keys = [&](const std::string& cursor, std::map<std::string, std::string> have) {
    const wire::SyncRequest body{client.kiosk.epoch, cursor, std::move(have), {}};
    const auto answer = test::synced(client.post_signed("/v1/sync", wire::to_json(body)));
    std::vector<std::string> days;
    for (const wire::Change& change : answer.changes) {
      if (change.type == "key") days.push_back(wire::parse_day_key(change.data)->day);
    }
    return std::pair(answer.cursor, days);
  };
  const auto [part, none] = keys("", {});
  CHECK(none.empty());  // there is more to read first
  const auto [read, today] = keys(part, {});
  CHECK(today == std::vector<std::string>{"2026-11-23"});
  CHECK(keys(read, {{"person", "2026-11-23"}}).second.empty());
  server.bench.clock.advance(std::chrono::hours{24});
  CHECK(keys(read, {{"person", "2026-11-23"}}).second == std::vector<std::string>{"2026-11-24"});
}

TEST_CASE("what is not signed by an enrolled kiosk is refused") {
  test::RunningServer server;
  auto client = server.enrolled();
  const std::string body = wire::to_json(wire::SyncRequest{});
  CHECK(test::problem_code(client.post("/v1/sync", body)) == "unsigned");

  auto stranger = server.client();
  stranger.kiosk.kiosk_id = "0199c0de-0000-7000-8000-000000000001";
  const auto unknown = stranger.post_signed("/v1/sync", body);
  CHECK(unknown.status == 401);
  CHECK(test::problem_code(unknown) == "kiosk_unknown");

  stranger.kiosk = client.kiosk;
  const auto forged = stranger.post_signed("/v1/sync", body);
  CHECK(forged.status == 401);
  CHECK(test::problem_code(forged) == "bad_signature");

  http::Request changed = client.request("POST", "/v1/sync", body);
  client.sign(changed);
  changed.body += " ";
  CHECK(test::problem_code(client.send(changed)) == "bad_signature");
  http::Request other_path = client.request("POST", "/v1/sync", body);
  client.sign(other_path);
  other_path.url = client.request("POST", "/v1/lookup").url;
  CHECK(test::problem_code(client.send(other_path)) == "bad_signature");
}

TEST_CASE("a clock more than five minutes off is told the server's time") {
  test::RunningServer server;
  auto client = server.enrolled();
  const base::Instant now = server.bench.clock.now();
  const auto at = [&](base::Milliseconds offset) {
    http::Request request = client.request("POST", "/v1/sync", wire::to_json(wire::SyncRequest{}));
    client.sign_at(request, now + offset);
    return client.send(request);
  };
  CHECK(at(std::chrono::minutes{5}).status == 200);
  CHECK(at(-std::chrono::minutes{5}).status == 200);
  for (const base::Milliseconds offset :
       {base::Milliseconds{300001}, base::Milliseconds{-300001}}) {
    const auto problem = wire::parse_problem(at(offset).body);
    REQUIRE(problem);
    CHECK(problem->status == 401);
    CHECK(problem->code == "skew");
    CHECK(base::parse_rfc3339(problem->time) == now);
  }
}

TEST_CASE("bodies may come compressed, but no bomb unfolds") {
  test::RunningServer server;
  auto client = server.enrolled();
  test::Outbox outbox(server.bench.clock, 7);
  const auto post_gzip = [&](const std::string& text) {
    http::Request request = client.request("POST", "/v1/sync", http::gzip(text));
    request.headers["Content-Encoding"] = "gzip";
    client.sign(request);
    return client.send(request);
  };
  wire::SyncRequest body;
  body.ops = {wire::to_json(call(outbox))};
  CHECK(test::synced(post_gzip(wire::to_json(body))).applied_through == 1);
  const auto bomb = post_gzip(std::string(std::size_t{64} << 20U, ' '));
  CHECK(bomb.status == 413);
  CHECK(test::problem_code(bomb) == "too_large");
  http::Request damaged = client.request("POST", "/v1/sync", "no gzip");
  damaged.headers["Content-Encoding"] = "gzip";
  client.sign(damaged);
  CHECK(test::problem_code(client.send(damaged)) == "bad_gzip");
}

TEST_CASE("what is too long, no message or too many ops is refused whole") {
  test::RunningServer server;
  auto client = server.enrolled();
  CHECK(client.post_signed("/v1/sync", std::string((std::size_t{1} << 20U) + 1, ' ')).status ==
        413);
  for (const char* body : {"", "{", "[]", "{\"ops\":[1]}", "{\"ops\":[{}]}"}) {
    const auto refused = client.post_signed("/v1/sync", body);
    CHECK(refused.status == 400);
    CHECK(test::problem_code(refused) == "bad_message");
  }
  test::Outbox outbox(server.bench.clock, 7);
  std::vector<wire::Op> ops;
  for (std::size_t i = 0; i <= wire::max_ops; ++i) ops.push_back(call(outbox));
  CHECK(client.sync(ops).status == 400);
  ops.pop_back();
  CHECK(test::synced(client.sync(ops)).applied_through == 200);
}

TEST_CASE("an id used for another op is refused, the ops behind it are applied") {
  test::RunningServer server;
  auto client = server.enrolled();
  test::Outbox outbox(server.bench.clock, 7);
  const wire::Op first = call(outbox);
  test::synced(client.sync({first}));
  wire::Op thief = call(outbox);
  thief.id = first.id;
  const auto answer = test::synced(client.sync({thief, call(outbox)}));
  CHECK(answer.results.at(0).code == "id_reuse");
  CHECK(answer.results.at(1).outcome == wire::Outcome::applied);
}

TEST_CASE("a kiosk that lost an answer and then its key sends the same bytes and goes on") {
  test::RunningServer server;
  auto before = server.enrolled();
  test::Outbox outbox(server.bench.clock, 7);
  const std::vector<wire::Op> ops = {
      server.bench.booking(outbox, server.bench.visitor(), slot),
      outbox.op("ticket.draw", wire::to_json(wire::TicketDraw{"notary", "", "2026-11-23"}))};
  const auto lost = test::synced(before.sync(ops));
  server.bench.clock.advance(std::chrono::minutes{3});

  auto after = server.enrolled();
  CHECK(after.kiosk.number == 2);
  const wire::Op paper =
      outbox.op("ticket.issue", wire::to_json(wire::TicketIssue{ops[1].id, "B1-01"}));
  const auto answer = test::synced(after.sync({ops[0], ops[1], paper}));
  for (std::size_t i = 0; i < ops.size(); ++i) {
    CHECK(answer.results.at(i).outcome == wire::Outcome::duplicate);
    CHECK(answer.results.at(i).data == lost.results.at(i).data);
  }
  CHECK(answer.results.at(2).outcome == wire::Outcome::applied);
  CHECK(server.bench.taken(after.kiosk.kiosk_id, slot) == 1);
  CHECK(server.bench.record_state(after.kiosk.kiosk_id, ops[0].id) == "confirmed");
}

TEST_CASE("fifty visitors ask for the last two seats at once: two are booked, the others wait") {
  test::RunningServer server;
  std::vector<test::Client> clients;
  for (int i = 0; i < 10; ++i) clients.push_back(server.enrolled());
  std::atomic<int> confirmed = 0;
  std::atomic<int> waitlisted = 0;
  {
    std::vector<std::jthread> threads;
    for (std::size_t each = 0; each < clients.size(); ++each) {
      threads.emplace_back([&, each] {
        test::Outbox outbox(server.bench.clock, 100 + each);
        test::SeededChance chance(each);
        for (int i = 0; i < 5; ++i) {
          const test::Visitor visitor{wire::make_case_code(chance)};
          const auto response = clients[each].sync({server.bench.booking(outbox, visitor, slot)});
          const auto answer = wire::parse_sync_response(response.body);
          if (!answer) continue;
          confirmed += test::promise(answer->results.at(0)) == "confirmed";
          waitlisted += test::promise(answer->results.at(0)) == "waitlisted";
        }
      });
    }
  }
  CHECK(confirmed == 2);
  CHECK(waitlisted == 48);
  CHECK(server.bench.taken(clients[0].kiosk.kiosk_id, slot) == 2);
}

TEST_CASE("an enrolment code works once, and guessing is slowed down") {
  test::RunningServer server;
  const std::string code = server.enrol_code();
  auto first = server.client();
  CHECK(first.enrol(code).status == 200);
  auto second = server.client();
  const auto refused = second.enrol(code);
  CHECK(refused.status == 403);
  CHECK(test::problem_code(refused) == "code_invalid");
  CHECK(test::problem_code(second.post("/v1/enrol", "{}")) == "bad_message");
  int tries = 3;
  while (second.enrol(code).status != 429 && tries < 100) ++tries;
  CHECK(tries == 20);
  server.bench.clock.advance(std::chrono::minutes{1});
  CHECK(second.enrol(server.enrol_code()).status == 200);
}

TEST_CASE("a look-up tells what a code is about, and locks after five wrong tries") {
  test::RunningServer server;
  auto client = server.enrolled();
  test::Outbox outbox(server.bench.clock, 7);
  const auto visitor = server.bench.visitor();
  test::synced(client.sync({server.bench.booking(outbox, visitor, slot)}));
  const auto look_up = [&](std::string last4) {
    return client.post_signed("/v1/lookup",
                              wire::to_json(wire::LookupRequest{visitor.code, std::move(last4)}));
  };
  const auto found = wire::parse_lookup_response(look_up("1234").body);
  REQUIRE(found);
  CHECK(found->kind == "booking");
  CHECK(found->slot.start == "14:00");
  for (int i = 0; i < 5; ++i) {
    const auto wrong = look_up("0000");
    CHECK(wrong.status == 404);
    CHECK(test::problem_code(wrong) == "no_match");
  }
  const auto locked = look_up("1234");
  CHECK(locked.status == 429);
  CHECK(test::problem_code(locked) == "locked");
  CHECK(locked.headers.at("retry-after") == "3600");
  CHECK(client.post("/v1/lookup", "{}").status == 401);
}

TEST_CASE("anybody with a code may ask for its state, but not for many") {
  test::RunningServer server;
  auto client = server.enrolled();
  test::Outbox outbox(server.bench.clock, 7);
  const auto visitor = server.bench.visitor();
  test::synced(client.sync({server.bench.booking(outbox, visitor, slot)}));
  auto phone = server.client();
  const auto found = phone.get("/v1/status/" + visitor.code);
  CHECK(found.status == 200);
  CHECK(wire::parse_lookup_response(found.body)->record.state == "confirmed");
  CHECK(found.body.find("王小明") == std::string::npos);
  CHECK(phone.get("/v1/status/x").status == 404);
  CHECK(phone.get("/v1/status/" + server.bench.visitor().code).status == 404);
  for (int i = 0; i < 57; ++i) CHECK(phone.get("/v1/status/x").status == 404);
  const auto enough = phone.get("/v1/status/" + visitor.code);
  CHECK(enough.status == 429);
  CHECK(enough.headers.at("retry-after") == "60");
}

TEST_CASE(
    "behind the proxy of the settings the limit is each visitor's own; nobody else is believed") {
  for (const bool proxied : {true, false}) {
    test::RunningServer server({}, {.proxy = proxied ? "127.0.0.1" : "192.0.2.1"});
    auto client = server.client();
    const auto ask_as = [&](std::string_view address) {
      http::Request request = client.request("GET", "/v1/status/x");
      request.headers["X-Real-IP"] = address;
      return client.send(request).status;
    };
    for (int i = 0; i < 60; ++i) CHECK(ask_as("198.51.100.7") == 404);
    CHECK(ask_as("198.51.100.7") == 429);
    CHECK(ask_as("198.51.100.8") == (proxied ? 404 : 429));
  }
}

// A folder with one law pack in front; the server does not look inside.
struct LawFolder {
  explicit LawFolder(const std::string& bytes) : sha256(crypto::sha256_hex(bytes)) {
    REQUIRE(base::replace_file(folder / (sha256 + ".lawpack"), bytes));
    REQUIRE(base::replace_link(folder / "current", sha256 + ".lawpack"));
  }
  std::optional<central::LawPack> open() { return central::LawPack::open(folder.path()).value(); }

  test::TempFolder folder;
  std::string sha256;
};

TEST_CASE("the law pack is in the manifest and comes in ranges") {
  const std::string law = "0123456789" + std::string(std::size_t{3} << 20U, 'x');
  LawFolder folder(law);
  test::RunningServer server(folder.open());
  auto client = server.client();
  const auto manifest = wire::parse_manifest(client.get("/v1/manifest").body);
  REQUIRE(manifest);
  REQUIRE(manifest->packs.size() == 2);
  CHECK(manifest->packs[1].name == wire::law_pack);
  CHECK(manifest->packs[1].sha256 == folder.sha256);
  CHECK(manifest->packs[1].size == static_cast<std::int64_t>(law.size()));

  const auto part = [&](const std::string& range) {
    http::Request request = client.request("GET", "/v1/packs/" + folder.sha256);
    if (!range.empty()) request.headers["Range"] = range;
    return client.send(request);
  };
  const auto digits = part("bytes=2-5");
  CHECK(digits.status == 206);
  CHECK(digits.body == "2345");
  CHECK(digits.headers.at("content-range") == fmt::format("bytes 2-5/{}", law.size()));
  CHECK(part(fmt::format("bytes={}-99999999", law.size() - 3)).body == "xxx");
  for (const std::string bad : {"", "bytes=5-2", "bytes=0-", "bytes=-5", "bytes=0-1,4-5",
                                "lines=0-1", "bytes=99999999-99999999", "bytes=0-2097152"}) {
    CAPTURE(bad);
    CHECK(part(bad).status == 416);
  }
}

TEST_CASE("a law pack that is not what its name says is not offered") {
  LawFolder folder("law");
  REQUIRE(base::replace_file(folder.folder / (folder.sha256 + ".lawpack"), "other"));
  CHECK(central::LawPack::open(folder.folder.path()).error().code == "bad_hash");
  const test::TempFolder empty;
  CHECK_FALSE(central::LawPack::open(empty.path()).value());
}

TEST_CASE("a manifest that is known already is not sent again") {
  test::RunningServer server;
  auto client = server.client();
  const auto first = client.get("/v1/manifest");
  http::Request request = client.request("GET", "/v1/manifest");
  request.headers["If-None-Match"] = first.headers.at("etag");
  const auto again = client.send(request);
  CHECK(again.status == 304);
  CHECK(again.body.empty());
}

TEST_CASE("the manifest names the pack, and the pack is what its name says") {
  test::RunningServer server;
  auto client = server.client();
  const std::string text = client.get("/v1/manifest").body;
  CHECK(crypto::sha256_hex(text) == server.content.manifest_sha256);
  const auto manifest = wire::parse_manifest(text);
  REQUIRE(manifest);
  CHECK(manifest->version == 1);
  const wire::PackEntry& entry = manifest->packs.at(0);
  CHECK(entry.name == "catalogue");
  const auto pack = client.get("/v1/packs/" + entry.sha256);
  CHECK(pack.headers.at("content-encoding") == "gzip");
  CHECK(crypto::sha256_hex(pack.body) == entry.sha256);
  CHECK(static_cast<std::int64_t>(pack.body.size()) == entry.size);
  CHECK(wire::parse_catalogue_pack(pack.body)->at("menu.toml").size() == 2000);
  CHECK(client.get("/v1/packs/" + std::string(64, '0')).status == 404);
}

TEST_CASE("the server says that it lives and that it is ready; other paths do not exist") {
  test::RunningServer server;
  auto client = server.client();
  CHECK(client.get("/healthz").status == 200);
  CHECK(client.get("/readyz").status == 200);
  for (const char* path : {"/v1/", "/v1/sync", "/v2/sync", "/../etc/passwd", "/office.css/x"}) {
    CHECK(client.get(path).status == 404);
  }
}

TEST_CASE("kiosks are told how long to keep what they have sent, when it is longer than usual") {
  test::RunningServer server;
  test::Client client = server.enrolled();
  CHECK(client.sync({}).body.find("keep_days") == std::string::npos);
  server.bench.center.kiosks_keep_days = 14;
  CHECK(test::synced(client.sync({})).keep_days == 14);
}

}  // namespace
