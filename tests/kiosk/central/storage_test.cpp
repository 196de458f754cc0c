// What the server does while its disk is full: SQLite told to grow no further, and a real file
// system of four megabytes.
#include <doctest/doctest.h>

#include <fstream>
#include <set>

#include "tests/kiosk/central/client.h"
#include "tests/kiosk/central/program.h"
#include "tests/support/must.h"

namespace {

// What a kiosk sends until it is told that there is no room.
class Filler {
 public:
  explicit Filler(test::Client client) : client_(std::move(client)) {}

  // The first answer that is not 200; the op in it is `refused`. `most` syncs.
  http::Response until_refused(int most) {
    for (int i = 0; i < most; ++i) {
      refused = outbox_.op("assist.call", wire::to_json(wire::AssistCall{"home"}));
      http::Response response = client_.sync({refused});
      if (response.status != 200) return response;
      note(response);
    }
    return {};
  }
  wire::Outcome send_again() {
    const http::Response response = client_.sync({refused});
    note(response);
    return test::synced(response).results.at(0).outcome;
  }
  test::Client& client() { return client_; }

  wire::Op refused;
  std::set<std::string> acknowledged;

 private:
  void note(const http::Response& response) {
    for (const wire::OpResult& each : test::synced(response).results) acknowledged.insert(each.id);
  }

  test::Client client_;
  base::SystemClock clock_;
  test::Outbox outbox_{clock_, 7};
};

void check_told(const http::Response& response) {
  CHECK(response.status == 503);
  CHECK(test::problem_code(response) == "storage_full");
  CHECK(response.headers.at("retry-after") == "30");
  CHECK(response.headers.at("content-type") == "application/problem+json");
  const auto problem = wire::parse_problem(response.body);
  CHECK(problem->retryable);
}

void check_whole(sql::Database database, const std::set<std::string>& acknowledged) {
  CHECK(*database
             .integer("SELECT count(*) FROM pragma_integrity_check WHERE "
                      "integrity_check <> 'ok'")
             .value() == 0);
  std::set<std::string> stored;
  sql::Statement rows = database.query("SELECT id FROM assist").value();
  while (rows.step().value()) stored.insert(rows.string(0));
  CHECK(stored == acknowledged);
}

TEST_CASE(
    "a database that may not grow is said so, nothing is lost, and it goes on with more room") {
  test::RunningServer server;
  const auto limit = [&](std::string_view pages) {
    REQUIRE(server.bench.store->write([&](sql::Database& database) {
      return database.execute(fmt::format("PRAGMA max_page_count = {}", pages));
    }));
  };
  Filler filler(server.enrolled());
  CHECK(filler.until_refused(3).status == 0);
  limit("1");  // as large as it is, and no larger
  check_told(filler.until_refused(5000));
  check_told(filler.until_refused(1));
  CHECK(filler.client().get("/readyz").status == 200);
  CHECK(filler.client().get("/v1/manifest").status == 200);
  limit("1000000");
  CHECK(filler.send_again() == wire::Outcome::applied);
  CHECK(filler.until_refused(3).status == 0);
  check_whole(
      sql::Database::open(server.bench.folder / "central.db", sql::Access::read_only).value(),
      filler.acknowledged);
}

TEST_CASE("several kiosks that write at once while there is no room are all told") {
  test::RunningServer server;
  std::vector<std::unique_ptr<Filler>> fillers;
  for (int i = 0; i < 4; ++i) fillers.push_back(std::make_unique<Filler>(server.enrolled()));
  REQUIRE(server.bench.store->write(
      [&](sql::Database& database) { return database.execute("PRAGMA max_page_count = 1"); }));
  std::vector<http::Response> answers(fillers.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < fillers.size(); ++i) {
      threads.emplace_back([&, i] { answers[i] = fillers[i]->until_refused(5000); });
    }
  }
  std::set<std::string> acknowledged;
  for (std::size_t i = 0; i < fillers.size(); ++i) {
    check_told(answers[i]);
    acknowledged.merge(fillers[i]->acknowledged);
  }
  check_whole(
      sql::Database::open(server.bench.folder / "central.db", sql::Access::read_only).value(),
      acknowledged);
}

// The server on a file system of four megabytes that it alone sees.
class SmallDisk {
 public:
  // unshare(1) needs no privilege for it, but namespaces may be forbidden.
  [[nodiscard]] static bool possible() {
    return std::system("unshare -rm mount -t tmpfs kiosk /mnt 2>/dev/null") == 0;
  }
  SmallDisk()
      : program_({"--config", KIOSK_CONFIG, "--data", folder_.path().string(), "--listen",
                  "127.0.0.1:0"},
                 {"unshare", "-rm", "sh", "-c",
                  fmt::format("mount -t tmpfs -o size=4m,mode=0700 kiosk '{}' && exec \"$@\"",
                              folder_.path().string()),
                  "sh"}),
        port_(program_.port()) {}

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] base::Path seen(std::string_view file) const {
    return fmt::format("/proc/{}/root{}/{}", program_.id(), folder_.path().string(), file);
  }
  // Whatever is left goes to a file that nobody needs.
  void fill() const {
    std::ofstream ballast(seen("ballast"), std::ios::binary);
    const std::string block(4096, 'x');
    while (ballast.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  }
  void make_room() const { std::filesystem::remove(seen("ballast")); }
  // SQLite would follow the link in /proc to a file of ours, so it gets a copy.
  [[nodiscard]] sql::Database copy() const {
    for (const char* file : {"central.db", "central.db-wal"}) {
      std::filesystem::copy_file(seen(file), copies_ / file);
    }
    return test::must(sql::Database::open(copies_ / "central.db"));
  }
  int stop() {
    program_.signal(SIGTERM);
    return program_.wait();
  }

 private:
  test::TempFolder folder_;
  test::TempFolder copies_;
  test::Program program_;
  std::uint16_t port_;
};

TEST_CASE("a server whose disk is full says so, loses nothing, and goes on once there is room") {
  if (!SmallDisk::possible()) {
    MESSAGE("no mount namespace here: not tested on a real file system");
    return;
  }
  SmallDisk disk;
  const base::SystemClock clock;
  test::Client client(disk.port(), clock);
  REQUIRE(client.enrol(client.enrol_code()).status == 200);
  Filler filler(std::move(client));
  CHECK(filler.until_refused(3).status == 0);
  for (int round = 0; round < 3; ++round) {
    disk.fill();
    check_told(filler.until_refused(5000));
    check_told(filler.until_refused(1));
    CHECK(filler.client().get("/readyz").status == 200);
    CHECK(filler.client().get("/office/view").status == 200);
    disk.make_room();
    CHECK(filler.send_again() == wire::Outcome::applied);
    CHECK(filler.until_refused(3).status == 0);
  }
  check_whole(disk.copy(), filler.acknowledged);
  CHECK(disk.stop() == 0);
}

}  // namespace
