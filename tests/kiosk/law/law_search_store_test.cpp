#include <doctest/doctest.h>

#include "kiosk/law/law_store.h"
#include "tests/kiosk/law/small_collections.h"

using law::LawStore;
using law::SearchAnswer;
using law::StatusKind;
using test::book_text;
using test::day;

namespace {

const base::Date today = day(2026, 11, 23);

struct Fixture {
  test::TempFolder folder;
  LawStore store = *LawStore::open(test::library_of(folder, test::small_book()));

  SearchAnswer search(std::string_view text, base::Date on = today) {
    return *store.search({text, on, 20, {}});
  }
};

std::vector<std::string> places(const SearchAnswer& answer) {
  std::vector<std::string> list;
  for (const law::Hit& each : answer.hits) list.push_back(each.law.short_title + each.label);
  return list;
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "A question in lay words finds the article that answers it") {
  const auto answer = search("雨伞遗失了怎么办");
  REQUIRE_FALSE(answer.hits.empty());
  const law::Hit& first = answer.hits[0];
  CHECK(first.law.title == "中华人民共和国借伞法");
  CHECK(first.label == "第三条之一");
  CHECK(first.path == "第二章 归还");
  CHECK(first.status.kind == StatusKind::unknown);
  CHECK(first.snippet.text == "雨伞遗失的，借伞人应当赔偿。");
  CHECK_FALSE(first.snippet.matches.empty());
  CHECK(answer.good_match);
}

TEST_CASE_FIXTURE(Fixture, "A citation brings its article first, then those that cite it") {
  for (const std::string_view typed : {"借伞法 第三条", "《借伞法》第3条", "借伞法3"}) {
    const auto answer = search(typed);
    REQUIRE(answer.hits.size() >= 2);
    CHECK(answer.hits[0].label == "第三条");
    CHECK(answer.hits[1].law.short_title == "最高人民法院关于适用《借伞法》的解释");
    CHECK(answer.good_match);
    REQUIRE(answer.laws.size() == 1);
    CHECK(answer.laws[0].law.short_title == "借伞法");
  }
}

TEST_CASE_FIXTURE(Fixture, "The name of a law finds the law, exact before similar") {
  const auto answer = search("借伞法");
  REQUIRE(answer.laws.size() == 2);
  CHECK(answer.laws[0].law.title == "中华人民共和国借伞法");
  CHECK(search("借").laws.empty());
  CHECK(search("100%_").laws.empty());
}

TEST_CASE_FIXTURE(Fixture, "A shortened name means the law too, with a number its article") {
  const auto regulation = search("雨具条例 第二条");
  REQUIRE_FALSE(regulation.hits.empty());
  CHECK(regulation.hits[0].law.title == "雨具暂行条例");
  CHECK(regulation.hits[0].label == "第二条");
  const auto interpretation = search("借伞法解释第1条");
  REQUIRE_FALSE(interpretation.hits.empty());
  CHECK(interpretation.hits[0].law.kind == law::Kind::interpretation);
  CHECK(interpretation.hits[0].label == "第一条");
  CHECK(store.names_law("借伞法解释"));
  CHECK_FALSE(store.names_law("雨停了怎么办"));
}

TEST_CASE_FIXTURE(Fixture, "A number that the law does not have cites no other law's article") {
  for (const law::Hit& each : search("借伞法第九十九条").hits) CHECK(each.label != "第九十九条");
  CHECK(search("伞法 1").hits.empty() == false);
  CHECK(search("借伞 1").hits[0].law.kind != law::Kind::local);
}

TEST_CASE_FIXTURE(Fixture,
                  "A law that is named tells its status, a repealed one behind its successor") {
  const auto answer = search("雨具暂行条例");
  REQUIRE(answer.laws.size() == 2);
  CHECK(answer.laws[0].law.short_title == "借伞法");
  CHECK(answer.laws[0].status.kind == StatusKind::unknown);
  CHECK(answer.laws[1].law.short_title == "雨具暂行条例");
  CHECK(answer.laws[1].status.kind == StatusKind::repealed);
  const auto before = search("雨具暂行条例", day(2019, 1, 1));
  REQUIRE(before.laws.size() == 1);
  CHECK(before.laws[0].law.short_title == "雨具暂行条例");
}

TEST_CASE("A law that the library does not have leads to the one whose closing article ended it") {
  const test::TempFolder folder;
  auto files = test::small_book();
  for (auto& [path, text] : files) {
    const auto at = text.find("《雨具暂行条例》同时废止");
    if (at != std::string::npos) text.insert(at, "《中华人民共和国蓑衣法》、");
  }
  files.emplace_back("laws/司法解释/关于适用《蓑衣法》的解释(2003-01-01).md",
                     book_text("最高人民法院关于适用《中华人民共和国蓑衣法》的解释", "2003年1月1日",
                               "第一条 蓑衣法所称蓑衣，用草编成。"));
  LawStore store = *LawStore::open(test::library_of(folder, files));
  for (const std::string_view typed : {"蓑衣法", "中华人民共和国蓑衣法", "蓑衣法第一条"}) {
    CAPTURE(typed);
    const auto answer = *store.search({typed, today, 20, {}});
    REQUIRE_FALSE(answer.laws.empty());
    CHECK(answer.laws[0].law.title == "中华人民共和国借伞法");
    CHECK(answer.laws[0].ended == "蓑衣法");
    REQUIRE_FALSE(answer.hits.empty());
    CHECK(answer.hits[0].label == "第四条");
    CHECK(answer.hits[0].reason == law::Reason::ended);
  }
  const auto before = *store.search({"蓑衣法", day(2019, 1, 1), 20, {}});
  for (const law::NamedLaw& each : before.laws) CHECK(each.ended.empty());
  CHECK(store.search({"斗笠法", today, 20, {}})->laws.empty());
}

TEST_CASE_FIXTURE(Fixture, "The reason given for a result is true of it") {
  const auto marked = search("雨伞遗失了怎么办");
  REQUIRE_FALSE(marked.hits.empty());
  for (const law::Hit& each : marked.hits) {
    CHECK_FALSE((each.reason == law::Reason::words && each.snippet.matches.empty()));
  }
  CHECK(marked.hits[0].reason == law::Reason::words);
  CHECK(search("借伞法 第三条").hits[0].reason == law::Reason::cited);
  // The chapter 归还 has articles that do not say the word themselves.
  const auto named = search("归还");
  bool by_heading = false;
  for (const law::Hit& each : named.hits) {
    if (!each.snippet.matches.empty()) continue;
    CHECK(each.reason == law::Reason::heading);
    by_heading = true;
  }
  CHECK(by_heading);
}

TEST_CASE_FIXTURE(Fixture, "Only the version that holds on the day is found") {
  CHECK(contains(places(search("夜间登山")), "登山法第二条"));
  CHECK(search("夜间登山").hits[0].snippet.text == "夜间禁止登山。");
  CHECK_FALSE(contains(places(search("携带绳索")), "登山法修正案一、"));
  for (const law::Hit& each : search("登山应当结伴").hits) {
    CHECK(each.snippet.text != "登山应当结伴。");
  }
}

TEST_CASE_FIXTURE(Fixture, "Cases and amendments are found only when asked for") {
  for (const law::Hit& each : search("雨停三日后归还雨伞").hits) {
    CHECK(each.law.kind != law::Kind::court_case);
  }
  const auto cases = *store.search({"雨停三日后归还雨伞", today, 20, law::Kind::court_case});
  REQUIRE(cases.hits.size() == 1);
  CHECK(cases.hits[0].label == "基本案情");
}

TEST_CASE_FIXTURE(Fixture, "A repealed article stands behind the text that repealed it, marked") {
  const auto answer = search("出借雨伞应当登记");
  std::size_t repealed = 0;
  std::size_t successor = answer.hits.size();
  for (std::size_t i = 0; i < answer.hits.size(); ++i) {
    if (answer.hits[i].label == "第二条" && answer.hits[i].law.short_title == "雨具暂行条例")
      repealed = i;
    if (answer.hits[i].law.short_title == "借伞法") successor = std::min(successor, i);
  }
  CHECK(successor < repealed);
  CHECK(answer.hits[repealed].status.kind == StatusKind::repealed);
  CHECK(search("出借雨伞应当登记", day(2019, 1, 1)).hits[0].law.short_title == "雨具暂行条例");
}

TEST_CASE_FIXTURE(Fixture, "Talk the law has no answer to is no good match") {
  CHECK_FALSE(search("红烧肉").good_match);
  CHECK(search("红烧肉").hits.empty());
  CHECK_FALSE(search("").good_match);
  CHECK_FALSE(search(" ，。").good_match);
  CHECK_FALSE(search("13800138000").good_match);
}

TEST_CASE_FIXTURE(Fixture, "Ranking alone gives rows whatever the match") {
  const auto rows = *store.rank({"雨伞遗失", today, 3, {}});
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].law_title == "中华人民共和国借伞法");
  CHECK(rows[0].label == "第三条之一");
}

TEST_CASE_FIXTURE(Fixture, "Anything may be typed") {
  std::string endless;
  for (int i = 0; i < 5'000; ++i) endless += "雨伞遗失";
  CHECK(search(endless).hits.size() > 0);
  for (const std::string_view typed :
       {"\xFF\xFE", "'; DROP TABLE laws; --", "%", "\\", "第", "之一"}) {
    CHECK(store.search({typed, today, 20, {}}));
  }
  CHECK(store.search({"雨伞", today, 0, {}})->hits.empty());
  CHECK(search("雨").good_match);
}

TEST_CASE("A text that waits for its day is found from that day on, the current one until then") {
  const test::TempFolder folder;
  auto store = *LawStore::open(test::library_of(
      folder,
      {{"docs/category/README.md", "# 类别"},
       {"LAWS_PROGRESS.md", "> 更新时间：2026年6月26日"},
       {"docs/a/mark/README.md", "# 标记法\n\n2019年4月23日修正\n\n**第一条**　旧标记应当登记。"},
       {"docs/a/mark/versions/2027-01-01/README.md",
        "# 标记法\n\n2026年6月26日修订\n\n**第一条**　新标记应当登记。"}}));
  const auto before = *store.search({"标记登记", day(2026, 12, 31), 20, {}});
  REQUIRE(before.hits.size() == 1);
  CHECK(before.hits[0].snippet.text == "旧标记应当登记。");
  CHECK(before.hits[0].status.kind == StatusKind::in_force);
  const auto after = *store.search({"标记登记", day(2027, 1, 1), 20, {}});
  REQUIRE(after.hits.size() == 1);
  CHECK(after.hits[0].snippet.text == "新标记应当登记。");
}
