#include "kiosk/central/upkeep.h"

#include <sys/stat.h>

#include "kiosk/central/schema.h"
#include "platform/sql/backup.h"
#include "tests/kiosk/central/client.h"
#include "tests/kiosk/central/program.h"
#include "tests/support/must.h"

using test::must;

namespace {

constexpr int done = 0;
constexpr int failed = 1;
constexpr int running = 2;

// The real program on folders of its own.
struct Place {
  test::TempFolder folder;
  base::SystemClock clock;
  base::Path data = folder / "data";
  base::Path database = data / "central.db";
  base::Path copy = folder / "copy.db";

  [[nodiscard]] std::vector<std::string> words(std::vector<std::string> first = {}) const {
    first.insert(first.end(), {"--config", KIOSK_CONFIG, "--data", data.string()});
    return first;
  }
  [[nodiscard]] int run(std::vector<std::string> first) const {
    return test::Program(words(std::move(first))).wait();
  }
  [[nodiscard]] std::string says(std::vector<std::string> first) const {
    test::Program program(words(std::move(first)));
    std::string line = program.line();
    CHECK(program.wait() == done);
    return line;
  }
  [[nodiscard]] std::vector<std::string> serve() const {
    return words({"--listen", "127.0.0.1:0"});
  }
  // Stops a server, which must end well.
  static void stop(test::Program& program) {
    program.signal(SIGTERM);
    CHECK(program.wait() == done);
  }
  // Serves until everything in `work` is done.
  template <typename Work>
  void while_serving(test::Client& client, Work work) const {
    test::Program program(serve());
    client.move_to(program.port());
    work();
    stop(program);
  }
  [[nodiscard]] std::vector<base::Path> kept() const {
    auto files = must(base::list_files(data, ".db"));
    std::erase(files, database);
    return files;
  }
  [[nodiscard]] static std::int64_t calls_in(const base::Path& file) {
    return must(must(sql::Database::open(file)).integer("SELECT count(*) FROM assist"))
        .value_or(-1);
  }
};

wire::Op call(test::Outbox& outbox) {
  return outbox.op("assist.call", wire::to_json(wire::AssistCall{"home"}));
}

// A place whose copy has one call and whose database has two.
struct Disaster : Place {
  test::Client client{0, clock};
  test::Outbox outbox{clock, 7};
  wire::Op second;

  Disaster() {
    while_serving(client, [&] {
      client.enrol(says({"enrol-code"}));
      test::synced(client.sync({call(outbox)}));
      CHECK(run({"backup", copy.string()}) == done);
      second = call(outbox);
      test::synced(client.sync({second}));
    });
  }
};

TEST_CASE("a copy made while the server runs has everything until then, for its owner alone") {
  const Disaster place;
  struct stat found{};
  REQUIRE(::stat(place.copy.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777U) == 0600U);
  CHECK(sql::check_database(place.copy));
  CHECK(Place::calls_in(place.copy) == 1);
  CHECK(Place::calls_in(place.database) == 2);
}

TEST_CASE(
    "a restored server asks kiosks for what the copy does not have, and keeps what was there") {
  Disaster place;
  const std::string before = place.client.kiosk.epoch;
  CHECK(place.run({"restore", place.copy.string()}) == done);
  CHECK(Place::calls_in(place.database) == 1);
  REQUIRE(place.kept().size() == 1);
  CHECK(place.kept().front().filename().string().starts_with("central-before-"));
  CHECK(Place::calls_in(place.kept().front()) == 2);
  place.while_serving(place.client, [&] {
    const auto answer = test::synced(place.client.sync({place.second}));
    CHECK(answer.epoch != before);
    CHECK(answer.applied_through == 1);
    // What it sends before it knows is not decided: it may be about records still to come.
    CHECK(answer.results.at(0).outcome == wire::Outcome::deferred);
    place.client.kiosk.epoch = answer.epoch;
    CHECK(test::synced(place.client.sync({place.second})).results.at(0).outcome ==
          wire::Outcome::applied);
  });
  CHECK(Place::calls_in(place.database) == 2);
}

TEST_CASE("a running server is not restored and not migrated under its feet") {
  const Disaster place;
  test::Program program(place.serve());
  program.port();
  CHECK(place.run({"restore", place.copy.string()}) == running);
  CHECK(place.run({"migrate"}) == running);
  Place::stop(program);
  CHECK(Place::calls_in(place.database) == 2);
}

TEST_CASE("a file that is damaged, of another kind, newer or not there is not put in place") {
  const Disaster place;
  const base::Path bad = place.folder / "bad.db";
  const auto refused = [&] {
    CHECK(place.run({"restore", bad.string()}) == failed);
    CHECK(Place::calls_in(place.database) == 2);
    CHECK(place.kept().empty());
  };
  refused();
  must(base::replace_file(bad, "a letter"));
  refused();
  std::string bytes = must(base::read_file(place.copy));
  bytes.replace(4096 * 3, 4096, 4096, '\x5a');
  must(base::replace_file(bad, bytes));
  refused();
  std::filesystem::remove(bad);
  must(must(sql::Database::open(bad)).execute("CREATE TABLE other (x TEXT) STRICT"));
  refused();
  must(sql::copy_database(place.copy, bad));
  must(must(sql::Database::open(bad)).execute("PRAGMA user_version=999"));
  refused();
  CHECK(place.run({"restore", place.database.string()}) == failed);
  CHECK(place.run({"backup", place.database.string()}) == failed);
}

TEST_CASE("without the key of the case codes nothing is restored, unless it is lost") {
  Disaster place;
  const base::Path key = place.data / "case.key";
  const base::Path apart = place.folder / "case.key";
  std::filesystem::rename(key, apart);
  CHECK(place.run({"restore", place.copy.string()}) == failed);
  must(base::replace_file(key, "another one", 0600));
  CHECK(place.run({"restore", place.copy.string()}) == failed);
  CHECK(test::Program(place.serve()).wait() == failed);
  CHECK(place.kept().empty());
  CHECK(place.run({"restore", place.copy.string(), "--without-case-key"}) == done);
  place.while_serving(place.client, [] {});
  // From then on the new key is the one that counts.
  std::filesystem::rename(apart, key);
  CHECK(test::Program(place.serve()).wait() == failed);
}

TEST_CASE("a present database that is damaged is kept as it is, with its log") {
  const Disaster place;
  const base::Path log_file = place.database.string() + "-wal";
  std::string bytes;
  std::string log;
  {
    sql::Database database = must(sql::Database::open(place.database));
    must(database.run("UPDATE center SET version = version + 1"));
    bytes = must(base::read_file(place.database));
    log = must(base::read_file(log_file));
  }
  bytes.replace(4096 * 3, 4096, 4096, '\x5a');
  must(base::replace_file(place.database, bytes));
  must(base::replace_file(log_file, log));
  CHECK(place.run({"restore", place.copy.string()}) == done);
  CHECK(Place::calls_in(place.database) == 1);
  REQUIRE(place.kept().size() == 1);
  CHECK(must(base::read_file(place.kept().front())) == bytes);
  CHECK(must(base::read_file(place.kept().front().string() + "-wal")) == log);
}

TEST_CASE("migrate says from which version of the tables to which") {
  const Place place;
  CHECK(place.run({"migrate"}) == failed);  // no server has run here
  must(base::make_folder(place.data));
  must(must(sql::Database::open(place.database)).migrate(central::migrations().first(2)));
  const int newest = central::migrations().back().version;
  CHECK(place.says({"migrate"}) ==
        fmt::format("the tables were of version 2 and are of version {} now", newest));
  CHECK(place.says({"migrate"}) == fmt::format("the tables are of version {} already", newest));
  must(must(sql::Database::open(place.database)).execute("PRAGMA user_version=999"));
  CHECK(place.run({"migrate"}) == failed);
}

TEST_CASE("tables of every earlier version come up to date with what stands in them") {
  test::TempFolder folder;
  auto database = must(sql::Database::open(folder / "old.db"));
  must(database.migrate(central::migrations().first(1)));
  must(database.execute(
      "INSERT INTO center VALUES ('c', 'e', 3, 1, '', 5);"
      "INSERT INTO op VALUES ('c', 'o', 'k', 1, 'booking.request', '', 1, '', '{}', 9);"
      "INSERT INTO booking VALUES ('c', 'o', 'k', 's', '', 'w', 'x', 'confirmed', 1, 'n', 'p', '', "
      "'', 1, 2)"));
  must(database.migrate(central::migrations()));
  CHECK(must(database.integer("SELECT made_ms FROM booking")) == 9);
  CHECK(must(database.integer("SELECT restored_ms FROM center")) == 0);
  CHECK(must(central::last_served(database)) == "c");
}

// ---- every night -------------------------------------------------------------------------------

struct Night {
  test::TempFolder folder;
  test::FakeClock clock;
  test::SeededChance chance;
  base::Log log{clock, -1};
  central::Start start;
  base::Path copies = folder / "copies";

  Night() {
    start.settings.data = folder.path();
    start.settings.backup = {copies, 2, *base::parse_time("10:00")};
    must(must(sql::Database::open(central::database_file(start))).migrate(central::migrations()));
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    const auto found = base::list_files(copies, "");
    if (!found) return names;
    for (const base::Path& each : *found) names.push_back(each.filename().string());
    return names;
  }
};

TEST_CASE("a copy is made once a day at its time, and the newest ones are kept") {
  Night night;
  central::NightlyBackup nightly(night.start, {night.clock, night.chance}, night.log);
  const auto look = [&] { nightly.look([] { return true; }); };
  look();
  CHECK(night.files().empty());  // it is 09:42
  night.clock.advance(std::chrono::minutes{18});
  look();
  CHECK(night.files() == std::vector<std::string>{"central-2026-11-23.db"});
  CHECK(sql::check_database(night.copies / "central-2026-11-23.db"));
  const auto made = base::identity_of(night.copies / "central-2026-11-23.db");
  night.clock.advance(std::chrono::hours{8});
  look();
  CHECK(base::identity_of(night.copies / "central-2026-11-23.db") == made);
  must(base::replace_file(night.copies / "central-notes.db", "mine"));
  for (int days = 0; days < 2; ++days) {
    night.clock.advance(std::chrono::hours{24});
    look();
  }
  CHECK(night.files() == std::vector<std::string>{"central-2026-11-24.db", "central-2026-11-25.db",
                                                  "central-notes.db"});
}

TEST_CASE("a copy that fails is tried again in an hour") {
  Night night;
  night.clock.advance(std::chrono::hours{1});
  central::NightlyBackup nightly(night.start, {night.clock, night.chance}, night.log);
  must(base::replace_file(night.copies.string() + "-file", ""));
  night.start.settings.backup.folder = night.copies.string() + "-file";  // no folder can be made
  nightly.look([] { return true; });
  night.start.settings.backup.folder = night.copies;
  night.clock.advance(std::chrono::minutes{59});
  nightly.look([] { return true; });
  CHECK(night.files().empty());
  night.clock.advance(std::chrono::minutes{1});
  nightly.look([] { return true; });
  CHECK(night.files().size() == 1);
}

}  // namespace
