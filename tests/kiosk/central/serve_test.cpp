#include "kiosk/central/serve.h"

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "tests/kiosk/central/client.h"
#include "tests/kiosk/central/program.h"
#include "tests/platform/http/raw_socket.h"
#include "tests/support/must.h"
#include "tests/support/own_certificate.h"

namespace {

struct Place {
  test::TempFolder folder;
  base::SystemClock clock;

  [[nodiscard]] std::vector<std::string> words(std::vector<std::string> first = {}) const {
    first.insert(first.end(), {"--config", KIOSK_CONFIG, "--data", folder.path().string()});
    return first;
  }
  [[nodiscard]] std::vector<std::string> serve() const {
    return words({"--listen", "127.0.0.1:0"});
  }
  [[nodiscard]] std::string enrol_code() const {
    test::Program program(words({"enrol-code"}));
    std::string code = program.line();
    CHECK(program.wait() == 0);
    return code;
  }
};

TEST_CASE("the server starts with the sample configuration, enrols by a printed code and stops") {
  const Place place;
  test::Program program(place.serve());
  test::Client client(program.port(), place.clock);
  CHECK(client.get("/readyz").status == 200);
  CHECK(client.enrol(place.enrol_code()).status == 200);
  const auto answer = test::synced(client.sync({}));
  CHECK_FALSE(answer.changes.empty());
  CHECK_FALSE(answer.manifest.empty());
  CHECK(client.get("/office/view").status == 200);
  program.signal(SIGTERM);
  CHECK(program.wait() == 0);
}

TEST_CASE("a second server on the same folder says so and leaves") {
  const Place place;
  test::Program first(place.serve());
  first.port();
  test::Program second(place.serve());
  CHECK(second.wait() == 2);
  first.signal(SIGINT);
  CHECK(first.wait() == 0);
  test::Program third(place.serve());
  third.port();
}

TEST_CASE("what is not understood ends with 2, what does not work with 1, help with 0") {
  const Place place;
  const auto outcome = [](std::vector<std::string> words) {
    return test::Program(std::move(words)).wait();
  };
  CHECK(outcome({"--help"}) == 0);
  CHECK(outcome({"--nonsense", "1"}) == 2);
  CHECK(outcome({"--listen", "nowhere"}) == 2);
  CHECK(outcome({"--config", place.folder.path().string()}) == 1);
  CHECK(outcome(place.words({"enrol-code"})) == 1);  // no server has run here
  CHECK(outcome(place.words({"--listen", "192.0.2.1:1"})) == 1);
}

TEST_CASE("a configuration with a mistake is not served") {
  const Place place;
  const base::Path config = place.folder / "config";
  REQUIRE(base::make_folder(config));
  REQUIRE(base::replace_file(config / "central.toml", ""));
  REQUIRE(base::replace_file(config / "center.toml", "id = 7\n"));
  test::Program program({"--config", config.string(), "--data", place.folder.path().string()});
  CHECK(program.wait() == 1);
}

TEST_CASE("a server that starts erases what became too old while it was off") {
  const Place place;
  test::Client client(0, place.clock);
  {
    test::Program program(place.serve());
    client = test::Client(program.port(), place.clock);
    client.enrol(place.enrol_code());
    test::Outbox outbox(place.clock, 7);
    test::synced(client.sync({outbox.op("assist.call", wire::to_json(wire::AssistCall{"home"}))}));
    program.signal(SIGTERM);
    CHECK(program.wait() == 0);
  }
  const auto with_database = [&](auto work) {
    return work(sql::Database::open(place.folder / "central.db").value()).value();
  };
  with_database([](sql::Database database) {
    return database.run("UPDATE assist SET asked_ms = asked_ms - 40 * 86400000");
  });
  test::Program program(place.serve());
  client.move_to(program.port());
  while (client.get("/office/view").body.find(R"("calls":1,)") == std::string::npos) {
  }
  program.signal(SIGTERM);
  CHECK(program.wait() == 0);
  CHECK(with_database([](sql::Database database) {
          return database.integer("SELECT count(*) FROM assist");
        }) == 0);
}

TEST_CASE("with a certificate in its settings the server speaks TLS and nothing else") {
  const Place place;
  const test::OwnCertificate certificate;
  const base::Path config = place.folder / "config";
  std::filesystem::copy(KIOSK_CONFIG, config, std::filesystem::copy_options::recursive);
  const auto serve = [&](const base::Path& key) {
    REQUIRE(base::replace_file(config / "central.toml",
                               fmt::format("[tls]\ncertificate = \"{}\"\nkey = \"{}\"\n",
                                           certificate.chain().string(), key.string())));
    return std::vector<std::string>{"--config", config.string(),
                                    "--data",   place.folder.path().string(),
                                    "--listen", "127.0.0.1:0"};
  };
  CHECK(test::Program(serve("/nowhere.pem")).wait() == 1);
  test::Program program(serve(certificate.key()));
  const std::uint16_t port = program.port("https");
  test::Client client(port, place.clock, certificate.chain());
  CHECK(client.enrol(place.enrol_code()).status == 200);
  CHECK_FALSE(test::synced(client.sync({})).changes.empty());
  CHECK(client.get("/metrics").body.find("\nkiosk_central_certificate_expires_seconds 1") !=
        std::string::npos);
  test::Client plain(port, place.clock);
  CHECK_FALSE(plain.try_send(plain.request("GET", "/readyz")));
  program.signal(SIGTERM);
  CHECK(program.wait() == 0);
}

TEST_CASE("with few descriptors the server takes fewer connections, says so and goes on") {
  const Place place;
  // 100 connections that get a 503 and 64 files are set apart.
  test::Program program(place.serve(), {"sh", "-c", "ulimit -n 174 && exec \"$@\"", "sh"});
  const std::uint16_t port = program.port();
  test::Client client(port, place.clock);
  CHECK(client.enrol(place.enrol_code()).status == 200);
  std::vector<test::RawSocket> others;
  for (int i = 0; i < 200; ++i) others.push_back(test::RawSocket::connect(port));
  CHECK(others[20].receive_all().starts_with("HTTP/1.1 503"));
  CHECK(others[199].receive_all().empty());
  test::Outbox outbox(place.clock, 7);
  const wire::Op call = outbox.op("assist.call", wire::to_json(wire::AssistCall{"home"}));
  CHECK(test::synced(client.sync({call})).applied_through == 1);
  program.signal(SIGTERM);
  CHECK(program.wait() == 0);
}

TEST_CASE("after a restored backup kiosks see another epoch") {
  const Place place;
  std::string before;
  test::Client client(0, place.clock);
  {
    test::Program program(place.serve());
    client = test::Client(program.port(), place.clock);
    client.enrol(place.enrol_code());
    before = test::synced(client.sync({})).epoch;
    program.signal(SIGTERM);
    CHECK(program.wait() == 0);
  }
  CHECK(test::Program(place.words({"new-epoch"})).wait() == 0);
  test::Program program(place.serve());
  client.move_to(program.port());
  CHECK(test::synced(client.sync({})).epoch != before);
}

// ---- killed under load
// -----------------------------------------------------------------------------

// A kiosk that goes on sending until every op is acknowledged, however often the server dies.
class Sender {
 public:
  Sender(test::Client client, std::uint64_t seed, const base::Clock& clock,
         std::atomic<int>& answers)
      : client_(std::move(client)), outbox_(clock, seed), answers_(answers) {}

  void work(const std::atomic<std::uint16_t>& port, const std::atomic<bool>& stop) {
    while (!stop || !waiting_.empty()) {
      if (waiting_.empty()) {
        waiting_ = {outbox_.op("assist.call", wire::to_json(wire::AssistCall{"home"})),
                    outbox_.op("assist.call", wire::to_json(wire::AssistCall{"law"}))};
      }
      client_.move_to(port);
      if (!send()) std::this_thread::yield();
    }
  }
  // Until the first request that gets no answer.
  void work_until_gone() {
    do {
      waiting_ = {outbox_.op("assist.call", wire::to_json(wire::AssistCall{"home"}))};
    } while (send());
  }
  [[nodiscard]] const std::set<std::string>& acknowledged() const { return acknowledged_; }
  [[nodiscard]] std::int64_t sent() const { return outbox_.seq(); }

 private:
  bool send() {
    const auto response = client_.try_sync(waiting_);
    const auto answer =
        response ? wire::parse_sync_response(response->body)
                 : base::Result<wire::SyncResponse>(base::fail(base::ErrorKind::offline, "none"));
    if (!answer) return false;
    for (const wire::OpResult& result : answer->results) {
      const bool taken =
          result.outcome == wire::Outcome::applied || result.outcome == wire::Outcome::duplicate;
      if (taken) acknowledged_.insert(result.id);
    }
    waiting_.clear();
    ++answers_;
    answers_.notify_all();
    return true;
  }

  test::Client client_;
  test::Outbox outbox_;
  std::atomic<int>& answers_;  // of all senders
  std::vector<wire::Op> waiting_;
  std::set<std::string> acknowledged_;
};

TEST_CASE("killed five times under load, the server has every acknowledged op, each once") {
  const Place place;
  std::atomic<std::uint16_t> port = 0;
  std::atomic<bool> stop = false;
  std::atomic<int> answers = 0;
  auto program = std::make_unique<test::Program>(place.serve());
  port = program->port();
  std::vector<std::unique_ptr<Sender>> senders;
  for (std::uint64_t i = 0; i < 4; ++i) {
    test::Client client(port, place.clock);
    REQUIRE(client.enrol(place.enrol_code()).status == 200);
    senders.push_back(std::make_unique<Sender>(std::move(client), i + 1, place.clock, answers));
  }
  std::vector<std::jthread> threads;
  for (auto& sender : senders) {
    threads.emplace_back([&sender = *sender, &port, &stop] { sender.work(port, stop); });
  }
  base::SystemChance chance;
  for (int kill = 0; kill < 5; ++kill) {
    // After another number of answers each time.
    const int target = answers + 5 + static_cast<int>(chance.below(30));
    for (int seen = answers; seen < target; seen = answers) answers.wait(seen);
    program->signal(SIGKILL);
    CHECK(program->wait() == -SIGKILL);
    program = std::make_unique<test::Program>(place.serve());
    port = program->port();
  }
  stop = true;
  threads.clear();
  program->signal(SIGTERM);
  CHECK(program->wait() == 0);

  auto database = sql::Database::open(place.folder / "central.db", sql::Access::read_only);
  REQUIRE(database);
  CHECK(*database
             ->integer("SELECT count(*) FROM pragma_integrity_check WHERE "
                       "integrity_check <> 'ok'")
             .value() == 0);
  std::int64_t sent = 0;
  for (const auto& sender : senders) {
    sent += sender->sent();
    CHECK(sender->acknowledged().size() == static_cast<std::size_t>(sender->sent()));
    for (const std::string& id : sender->acknowledged()) {
      CHECK(*database->integer("SELECT count(*) FROM assist WHERE id = ?", id).value() == 1);
    }
  }
  CHECK(sent >= 50);
  CHECK(*database->integer("SELECT count(*) FROM assist").value() == sent);
  CHECK(*database->integer("SELECT count(*) FROM op").value() == sent);
}

std::int64_t ops_in(const Place& place) {
  auto database = test::must(sql::Database::open(place.folder / "central.db"));
  return test::must(database.integer("SELECT count(*) FROM op")).value_or(0);
}

TEST_CASE("stopped under load, the server answers everything it has applied, and nothing else") {
  const Place place;
  std::atomic<std::uint16_t> port = 0;
  std::atomic<int> answers = 0;
  for (int round = 0; round < 3; ++round) {
    test::Program program(place.serve());
    port = program.port();
    const auto sent = ops_in(place);
    std::vector<std::jthread> threads;
    std::atomic<std::size_t> acknowledged = 0;
    answers = 0;
    for (std::uint64_t i = 1; i <= 8; ++i) {
      test::Client client(port, place.clock);
      REQUIRE(client.enrol(client.enrol_code()).status == 200);
      threads.emplace_back([&, client = std::move(client), i]() mutable {
        Sender sender(std::move(client), i, place.clock, answers);
        sender.work_until_gone();
        acknowledged += sender.acknowledged().size();
      });
    }
    for (int seen = answers; seen < 100; seen = answers) answers.wait(seen);
    program.signal(SIGTERM);
    CHECK(program.wait() == 0);
    threads.clear();
    CHECK(acknowledged >= 100);
    CHECK(ops_in(place) - sent == static_cast<std::int64_t>(acknowledged.load()));
  }
}

}  // namespace
