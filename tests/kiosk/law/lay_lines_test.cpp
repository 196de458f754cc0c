#include "kiosk/law/lay_lines.h"

#include <doctest/doctest.h>

#include "kiosk/law/law_store.h"
#include "tests/kiosk/law/small_collections.h"
#include "tests/kiosk/law/small_ranking.h"

using law::Feature;
using law::LawStore;
using test::day;

namespace {

struct Fixture {
  test::TempFolder folder;
  base::Path library = test::library_of(folder, test::small_book());
  base::Path file = folder / "ranking.bin";
  law::Learned learned = test::learned_of({});

  void write() { REQUIRE(base::replace_file(file, encode(learned, law::feature_print))); }
  law::LearnedFile open() {
    write();
    auto opened = law::LearnedFile::open(file, law::feature_print);
    REQUIRE(opened);
    return std::move(*opened);
  }
  // The document of an article, valid on the day of the tests.
  [[nodiscard]] std::uint32_t document(std::string_view law, law::ArticleNumber number) const {
    auto store = LawStore::open(library);
    REQUIRE(store);
    const auto id = store->find_article(law, number, day(2026, 11, 23));
    REQUIRE(id);
    REQUIRE(*id);
    return static_cast<std::uint32_t>(**id);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "A lay line leads to its article, though the text shares no word") {
  test::add_lay_lines(learned, {{"登山法", {2, 0}, {"天黑了还能爬坡吗"}}});
  test::grow_one(learned, Feature::lay_share, 0.5F);
  write();
  LawStore store = *LawStore::open(library);
  const auto wanted = document("登山法", {2, 0});
  const auto first = [&store] {
    const auto list = store.rank({"天黑爬坡", day(2026, 11, 23), 20, {}});
    REQUIRE(list);
    return list->empty() ? 0 : list->front().article;
  };
  CHECK(first() != wanted);
  REQUIRE(store.use_ranking(file));
  CHECK(first() == wanted);
}

TEST_CASE_FIXTURE(Fixture,
                  "Two lines that meet a question weigh more than one, and the best shows") {
  test::add_lay_lines(learned, {{"借伞法", {2, 0}, {"下雨没带伞"}},
                                {"借伞法", {3, 0}, {"下雨没带伞", "没带伞被雨淋"}},
                                {"借伞法", {3, 1}, {}}});
  const auto opened = open();
  const auto pack = law::Pack::open(library);
  REQUIRE(pack);
  law::LayLines lines(opened, *pack);
  lines.weigh("下雨没带伞");
  const auto* one = lines.find(document("借伞法", {2, 0}));
  const auto* two = lines.find(document("借伞法", {3, 0}));
  const auto* none = lines.find(document("借伞法", {3, 1}));
  REQUIRE((one != nullptr && two != nullptr && none != nullptr));
  CHECK(two->score > one->score);
  CHECK(two->nearest == one->nearest);
  CHECK(one->score == doctest::Approx(one->nearest));
  CHECK(lines.highest() == two->score);
  CHECK(lines.nearest() == two->nearest);
  CHECK(lines.coverage() > 0.3F);
  CHECK(none->score == 0);
  CHECK(lines.find(document("登山法", {1, 0})) == nullptr);
  lines.weigh("");
  CHECK(lines.highest() == 0);
}

TEST_CASE_FIXTURE(Fixture, "Lines for a law the library does not have are passed over") {
  test::add_lay_lines(learned, {{"月亮税法", {1, 0}, {"月亮上要交税吗"}}});
  const auto opened = open();
  const auto pack = law::Pack::open(library);
  REQUIRE(pack);
  law::LayLines lines(opened, *pack);
  lines.weigh("月亮上要交税吗");
  CHECK(lines.articles().empty());
  CHECK(lines.highest() == 0);
}
