#include "kiosk/store/store.h"

#include <sys/stat.h>

#include <array>

#include "tests/support/stored.h"

using test::append;
using test::must;

namespace {

int mode_of(const base::Path& path) {
  struct stat status{};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return static_cast<int>(status.st_mode & 0777U);
}

std::int64_t count(store::Store& store, std::string_view table) {
  return must(store.database().integer("SELECT count(*) FROM " + std::string(table))).value_or(-1);
}

constexpr std::array notes{sql::Migration{1, "CREATE TABLE note (words TEXT NOT NULL) STRICT"},
                           sql::Migration{2, "ALTER TABLE note ADD COLUMN day TEXT"}};

}  // namespace

TEST_CASE("The database and the key of its hashes can be read by nobody else") {
  test::Stored world;
  const store::Store store = world.open();
  CHECK(mode_of(world.folder / "kiosk.db") == 0600);
  CHECK(mode_of(world.folder / "lookup.key") == 0600);
}

TEST_CASE("Every write is on disk before it counts: WAL and synchronous FULL") {
  test::Stored world;
  store::Store store = world.open();
  sql::Statement mode = must(store.database().query("PRAGMA journal_mode"));
  REQUIRE(must(mode.step()));
  CHECK(mode.text(0) == "wal");
  CHECK(must(store.database().integer("PRAGMA synchronous")) == 2);
}

TEST_CASE("A row and its op are written together or not at all") {
  test::Stored world;
  store::Store store = world.open();
  must(store.migrate("note", notes));
  const auto broken = store.write([&](store::Writer& writer) -> base::Result<void> {
    TRY(writer.append({.kind = "note.add", .record = {}, .body = "{}", .legal_day = {}}));
    TRY(writer.database().run("INSERT INTO note (words) VALUES ('kept?')"));
    return base::fail(base::ErrorKind::invalid, "changed_my_mind");
  });
  CHECK(test::code_of(broken) == "changed_my_mind");
  CHECK(count(store, "note") == 0);
  CHECK(count(store, "outbox") == 0);
}

TEST_CASE("An op that was undone leaves no gap in the sequence") {
  test::Stored world;
  store::Store store = world.open();
  const std::string first = append(store, "assist.call");
  const auto undone = store.write([](store::Writer& writer) -> base::Result<void> {
    TRY(writer.append({.kind = "assist.call", .record = {}, .body = "{}", .legal_day = {}}));
    return base::fail(base::ErrorKind::invalid, "no");
  });
  REQUIRE_FALSE(undone);
  const std::string second = append(store, "assist.call");
  CHECK(must(store::find_op(store, first))->seq == 1);
  CHECK(must(store::find_op(store, second))->seq == 2);
}

TEST_CASE("The bytes in the outbox are the op as the wire knows it") {
  test::Stored world;
  store::Store store = world.open();
  const std::string id = append(store, "assist.call");
  const wire::Op op = must(wire::parse_op(must(store::op_bytes(store, 1))));
  CHECK(op.id == id);
  CHECK(op.seq == 1);
  CHECK(op.kind == "assist.call");
  CHECK(op.at == "2026-11-23T09:42:00+08:00");
  CHECK_FALSE(op.clock_trusted);  // no server has told the time yet
}

TEST_CASE("An op says whether somebody has told the time it carries") {
  test::TempFolder folder;
  test::FakeClock machine;
  base::ToldClock clock(machine);
  test::SeededChance chance;
  store::Store store = must(store::Store::open(folder.path(), {clock, chance}));
  append(store, "assist.call");
  const base::Instant right = machine.now();
  machine.set(right - std::chrono::days{3652});
  clock.tell(right);
  append(store, "assist.call");
  const wire::Op before = must(wire::parse_op(must(store::op_bytes(store, 1))));
  const wire::Op after = must(wire::parse_op(must(store::op_bytes(store, 2))));
  CHECK_FALSE(before.clock_trusted);
  CHECK(after.clock_trusted);
  CHECK(after.at == before.at);
}

TEST_CASE("An op too large to be sent is refused when it is made, not when it blocks the others") {
  test::Stored world;
  store::Store store = world.open();
  const std::string body = "{\"words\":\"" + std::string(300'000, 'x') + "\"}";
  const auto refused = store.write([&](store::Writer& writer) {
    return writer.append({.kind = "intake.file", .record = {}, .body = body, .legal_day = {}});
  });
  CHECK(test::code_of(refused) == "op_too_large");
  CHECK(count(store, "outbox") == 0);
}

TEST_CASE("A feature's tables are brought up to date once, and apart from the others'") {
  test::Stored world;
  store::Store store = world.open();
  must(store.migrate("note", std::span(notes).first(1)));
  must(store.migrate("note", notes));
  must(store.migrate("note", notes));
  CHECK(count(store, "note") == 0);
  CHECK(test::code_of(store.migrate("note", std::span(notes).first(1))) == "newer_database");
}

TEST_CASE("The UI's connection sees what the sync thread's connection has committed") {
  test::Stored world;
  store::Store ui = world.open();
  store::Store sync = world.open();
  CHECK_FALSE(must(ui.changed_elsewhere()));
  const std::string id = append(ui, "assist.call");
  CHECK_FALSE(must(ui.changed_elsewhere()));  // its own writes are no news
  test::answer(sync, id, wire::Outcome::applied);
  CHECK(must(ui.changed_elsewhere()));
  CHECK_FALSE(must(ui.changed_elsewhere()));
  CHECK(must(store::find_op(ui, id))->delivery == store::Delivery::accepted);
}

TEST_CASE("A database of a later release is left alone") {
  test::Stored world;
  {
    store::Store store = world.open();
    must(store.database().execute("PRAGMA user_version=99"));
  }
  const auto opened =
      store::Store::open(world.folder.path(), base::World{world.clock, world.chance});
  CHECK(test::code_of(opened) == "newer_database");
}
