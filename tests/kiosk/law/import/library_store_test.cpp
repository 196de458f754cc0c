#include "kiosk/law/import/library_store.h"

#include <doctest/doctest.h>

#include "kiosk/law/law_store.h"
#include "tests/kiosk/law/small_collections.h"

namespace {

base::Result<law::LibraryCounts> write(const std::vector<test::PathAndText>& files,
                                       const base::Path& file) {
  const auto gathered = law::gather(test::collection_of(files), {});
  return law::write_library(gathered, {}, file, [](auto, auto, auto) {});
}

}  // namespace

TEST_CASE("Everything that was gathered is counted and written") {
  const test::TempFolder folder;
  const auto counts = write(test::small_book(), folder / "laws.db");
  REQUIRE(counts);
  CHECK(counts->laws == 6);
  CHECK(counts->versions == 7);
  CHECK(counts->newest_articles == 17);
  CHECK(counts->articles == 19);
  CHECK(law::LawStore::open(folder / "laws.db")->info().laws == 6);
  const auto mode = std::filesystem::status(folder / "laws.db").permissions();
  CHECK((mode & std::filesystem::perms::others_read) != std::filesystem::perms::none);
}

TEST_CASE("A new import replaces the library in one step and leaves no other file") {
  const test::TempFolder folder;
  REQUIRE(write(test::small_book(), folder / "laws.db"));
  auto open_before = law::LawStore::open(folder / "laws.db");
  REQUIRE(write({{"laws/社会法/雨法.md", test::book_text("雨法", "", "第一条 甲。")}},
                folder / "laws.db"));
  CHECK(law::LawStore::open(folder / "laws.db")->info().laws == 1);
  CHECK(open_before->laws({law::Kind::law, "社会法", "", 0})->size() == 1);
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator(folder.path()))
    ++files;
  CHECK(files == 1);
}

TEST_CASE("When writing fails the old library stays as it was") {
  const test::TempFolder folder;
  REQUIRE(write(test::small_book(), folder / "laws.db"));
  std::filesystem::create_directories(folder / "laws.db.new/occupied");
  CHECK_FALSE(write(test::small_book(), folder / "laws.db"));
  CHECK(law::LawStore::open(folder / "laws.db")->info().laws == 6);
}

TEST_CASE("Progress is told from the first law to the last") {
  const test::TempFolder folder;
  const auto gathered = law::gather(test::collection_of(test::small_book()), {});
  std::vector<std::size_t> done;
  REQUIRE(law::write_library(gathered, {}, folder / "laws.db",
                             [&](std::string_view, std::size_t part, std::size_t total) {
                               CHECK(total == 6);
                               done.push_back(part);
                             }));
  CHECK(done.front() == 0);
  CHECK(done.back() == 6);
}
