#include "kiosk/law/import/library_store.h"

#include <doctest/doctest.h>

#include "kiosk/law/law_store.h"
#include "kiosk/law/pack.h"
#include "tests/kiosk/law/small_collections.h"

namespace {

base::Result<law::LibraryCounts> write(const std::vector<test::PathAndText>& files,
                                       const base::Path& file) {
  const auto gathered = law::gather(test::collection_of(files), {});
  return law::write_library(gathered, {}, file, [](auto, auto, auto) {});
}

// The pack of two collections: an older one and, of `younger_day`, one with a newer umbrella law
// that cites the climbing law.
law::Pack merged_pack(const test::TempFolder& folder, base::Date younger_day) {
  std::vector<law::Collection> collections;
  collections.push_back(test::collection_of(test::small_book()));
  collections.back().packed = test::day(2025, 4, 19);
  collections.push_back(test::collection_of(
      {{"docs/category/README.md", "# 类别"},
       {"docs/a/umbrella/README.md",
        "# 中华人民共和国借伞法\n\n2020年5月1日借伞大会通过\n\n2026年1月2日借伞大会修订\n\n"
        "**第一条**　违反《中华人民共和国登山法》第二条的，不得借伞。\n\n"
        "**第二条**　本法自2026年2月1日起施行。"}}));
  collections.back().packed = younger_day;
  const auto gathered = law::gather(std::move(collections), {});
  REQUIRE(law::write_library(gathered, {}, folder / "laws.db", [](auto, auto, auto) {}));
  return *law::Pack::open(folder / "laws.db");
}

std::uint32_t find_law(const law::Pack& pack, std::string_view short_title) {
  for (std::uint32_t id = 1; id <= pack.laws(); ++id) {
    if (pack.string(pack.law(id).short_title) == short_title) return id;
  }
  FAIL("no such law");
  return 0;
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

TEST_CASE(
    "Each version says from which collection it is, how far that one knows, and who made it") {
  const test::TempFolder folder;
  const law::Pack pack = merged_pack(folder, test::day(2026, 6, 26));
  REQUIRE(pack.sources().size() == 2);
  const law::LawRecord umbrella = pack.law(find_law(pack, "借伞法"));
  REQUIRE(umbrella.versions == 2);
  const law::VersionRecord older = pack.version(umbrella.first_version);
  const law::VersionRecord newer = pack.version(umbrella.first_version + 1);
  CHECK(pack.collected(older) == test::day(2025, 4, 19));
  CHECK(pack.collected(newer) == test::day(2026, 6, 26));
  CHECK(pack.string(older.source) != pack.string(newer.source));
  CHECK(pack.string(older.path) == "laws/社会法/借伞法(2020-05-01).md");
  CHECK(law::date_of(older.adopted) == test::day(2020, 5, 1));
  CHECK(pack.string(older.issuer) == "借伞大会");
}

TEST_CASE("Who cites an article stands beside it") {
  const test::TempFolder folder;
  const law::Pack pack = merged_pack(folder, test::day(2026, 6, 26));
  const law::LawRecord climb = pack.law(find_law(pack, "登山法"));
  const law::VersionRecord newest = pack.version(climb.first_version + climb.versions - 1);
  const auto citing = pack.citing(newest.first_article + 1);
  REQUIRE(citing.size() == 1);
  CHECK(pack.law(pack.version(pack.version_of(citing[0].citing)).law).title ==
        pack.law(find_law(pack, "借伞法")).title);
  CHECK(citing[0].elder == 0);
  CHECK(pack.citing(newest.first_article + 2).empty());
  CHECK(pack.citing(0).empty());
}

TEST_CASE("Another day of one collection changes no law of either") {
  const test::TempFolder june;
  const test::TempFolder july;
  const law::Pack before = merged_pack(june, test::day(2026, 6, 26));
  const law::Pack after = merged_pack(july, test::day(2026, 7, 26));
  REQUIRE(before.laws() == after.laws());
  for (std::uint32_t id = 1; id <= before.laws(); ++id) {
    CHECK(before.frame(id).sha256 == after.frame(id).sha256);
  }
}
