#include "kiosk/central/store.h"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <thread>

#include "tests/support/test_engine.h"
#include "tests/support/world.h"

namespace {

constexpr std::array schema{sql::Migration{
    1, "CREATE TABLE note (id INTEGER PRIMARY KEY, seen INTEGER NOT NULL DEFAULT 0)"}};

std::unique_ptr<central::Store> open(const base::Path& file) {
  auto store = central::Store::open(test::test_engine(file), schema);
  REQUIRE(store);
  return std::move(*store);
}

std::int64_t count(central::Store& store) {
  return *store
              .read([](sql::Database& database) {
                return database.integer("SELECT count(*) FROM note");
              })
              .value();
}

auto add(std::int64_t id) {
  return [id](sql::Database& database) {
    return database.run("INSERT INTO note (id) VALUES (?)", id);
  };
}

TEST_CASE("what many threads write at once is all there, each once") {
  const test::TempFolder folder;
  auto store = open(folder / "a.db");
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> threads;
    for (std::int64_t thread = 0; thread < 16; ++thread) {
      threads.emplace_back([&, thread] {
        for (std::int64_t i = 0; i < 50; ++i) failures += !store->write(add(thread * 50 + i));
      });
    }
  }
  CHECK(failures == 0);
  CHECK(count(*store) == 800);
}

TEST_CASE("work that fails undoes itself and nothing of its neighbours") {
  const test::TempFolder folder;
  auto store = open(folder / "a.db");
  std::atomic<int> refused = 0;
  {
    std::vector<std::jthread> threads;
    for (std::int64_t thread = 0; thread < 16; ++thread) {
      threads.emplace_back([&, thread] {
        const auto outcome =
            store->write([&](sql::Database& database) -> base::Result<std::int64_t> {
              TRY(add(100 + thread)(database));
              if (thread % 2 == 1) return base::fail(base::ErrorKind::invalid, "odd");
              return thread;
            });
        if (!outcome) refused += outcome.error().code == "odd";
      });
    }
  }
  CHECK(refused == 8);
  CHECK(count(*store) == 8);
}

TEST_CASE("an answered write is on disk: another connection sees it at once") {
  const test::TempFolder folder;
  auto store = open(folder / "a.db");
  REQUIRE(store->write(add(1)));
  auto other = test::test_engine(folder / "a.db").open_reader();
  REQUIRE(other);
  CHECK(*other->integer("SELECT count(*) FROM note").value() == 1);
}

TEST_CASE("a new database may be opened by several at the same moment") {
  const test::TempFolder folder;
  std::atomic<int> opened = 0;
  {
    std::vector<std::jthread> threads;
    for (std::int64_t i = 0; i < 8; ++i) {
      threads.emplace_back([&, i] {
        auto store = central::Store::open(test::test_engine(folder / "a.db"), schema);
        if (store) opened += (*store)->write(add(i)).has_value();
        if (!store) MESSAGE(store.error().detail);
      });
    }
  }
  CHECK(opened == 8);
}

TEST_CASE("a store that closes has finished what was waiting") {
  const test::TempFolder folder;
  std::atomic<int> done = 0;
  {
    auto store = open(folder / "a.db");
    std::vector<std::jthread> threads;
    for (std::int64_t i = 0; i < 8; ++i) {
      threads.emplace_back([&, i] { done += store->write(add(i)).has_value(); });
    }
  }
  CHECK(done == 8);
  auto again = open(folder / "a.db");
  CHECK(count(*again) == 8);
}

// PostgreSQL breaks off one of two that wait for each other (40P01); SQLite lets only one write.
TEST_CASE("two processes in each other's way both get through") {
  const test::TempFolder folder;
  auto left = open(folder / "a.db");
  auto right = open(folder / "a.db");
  REQUIRE(left->write(add(1)));
  REQUIRE(left->write(add(2)));
  const auto touch = [](std::int64_t first, std::int64_t second) {
    return [=](sql::Database& database) -> base::Result<void> {
      TRY(database.run("UPDATE note SET seen = seen + 1 WHERE id = ?", first));
      TRY(database.run("UPDATE note SET seen = seen + 1 WHERE id = ?", second));
      return {};
    };
  };
  constexpr int rounds = 40;
  std::atomic<int> failures = 0;
  {
    std::jthread one([&] {
      for (int i = 0; i < rounds; ++i) failures += !left->write(touch(1, 2));
    });
    std::jthread other([&] {
      for (int i = 0; i < rounds; ++i) failures += !right->write(touch(2, 1));
    });
  }
  CHECK(failures == 0);
  const auto seen = left->read(
      [](sql::Database& database) { return database.integer("SELECT SUM(seen) FROM note"); });
  CHECK(seen.value() == 4 * rounds);
}

// SQLite undoes the whole transaction when the disk is full (sqlite.org/lang_transaction.html).
TEST_CASE("when the engine undoes a transaction itself, nobody of the group is told a wrong word") {
  const test::TempFolder folder;
  auto store = open(folder / "a.db");
  std::atomic<int> said_yes = 0;
  {
    std::vector<std::jthread> threads;
    for (std::int64_t thread = 0; thread < 16; ++thread) {
      threads.emplace_back([&, thread] {
        const auto outcome = store->write([&](sql::Database& database) -> base::Result<void> {
          TRY(add(thread)(database));
          if (thread % 4 != 0) return {};
          TRY(database.run("ROLLBACK"));
          return base::fail(base::ErrorKind::storage, "database", "disk full");
        });
        said_yes += outcome.has_value();
      });
    }
  }
  CHECK(count(*store) == said_yes);
}

TEST_CASE("what contradicts a constraint undoes itself and says so; the rest is kept") {
  const test::TempFolder folder;
  auto store = open(folder / "a.db");
  REQUIRE(store->write(add(1)));
  const auto again = store->write(add(1));
  REQUIRE_FALSE(again);
  CHECK(again.error().code == "constraint");
  CHECK(store->write(add(2)));
  CHECK(count(*store) == 2);
}

}  // namespace
