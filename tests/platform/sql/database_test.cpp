#include "platform/sql/database.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <vector>

#include "tests/support/must.h"
#include "tests/support/world.h"

namespace {

using base::ErrorKind;
using sql::Database;
using test::must;

constexpr std::string_view add_note = "INSERT INTO note VALUES (?, ?)";
constexpr std::string_view notes_from = "SELECT id, words FROM note WHERE id >= ? ORDER BY id";

struct Notes {
  test::TempFolder folder;
  Database database = open();

  [[nodiscard]] Database open() const { return must(Database::open(folder / "a.db")); }
  Notes() {
    must(database.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT) STRICT"));
  }
  void add(std::int64_t id, std::optional<std::string> words) {
    must(database.run(add_note, id, words));
  }
  std::int64_t count() { return *must(database.integer("SELECT count(*) FROM note")); }
  [[nodiscard]] std::uintmax_t log_size() const {
    return std::filesystem::file_size(folder / "a.db-wal");
  }
};

TEST_CASE("values come back as they went in") {
  Notes notes;
  sql::Statement row =
      must(notes.database.query("SELECT ?, ?, ?, ?, ?, ?", std::int64_t{1} << 60U, 0.5, "法律",
                                sql::Blob{{"\0\xff", 2}}, sql::Null{}, std::optional<int>{}));
  REQUIRE(must(row.step()));
  CHECK(row.integer(0) == std::int64_t{1} << 60U);
  CHECK(row.real(1) == 0.5);
  CHECK(row.text(2) == "法律");
  CHECK(row.blob(3) == std::string_view("\0\xff", 2));
  CHECK(row.is_null(4));
  CHECK_FALSE(row.optional_string(5));
  CHECK_FALSE(must(row.step()));
}

TEST_CASE("a statement used again knows nothing of the values and rows before") {
  Notes notes;
  for (int id = 1; id <= 3; ++id) notes.add(id, "words");
  {
    sql::Statement left_early = must(notes.database.query(notes_from, 1));
    REQUIRE(must(left_early.step()));
    CHECK(left_early.integer(0) == 1);
  }
  sql::Statement again = must(notes.database.query(notes_from, 3));
  REQUIRE(must(again.step()));
  CHECK(again.integer(0) == 3);
  CHECK_FALSE(must(again.step()));
  sql::Statement without_value = must(notes.database.query(notes_from));
  CHECK_FALSE(must(without_value.step()));
}

TEST_CASE("the same words may be read within themselves") {
  Notes notes;
  for (int id = 1; id <= 4; ++id) notes.add(id, {});
  std::vector<std::int64_t> seen;
  sql::Statement outer = must(notes.database.query(notes_from, 2));
  while (must(outer.step())) {
    sql::Statement inner = must(notes.database.query(notes_from, outer.integer(0) + 1));
    while (must(inner.step())) seen.push_back(outer.integer(0) * 10 + inner.integer(0));
  }
  CHECK(seen == std::vector<std::int64_t>{23, 24, 34});
}

TEST_CASE("more texts than are kept do no harm, and the first is still understood") {
  Notes notes;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 300; ++i) {
      CHECK(must(notes.database.integer(fmt::format("SELECT {} + ?", i), 1)) == i + 1);
    }
  }
}

TEST_CASE("a kept statement follows a table that has changed") {
  Notes notes;
  notes.add(1, "words");
  const auto columns = [&] {
    sql::Statement row = must(notes.database.query("SELECT * FROM note"));
    REQUIRE(must(row.step()));
    return row.string(row.is_null(1) ? 2 : 1);
  };
  CHECK(columns() == "words");
  must(notes.database.execute("UPDATE note SET words = NULL"));
  must(notes.database.execute("ALTER TABLE note ADD COLUMN more TEXT DEFAULT 'more'"));
  CHECK(columns() == "more");
}

TEST_CASE("a statement whose step failed can be asked for again") {
  Notes notes;
  notes.add(1, "words");
  const auto twice = notes.database.run(add_note, 1, "again");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().kind == ErrorKind::storage);
  CHECK(twice.error().code == "constraint");
  notes.add(2, "words");
  CHECK(notes.count() == 2);
}

TEST_CASE("what a statement was reading holds up nobody once it is let go") {
  Notes notes;
  for (int id = 1; id <= 3; ++id) notes.add(id, "words");
  {
    CHECK(must(must(notes.database.query(notes_from, 1)).step()));
  }
  Database other = notes.open();
  must(other.run("DELETE FROM note WHERE id = 3"));
  must(other.empty_log());
  CHECK(notes.log_size() == 0);
  CHECK(notes.count() == 2);
}

TEST_CASE("a database may move to another place with its statements") {
  Notes notes;
  notes.add(1, "words");
  Database moved = std::move(notes.database);
  must(moved.run(add_note, 2, "words"));
  CHECK(must(moved.integer("SELECT count(*) FROM note")) == 2);
}

TEST_CASE("a transaction is whole or not at all") {
  Notes notes;
  const auto failed = notes.database.transaction([&]() -> base::Result<void> {
    TRY(notes.database.run(add_note, 1, "words"));
    return base::fail(ErrorKind::invalid, "changed_my_mind");
  });
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == "changed_my_mind");
  CHECK(notes.count() == 0);
  must(notes.database.transaction([&]() -> base::Result<void> {
    TRY(notes.database.run(add_note, 1, "words"));
    return {};
  }));
  CHECK(notes.count() == 1);
}

TEST_CASE("a transaction that ends for want of room is gone whole, and the next one is as good") {
  Notes notes;
  notes.add(1, "before");
  must(notes.database.execute("PRAGMA max_page_count = 1"));  // as large as it is, and no larger
  const std::string long_words(3000, 'x');
  const auto savepoint = [&](std::int64_t id, const std::string& words) -> base::Result<void> {
    TRY(notes.database.run("SAVEPOINT note"));
    TRY(notes.database.run(add_note, id, words));
    TRY(notes.database.run("RELEASE note"));
    return {};
  };
  const auto outcome = notes.database.transaction([&]() -> base::Result<void> {
    TRY(savepoint(2, "short"));
    std::int64_t id = 3;
    while (savepoint(id, long_words)) ++id;
    CHECK(id < 10);
    // Outside of the transaction this would be written.
    const auto after = savepoint(100, "short");
    REQUIRE_FALSE(after);
    CHECK(after.error().code == "storage_full");
    return {};
  });
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().kind == ErrorKind::storage);
  CHECK(outcome.error().code == "storage_full");
  CHECK(notes.count() == 1);
  must(notes.database.execute("PRAGMA max_page_count = 1000"));
  must(notes.database.transaction([&] { return savepoint(2, long_words); }));
  CHECK(notes.count() == 2);
}

TEST_CASE("tables are brought up to date once, and a newer file is left alone") {
  const test::TempFolder folder;
  constexpr std::array both{sql::Migration{1, "CREATE TABLE a (id INTEGER)"},
                            sql::Migration{2, "CREATE TABLE b (id INTEGER)"}};
  for (int round = 0; round < 2; ++round) {
    Database database = must(Database::open(folder / "a.db"));
    must(database.migrate(both));
    CHECK(must(database.integer("SELECT count(*) FROM b")) == 0);
  }
  Database database = must(Database::open(folder / "a.db"));
  const auto older = database.migrate(std::span(both).first(1));
  REQUIRE_FALSE(older);
  CHECK(older.error().code == "newer_database");
}

TEST_CASE("an emptied log holds nothing, and a log that is being read is not emptied") {
  Notes notes;
  notes.add(1, "words");
  CHECK(notes.log_size() > 0);
  must(notes.database.empty_log());
  CHECK(notes.log_size() == 0);
  notes.add(2, "words");
  Database reader = notes.open();
  sql::Statement reading = must(reader.query(notes_from, 1));
  REQUIRE(must(reading.step()));
  notes.add(3, "words");
  const auto emptied = notes.database.empty_log();
  REQUIRE_FALSE(emptied);
  CHECK(emptied.error().code == "busy");
}

}  // namespace
