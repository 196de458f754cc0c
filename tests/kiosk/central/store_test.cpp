#include "kiosk/central/store.h"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <thread>

#include "tests/support/world.h"

namespace {

constexpr std::array schema{sql::Migration{1, "CREATE TABLE note (id INTEGER PRIMARY KEY)"}};

std::unique_ptr<central::Store> open(const base::Path& file) {
  auto store = central::Store::open(file, schema);
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
  return [id](sql::Database& database) { return database.run("INSERT INTO note VALUES (?)", id); };
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
  auto other = sql::Database::open(folder / "a.db", sql::Access::read_only);
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
        auto store = central::Store::open(folder / "a.db", schema);
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

}  // namespace
