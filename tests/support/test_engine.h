// The engine that a test's database runs on: SQLite in the file it names, or, when
// KIOSK_TEST_POSTGRES names a PostgreSQL (tests/support/with_postgres), a schema of its own there.
// The same file is the same schema.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <functional>
#include <string>

#include "kiosk/central/store.h"
#include "platform/sql/postgres.h"

namespace test {

inline bool on_postgres() {
  return std::getenv("KIOSK_TEST_POSTGRES") != nullptr;
}

inline central::Engine test_engine(const base::Path& file) {
  if (!on_postgres()) return central::sqlite_engine(file);
  const std::string server = std::getenv("KIOSK_TEST_POSTGRES");
  const std::string schema = fmt::format("t{:x}", std::hash<std::string>{}(file.string()));
  auto database = sql::open_postgres(server);
  if (!database) FAIL(database.error().detail);
  // Two at the same moment: one of them is told that it is there already.
  (void)database->execute("CREATE SCHEMA IF NOT EXISTS " + schema);
  return central::postgres_engine(fmt::format("{} options=-csearch_path={}", server, schema), 4);
}

}  // namespace test
