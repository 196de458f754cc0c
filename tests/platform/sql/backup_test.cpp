#include "platform/sql/backup.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "platform/sql/database.h"
#include "tests/support/must.h"
#include "tests/support/world.h"

using test::must;

namespace {

struct Place {
  test::TempFolder folder;
  base::Path file = folder / "a.db";
  base::Path copy = folder / "copy.db";
  sql::Database database = must(sql::Database::open(file));

  Place() {
    must(
        database.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT; "
                         "CREATE INDEX note_text ON note (text)"));
  }
  void write(int notes) {
    must(
        database.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                     "INSERT INTO note SELECT NULL, hex(randomblob(500)) FROM n",
                     notes));
  }
  [[nodiscard]] std::int64_t copied() const {
    return must(must(sql::Database::open(copy, sql::Access::read_only))
                    .integer("SELECT count(*) FROM note"))
        .value();
  }
  [[nodiscard]] std::size_t files() const {
    return must(base::list_files(folder.path(), "")).size();
  }
};

std::string code_of(const base::Result<void>& result) {
  return result ? std::string() : result.error().code;
}

}  // namespace

TEST_CASE("A copy has what was committed, as one file that only its owner reads") {
  Place place;
  place.write(100);
  must(sql::copy_database(place.file, place.copy));
  struct stat found{};
  REQUIRE(::stat(place.copy.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777U) == 0600U);
  const std::string bytes = must(base::read_file(place.copy));
  CHECK(bytes[18] == 1);  // no write-ahead log is wanted to read it (sqlite.org/fileformat2.html)
  CHECK(bytes[19] == 1);
  CHECK_FALSE(std::filesystem::exists(place.copy.string() + "-wal"));
  CHECK_FALSE(std::filesystem::exists(place.copy.string() + ".new"));
  CHECK(place.copied() == 100);
}

TEST_CASE("Who writes meanwhile does not wait, and the copy is of the moment it began") {
  Place place;
  place.write(20'000);
  int told = 0;
  must(sql::copy_database(place.file, place.copy, [&](std::int64_t done, std::int64_t all) {
    CHECK(done <= all);
    place.write(10);
    ++told;
    return true;
  }));
  CHECK(told > 2);
  CHECK(place.copied() == 20'000);
  CHECK(must(place.database.integer("SELECT count(*) FROM note")) == 20'000 + 10 * told);
}

TEST_CASE("A copy that is stopped leaves the one before and nothing beside it") {
  Place place;
  place.write(100);
  must(sql::copy_database(place.file, place.copy));
  place.write(20'000);
  const std::size_t before = place.files();
  const auto stop = [](std::int64_t, std::int64_t) { return false; };
  CHECK(code_of(sql::copy_database(place.file, place.copy, stop)) == "stopped");
  CHECK(place.files() == before);
  CHECK(place.copied() == 100);
}

TEST_CASE("A damaged database is neither copied nor called sound") {
  Place place;
  place.write(2000);
  must(place.database.empty_log());
  std::string bytes = must(base::read_file(place.file));
  bytes.replace(bytes.size() / 2, 4096, 4096, '\x5a');
  const base::Path damaged = place.folder / "damaged.db";
  must(base::replace_file(damaged, bytes));
  CHECK(code_of(sql::check_database(damaged)) == "damaged");
  CHECK(code_of(sql::copy_database(damaged, place.copy)) == "damaged");
  CHECK_FALSE(std::filesystem::exists(place.copy));
  CHECK(code_of(sql::check_database(place.file)).empty());
}

TEST_CASE("What is no database is said, and so is what is not there") {
  Place place;
  const base::Path letter = place.folder / "letter.txt";
  must(base::replace_file(letter, std::string(5000, 'x')));
  CHECK(code_of(sql::copy_database(letter, place.copy)) == "no_database");
  CHECK(code_of(sql::check_database(letter)) == "no_database");
  const auto missing = sql::copy_database(place.folder / "none.db", place.copy);
  CHECK(missing.error().kind == base::ErrorKind::not_found);
  CHECK(code_of(sql::copy_database(place.file, place.folder / "no/such.db")) == "file_unwritable");
}
