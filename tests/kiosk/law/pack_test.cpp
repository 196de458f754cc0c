// Packs as files: the same bytes from the same laws, and no crash whatever a file holds. What a
// whole pack answers is tested with law_store.
#include "kiosk/law/pack.h"

#include <doctest/doctest.h>

#include "kiosk/law/law_store.h"
#include "tests/kiosk/law/small_collections.h"

using law::LawStore;
using law::Pack;

namespace {

const base::Date today = test::day(2026, 11, 23);

std::string small_pack() {
  const auto gathered = law::gather(test::collection_of(test::small_book()), {});
  return *law::make_pack(gathered, {}, [](auto, auto, auto) {});
}

// Everything a kiosk asks of a library; answers and errors are both right.
void use(LawStore& store) {
  for (const std::string_view words : {"雨伞遗失了怎么办", "借伞法 第三条", "登山"}) {
    const auto answer = store.search({words, today, 20, {}});
    if (answer) CHECK(answer->hits.size() <= 20);
    (void)store.rank({words, today, 100, law::Kind::law});
  }
  (void)store.check_citation("登山法", "第一条", today);
  const auto categories = store.categories();
  for (const law::Category& each : categories.value_or(std::vector<law::Category>{})) {
    (void)store.laws(each);
  }
  for (law::Id id = 0; id < 25; ++id) {
    (void)store.law(id, today);
    (void)store.chapters(id);
    (void)store.articles(id);
    (void)store.article(id, today);
  }
}

}  // namespace

TEST_CASE("The same laws give the same bytes") {
  CHECK(small_pack() == small_pack());
}

TEST_CASE("A version names its law and an article its version") {
  const test::TempFolder folder;
  const Pack pack = *Pack::open(test::library_of(folder, test::small_book()));
  for (std::uint32_t id = 1; id <= pack.articles(); ++id) {
    const law::VersionRecord version = pack.version(pack.version_of(id));
    CHECK(id >= version.first_article);
    CHECK(id < version.first_article + version.articles);
    CHECK(pack.law(version.law).versions > 0);
  }
  CHECK(pack.version_of(0) == 0);
  CHECK(pack.version_of(pack.articles() + 1) == 0);
  CHECK(pack.law(0).versions == 0);
  CHECK(pack.string(9'999'999).empty());
}

TEST_CASE("A pack cut short anywhere is refused") {
  const test::TempFolder folder;
  const std::string whole = small_pack();
  for (std::size_t size = 0; size < whole.size(); size += whole.size() / 97) {
    REQUIRE(base::replace_file(folder / "cut.lawpack", whole.substr(0, size)));
    CHECK_FALSE(LawStore::open(folder / "cut.lawpack"));
  }
}

TEST_CASE("A damaged pack gives errors or other words and touches nothing else") {
  const test::TempFolder folder;
  const std::string whole = small_pack();
  test::SeededChance chance;
  const auto size = static_cast<std::uint32_t>(whole.size());
  int opened = 0;
  for (int round = 0; round < 400; ++round) {
    std::string damaged = whole;
    // The tables are hit as often as the texts, which are most of the file.
    const std::uint32_t range = round % 2 == 0 ? size : std::uint32_t{512};
    for (std::uint32_t hits = 1 + chance.below(8); hits > 0; --hits) {
      damaged[chance.below(range)] = static_cast<char>(chance.below(256));
    }
    REQUIRE(base::replace_file(folder / "damaged.lawpack", damaged));
    auto store = LawStore::open(folder / "damaged.lawpack");
    if (!store) continue;
    ++opened;
    use(*store);
  }
  CHECK(opened > 100);
}
