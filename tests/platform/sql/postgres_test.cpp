#include "platform/sql/postgres.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>

#include "tests/support/must.h"

namespace {

using sql::Database;
using test::must;

// A schema that goes with the test.
struct Server {
  Database database = must(sql::open_postgres(where()));

  static std::string where() {
    const char* server = std::getenv("KIOSK_TEST_POSTGRES");
    REQUIRE_MESSAGE(server != nullptr, "run by tests/support/with_postgres");
    return server;
  }
  Server() {
    must(database.execute("CREATE SCHEMA test; SET search_path = test"));
    must(database.execute("CREATE TABLE note (id BIGINT PRIMARY KEY, words TEXT NOT NULL)"));
  }
  ~Server() { (void)database.execute("ROLLBACK; DROP SCHEMA test CASCADE"); }
};

TEST_CASE("parameters are numbered as SQLite numbers them") {
  CHECK(sql::postgres_query("a = ? AND b = ?") == "a = $1 AND b = $2");
  CHECK(sql::postgres_query("?2, ?, ?1, ?") == "$2, $3, $1, $4");
  CHECK(sql::postgres_query("?, ?9, ?, ?14, ?9") == "$1, $9, $10, $14, $9");
  CHECK(sql::postgres_query("'why?' || ?") == "'why?' || $1");
  CHECK(sql::postgres_query("'it''s?' || ?") == "'it''s?' || $1");
}

TEST_CASE("a schema for SQLite is read as PostgreSQL has it") {
  CHECK(
      sql::postgres_schema("CREATE TABLE t (a INTEGER NOT NULL, b TEXT) STRICT, WITHOUT ROWID;") ==
      "CREATE TABLE t (a BIGINT NOT NULL, b TEXT);");
  CHECK(sql::postgres_schema("CREATE TABLE t (INTEGERS TEXT) STRICT;") ==
        "CREATE TABLE t (INTEGERS TEXT);");
}

TEST_CASE("values come back from PostgreSQL as they went in") {
  Server server;
  auto row = must(server.database.query(
      "SELECT ?::bigint, ?::float8, ?::text, ?::bytea, ?::text, ?::bigint <= 3",
      std::int64_t{1} << 60U, 0.5, "法律", sql::Blob{{"\0\xff", 2}}, sql::Null{}, 3));
  REQUIRE(must(row.step()));
  CHECK(row.integer(0) == std::int64_t{1} << 60U);
  CHECK(row.real(1) == 0.5);
  CHECK(row.text(2) == "法律");
  CHECK(row.blob(3) == std::string_view("\0\xff", 2));
  CHECK(row.is_null(4));
  CHECK(row.integer(5) == 1);
  CHECK_FALSE(must(row.step()));
}

TEST_CASE("rows changed are counted, and a row that contradicts a constraint says so") {
  Server server;
  CHECK(must(server.database.run("INSERT INTO note VALUES (?, ?)", 1, "a")) == 1);
  CHECK(must(server.database.run("INSERT INTO note VALUES (?, ?) ON CONFLICT DO NOTHING", 1,
                                 "b")) == 0);
  const auto twice = server.database.run("INSERT INTO note VALUES (?, ?)", 1, "c");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().code == "constraint");
  CHECK(must(server.database.integer("SELECT count(*) FROM note")) == 1);
}

TEST_CASE("an error's words hold nothing that somebody typed") {
  Server server;
  must(server.database.run("INSERT INTO note VALUES (?, ?)", 1, "a"));
  const auto refused = server.database.run("INSERT INTO note VALUES (?, ?)", 1, "王小明");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().detail.find("王小明") == std::string::npos);
}

TEST_CASE("a transaction that was aborted inside is no success, though nobody looked") {
  Server server;
  const auto outcome = server.database.transaction([&]() -> base::Result<void> {
    (void)server.database.run("INSERT INTO note VALUES (?, NULL)", 1);
    return {};
  });
  CHECK_FALSE(outcome);
  CHECK(must(server.database.integer("SELECT count(*) FROM note")) == 0);
}

TEST_CASE("a server that went away is told apart from one that refuses") {
  Server server;
  Database other = must(sql::open_postgres(Server::where()));
  const auto process = must(other.integer("SELECT pg_backend_pid()"));
  auto ended = must(server.database.query("SELECT pg_terminate_backend(?::int)", *process));
  must(ended.step());
  const auto lost = other.integer("SELECT 1");
  REQUIRE_FALSE(lost);
  CHECK(lost.error().code == "connection");
  CHECK(sql::open_postgres("host=/nowhere").error().code == "connection");
}

TEST_CASE("migrations run once each, also on PostgreSQL, and a newer database is refused") {
  Server server;
  constexpr std::array all{
      sql::Migration{1, "CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID"},
      sql::Migration{2, "ALTER TABLE one ADD COLUMN words TEXT NOT NULL DEFAULT ''"}};
  must(server.database.migrate(std::span(all).first(1)));
  must(server.database.migrate(all));
  must(server.database.migrate(all));
  must(server.database.run("INSERT INTO one VALUES (?, ?)", std::int64_t{1} << 40U, "a"));
  CHECK(server.database.migrate(std::span(all).first(1)).error().code == "newer_database");
}

}  // namespace
