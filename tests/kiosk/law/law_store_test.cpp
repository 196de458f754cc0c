#include "kiosk/law/law_store.h"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/kiosk/law/small_collections.h"

using law::CitationCheck;
using law::LawStore;
using law::StatusKind;
using test::day;

namespace {

const base::Date today = day(2026, 11, 23);

struct Fixture {
  test::TempFolder folder;
  LawStore store = *LawStore::open(test::library_of(folder, test::small_book()));

  law::LawSummary law_named(std::string_view title) {
    const auto categories = *store.categories();
    for (const law::Category& category : categories) {
      const auto laws = *store.laws(category);
      for (const law::LawSummary& each : laws) {
        if (each.title == title) return each;
      }
    }
    FAIL("no such law");
    return {};
  }
};

}  // namespace

TEST_CASE("A kiosk without a library answers that it has none") {
  const test::TempFolder folder;
  auto store = LawStore::open(folder / "none.db");
  REQUIRE(store);
  CHECK_FALSE(store->present());
  CHECK(store->categories()->empty());
  CHECK(store->search({"借伞", today, 20, {}})->hits.empty());
  CHECK(store->rank({"借伞", today, 20, {}})->empty());
  CHECK_FALSE(*store->article(1, today));
  CHECK_FALSE(*store->law(1, today));
  CHECK(*store->check_citation("借伞法", "第一条", today) == CitationCheck::no_library);
}

TEST_CASE("A file that is no library is refused") {
  const test::TempFolder folder;
  std::ofstream(folder / "short.db") << "this is no library";
  std::ofstream(folder / "long.db") << std::string(10'000, 'x');
  std::ofstream(folder / "empty.db");
  for (const std::string_view name : {"short.db", "long.db", "empty.db"}) {
    CHECK(LawStore::open(folder / name).error().code == "library_format");
  }
}

TEST_CASE_FIXTURE(Fixture, "The library says what it holds and from when") {
  CHECK(store.info().collection == "LawRefBook");
  CHECK(store.info().collected == std::nullopt);
  CHECK(store.info().laws == 6);
  CHECK(store.info().articles == 17);
}

TEST_CASE_FIXTURE(Fixture, "One browses from categories to laws") {
  const auto categories = *store.categories();
  REQUIRE(categories.size() == 6);
  CHECK(categories[0].kind == law::Kind::law);
  CHECK(categories.back().kind == law::Kind::court_case);
  const auto law = law_named("中华人民共和国登山法");
  CHECK(law.short_title == "登山法");
  CHECK(law.category == "民法商法");
}

TEST_CASE_FIXTURE(Fixture, "A law shows its versions, the newest that holds in front") {
  const auto page = **store.law(law_named("中华人民共和国登山法").id, today);
  REQUIRE(page.versions.size() == 2);
  CHECK(page.versions[0].front);
  CHECK(page.front().dated == day(2024, 6, 1));
  CHECK(page.front().says_effective == day(2024, 9, 1));
  CHECK(page.versions[1].status.kind == StatusKind::amended);
  CHECK(page.front().history.size() == 2);
  CHECK((*store.law(page.law.id, day(2024, 7, 1)))->front().dated == day(2018, 1, 1));
}

TEST_CASE_FIXTURE(Fixture, "Chapters and articles come in reading order") {
  const auto page = **store.law(law_named("中华人民共和国借伞法").id, today);
  const auto chapters = *store.chapters(page.front().id);
  const auto articles = *store.articles(page.front().id);
  REQUIRE(chapters.size() == 2);
  REQUIRE(articles.size() == 5);
  CHECK(chapters[0].title == "第一章 总则");
  CHECK(chapters[1].first_article == articles[2].id);
  CHECK(articles[2].chapter == chapters[1].id);
  CHECK(articles[3].label == "第三条之一");
  const auto parts = law::paragraphs(articles[2].text);
  REQUIRE(parts.size() == 3);
  CHECK(parts[1].item);
}

TEST_CASE_FIXTURE(Fixture, "An article knows its law, its chapters and its neighbours") {
  const auto id = **store.find_article("借伞法", {3, 1}, today);
  const auto page = **store.article(id, today);
  CHECK(page.article.text == "雨伞遗失的，借伞人应当赔偿。");
  CHECK(page.law.title == "中华人民共和国借伞法");
  CHECK(page.path == std::vector<std::string>{"第二章 归还"});
  CHECK(page.version.front);
  CHECK((*store.article(page.previous, today))->article.label == "第三条");
  CHECK((*store.article(page.next, today))->article.label == "第四条");
  CHECK((*store.article(page.next, today))->next == 0);
  CHECK((*store.article(**store.find_article("借伞法", {1, 0}, today), today))->previous == 0);
}

TEST_CASE_FIXTURE(Fixture, "A repealed text says by which article it was ended") {
  const auto page = **store.law(law_named("雨具暂行条例").id, today);
  CHECK(page.front().status.kind == StatusKind::repealed);
  CHECK(page.front().status.since == day(2020, 7, 1));
  REQUIRE(page.repealed_by);
  CHECK(page.repealed_by->law_title == "中华人民共和国借伞法");
  CHECK(page.repealed_by->label == "第四条");
  CHECK((*store.article(page.repealed_by->article, today))->article.label == "第四条");
}

TEST_CASE_FIXTURE(Fixture, "Citations are checked by name and number") {
  CHECK(*store.check_citation("中华人民共和国借伞法", "第三条之一", today) == CitationCheck::found);
  CHECK(*store.check_citation("《借伞法》", "3", today) == CitationCheck::found);
  CHECK(*store.check_citation("借伞法", "第九条", today) == CitationCheck::article_missing);
  CHECK(*store.check_citation("借伞法", "不是号码", today) == CitationCheck::article_missing);
  CHECK(*store.check_citation("借鞋法", "第一条", today) == CitationCheck::law_missing);
}

TEST_CASE_FIXTURE(Fixture, "A citation means the version that holds on the day") {
  CHECK(*store.find_article("登山法", {3, 0}, today));
  CHECK_FALSE(*store.find_article("登山法", {3, 0}, day(2024, 7, 1)));
}

TEST_CASE_FIXTURE(Fixture, "Ids that do not exist find nothing") {
  CHECK_FALSE(*store.law(999, today));
  CHECK_FALSE(*store.article(999, today));
  CHECK(store.chapters(999)->empty());
  CHECK(store.articles(999)->empty());
}

TEST_CASE_FIXTURE(Fixture, "An article names the interpretations and rules that cite it") {
  const auto borrowed = *store.find_article("借伞法", {3, 0}, today);
  REQUIRE(borrowed);
  const auto citing = store.citing(*borrowed, 10);
  REQUIRE(citing.size() == 1);
  CHECK(citing.front().law_title == "最高人民法院关于适用《中华人民共和国借伞法》的解释");
  CHECK(citing.front().label == "第一条");
  CHECK_FALSE(citing.front().elder);
  CHECK(store.citing(*borrowed, 0).empty());
  CHECK(store.citing(**store.find_article("借伞法", {2, 0}, today), 10).empty());
}

TEST_CASE_FIXTURE(Fixture, "An article says which collection its text is from") {
  const auto page = *store.article(**store.find_article("借伞法", {3, 0}, today), today);
  REQUIRE(page);
  CHECK(page->version.source == store.info().collection);
  CHECK(page->version.collected == store.info().collected);
}
