#include "kiosk/law/import/gather.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "platform/base/text.h"
#include "tests/kiosk/law/small_collections.h"

using law::Fate;
using law::Gathered;
using law::Kind;
using test::book_text;

namespace {

Gathered gather(const std::vector<test::PathAndText>& files, std::string_view region = {}) {
  return law::gather(test::collection_of(files), region);
}

const law::Law& find(const Gathered& gathered, std::string_view title) {
  const auto found = std::find_if(gathered.laws.begin(), gathered.laws.end(),
                                  [title](const law::Law& each) { return each.title == title; });
  REQUIRE(found != gathered.laws.end());
  return *found;
}

std::vector<std::string> left_out(const Gathered& gathered, std::string_view reason) {
  std::vector<std::string> paths;
  for (const law::FileAccount& each : gathered.files) {
    if (each.fate == Fate::left_out && each.note == reason) paths.push_back(each.path);
  }
  return paths;
}

std::size_t count(const Gathered& gathered, Fate fate) {
  return static_cast<std::size_t>(
      std::count_if(gathered.files.begin(), gathered.files.end(),
                    [fate](const law::FileAccount& each) { return each.fate == fate; }));
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("Versions of a law are one law, oldest first, whatever the folder") {
  const auto gathered = gather({
      {"laws/经济法/登山法(2024-06-01).md", book_text("中华人民共和国登山法", "", "第一条 新。")},
      {"laws/社会法/登山法(2018-01-01).md", book_text("中华人民共和国登山法", "", "第一条 旧。")},
  });
  REQUIRE(gathered.laws.size() == 1);
  const law::Law& law = gathered.laws[0];
  REQUIRE(law.versions.size() == 2);
  CHECK(law.versions[0].dated == test::day(2018, 1, 1));
  CHECK(law.versions[1].text.units[0].text == "新。");
  CHECK(law.category == "经济法");
  CHECK(law.versions[1].searched);
  CHECK_FALSE(law.versions[0].searched);
}

TEST_CASE("Without a day in the name the history dates a text") {
  const auto gathered = gather({
      {"laws/社会法/登山法.md",
       book_text("登山法", "2018年1月1日 通过\n2021年2月3日 修订", "第一条 甲。")},
      {"laws/社会法/登山法(2019-01-01).md", book_text("登山法", "", "第一条 乙。")},
  });
  REQUIRE(gathered.laws[0].versions.size() == 2);
  CHECK(gathered.laws[0].versions[1].dated == test::day(2021, 2, 3));
}

TEST_CASE("A text that is there twice is left out once, and said") {
  const auto gathered = gather({
      {"laws/司法解释/甲、乙关于借伞的解释(2020-01-01).md",
       book_text("甲、乙关于借伞的解释", "", "第一条 甲。")},
      {"laws/司法解释/甲  乙关于借伞的解释(2020-01-01).md",
       book_text("甲 乙关于借伞的解释", "", "第一条 甲，改了标点。")},
      {"laws/司法解释/甲乙关于借伞的解释.md", book_text("甲乙关于借伞的解释", "", "第一条 甲。")},
  });
  REQUIRE(gathered.laws.size() == 1);
  CHECK(gathered.laws[0].versions.size() == 1);
  CHECK(count(gathered, Fate::merged) == 2);
  CHECK(gathered.files.size() == 3);
}

TEST_CASE("The parts of a code in LawRefBook become one law in the order of its articles") {
  const auto gathered = gather({
      {"laws/民法典/附则.md", "# 借伞法典\n\n# 附则\n\n<!-- INFO END -->\n\n##\n\n第九条 丙。"},
      {"laws/民法典/归还编.md",
       "# 借伞法典\n\n# 归还编\n\n2020年5月28日 通过\n\n<!-- INFO END -->\n\n"
       "## 第一章 期限\n\n第三条 乙。"},
      {"laws/民法典/总则.md", "# 借伞法典\n\n# 总则\n\n<!-- INFO END -->\n\n第一条 甲。"},
  });
  REQUIRE(gathered.laws.size() == 1);
  const law::Version& version = gathered.laws[0].versions[0];
  REQUIRE(version.text.units.size() == 3);
  CHECK(version.text.units[0].text == "甲。");
  CHECK(version.text.path(version.text.units[1].heading, "/") == "归还编/第一章 期限");
  CHECK(version.text.units[2].text == "丙。");
  CHECK(version.dated == test::day(2020, 5, 28));
}

TEST_CASE("The parts of a just-laws folder become one law; its amendments stand apart") {
  const auto gathered = gather({
      {"docs/category/README.md", "# 类别"},
      {"docs/category/criminal.md", "# 刑法"},
      {"docs/criminal/rain/README.md", "# 中华人民共和国雨法\n\n1997年3月14日通过\n"},
      {"docs/criminal/rain/00-supplementary.md", "# 附则\n\n**第九条**　丙。"},
      {"docs/criminal/rain/01-general.md", "# 第一编　总则\n\n**第一条**　甲。"},
      {"docs/criminal/rain/04-amendment.md",
       "# 修正案\n\n## 中华人民共和国雨法修正案\n\n*1999年12月25日通过*\n\n一、甲。\n\n二、乙。\n\n"
       "## 中华人民共和国雨法修正案（二）\n\n*2001年8月31日通过*\n\n**第一条**　丙。"},
      {"docs/criminal/rain/05-decision.md",
       "# 关于惩治骗雨的决定\n\n1998年12月29日通过\n\n一、甲。\n\n二、乙。"},
  });
  CHECK(gathered.laws.size() == 4);
  const law::Law& law = find(gathered, "中华人民共和国雨法");
  CHECK(law.kind == Kind::law);
  CHECK(law.category == "刑法");
  REQUIRE(law.versions[0].text.units.size() == 2);
  CHECK(law.versions[0].text.units[1].text == "丙。");
  CHECK(law.versions[0].dated == test::day(1997, 3, 14));
  const law::Law& amendment = find(gathered, "中华人民共和国雨法修正案");
  CHECK(amendment.kind == Kind::amendment);
  CHECK(amendment.versions[0].text.units.size() == 2);
  CHECK(amendment.versions[0].dated == test::day(1999, 12, 25));
  CHECK(find(gathered, "关于惩治骗雨的决定").kind == Kind::amendment);
}

TEST_CASE("A title page and parts without a word of text are left out, each of them") {
  const auto gathered = gather({
      {"docs/category/README.md", "# 类别"},
      {"docs/criminal/rain/README.md", "# 雨法"},
      {"docs/criminal/rain/01-general.md", "# 第一编　总则"},
  });
  CHECK(gathered.laws.empty());
  CHECK(left_out(gathered, "no_text").size() == 2);
}

TEST_CASE("Only the region asked for is read, national law always") {
  CHECK(left_out(gather(test::small_book()), "other_region").size() == 1);
  const auto gathered = gather(test::small_book(), "北京");
  CHECK(left_out(gathered, "other_region").empty());
  CHECK(find(gathered, "北京市借伞规定").region == "北京");
  CHECK(left_out(gather(test::small_book(), "上海"), "other_region").size() == 1);
  CHECK(left_out(gather(test::small_book(), "北京市"), "other_region").empty());
}

TEST_CASE("Broken, binary and empty files become lines in the report") {
  auto files = test::small_book();
  files.push_back({"laws/社会法/坏.md", "# 坏\n\xFF\xFE"});
  files.push_back({"laws/社会法/二进制.md", std::string("# 二\0进制", 12)});
  files.push_back({"laws/社会法/空.md", ""});
  files.push_back(
      {"laws/社会法/只有标题(2022-05-30).md", book_text("只有标题条例", "2022年5月30日 通过", "")});
  const auto gathered = gather(files);
  CHECK(left_out(gathered, "not_utf8") == Paths{"laws/社会法/坏.md"});
  CHECK(left_out(gathered, "binary") == Paths{"laws/社会法/二进制.md"});
  CHECK(left_out(gathered, "no_title") == Paths{"laws/社会法/空.md"});
  CHECK(left_out(gathered, "no_text") == Paths{"laws/社会法/只有标题(2022-05-30).md"});
  CHECK(gathered.laws.size() == 6);
}

TEST_CASE("Parts whose title page is missing are left out, not put into another law") {
  const auto gathered = gather({
      {"docs/category/README.md", "# 类别"},
      {"docs/criminal/rain/01-general.md", "# 第一编　总则\n\n**第一条**　甲。"},
  });
  CHECK(gathered.laws.empty());
  CHECK(left_out(gathered, "no_title").size() == 1);
}

TEST_CASE("Every file has one account: front, history, part, merged or left out") {
  auto files = test::small_book();
  files.push_back(
      {"laws/民法典/总则.md", "# 借伞法典\n\n# 总则\n\n<!-- INFO END -->\n\n第一条 甲。"});
  files.push_back(
      {"laws/民法典/附则.md", "# 借伞法典\n\n# 附则\n\n<!-- INFO END -->\n\n第二条 乙。"});
  files.push_back({"laws/经济法/借伞法(2020-05-01).md",
                   book_text("中华人民共和国借伞法", "", "第一条 又一份。")});
  auto collection = test::collection_of(files);
  collection.left_out.push_back({"laws/社会法/大.md", "too_large"});
  const auto gathered = law::gather(std::move(collection), {});
  CHECK(gathered.files.size() == files.size() + 1);
  CHECK(count(gathered, Fate::front) == 7);
  CHECK(count(gathered, Fate::history) == 1);
  CHECK(count(gathered, Fate::part) == 1);
  CHECK(count(gathered, Fate::merged) == 1);
  CHECK(count(gathered, Fate::left_out) == 4);
  for (const law::FileAccount& each : gathered.files) CHECK_FALSE(each.note.empty());
}

TEST_CASE("A page of amendments is read when one text of it is, and empty pages are left out") {
  const auto gathered = gather({
      {"docs/category/README.md", "# 类别"},
      {"docs/criminal/rain/README.md", "# 雨法\n\n1997年3月14日通过\n"},
      {"docs/criminal/rain/04-amendment.md", "# 修正案\n\n没有。"},
      {"docs/criminal/sun/README.md", "# 晴法\n\n**第一条**　甲。"},
      {"docs/criminal/sun/04-amendment.md",
       "# 修正案\n\n## 晴法修正案\n\n一、甲。\n\n## 晴法修正案（二）\n\n一、乙。"},
  });
  CHECK(left_out(gathered, "no_text") ==
        Paths{"docs/criminal/rain/04-amendment.md", "docs/criminal/rain/README.md"});
  CHECK(gathered.laws.size() == 3);
  CHECK(count(gathered, Fate::front) == 2);
}

namespace {

// The same two laws in the layout that lists law in force; 登山法 in newer words.
std::vector<test::PathAndText> small_just_laws() {
  return {
      {"docs/category/README.md", "# 类别"},
      {"LAWS_PROGRESS.md", "> 更新时间：2026年6月26日"},
      {"docs/a/climb/README.md",
       "# 中华人民共和国登山法\n\n2018年1月1日登山大会通过\n\n2025年6月1日登山大会修订\n\n"
       "**第一条**　登山应当结伴、携带绳索并带伞。\n\n**第二条**　本法自2025年9月1日起施行。"},
      {"docs/a/umbrella/README.md",
       "# "
       "中华人民共和国借伞法\n\n2020年5月1日借伞大会通过\n\n**第一条**　为保护借伞人，制定本法。"},
  };
}

Gathered gather_both(std::vector<test::PathAndText> first, std::vector<test::PathAndText> second) {
  std::vector<law::Collection> collections;
  collections.push_back(test::collection_of(first));
  collections.push_back(test::collection_of(second));
  collections.back().packed = test::day(2025, 4, 19);
  return law::gather(std::move(collections), {});
}

}  // namespace

TEST_CASE("Two collections merge: the newest text in front, older ones history with their source") {
  const auto gathered = gather_both(small_just_laws(), test::small_book());
  CHECK(gathered.collection == "just-laws + LawRefBook");
  CHECK(gathered.collected == test::day(2025, 4, 19));
  const law::Law& climb = find(gathered, "中华人民共和国登山法");
  REQUIRE(climb.versions.size() == 3);
  CHECK(climb.versions[2].source == 0);
  CHECK(climb.versions[2].dated == test::day(2025, 6, 1));
  CHECK(climb.versions[1].source == 1);
  CHECK(climb.versions[0].facts.superseded);
  // The same version is there twice: the younger collection's copy stays.
  const law::Law& umbrella = find(gathered, "中华人民共和国借伞法");
  REQUIRE(umbrella.versions.size() == 1);
  CHECK(umbrella.versions[0].source == 0);
  CHECK(count(gathered, Fate::merged) == 1);
  CHECK(gathered.files.size() == small_just_laws().size() + test::small_book().size());
}

TEST_CASE("The order in which collections are named does not decide which text is kept") {
  std::vector<law::Collection> collections;
  collections.push_back(test::collection_of(test::small_book()));
  collections.back().packed = test::day(2025, 4, 19);
  collections.push_back(test::collection_of(small_just_laws()));
  const auto gathered = law::gather(std::move(collections), {});
  CHECK(find(gathered, "中华人民共和国借伞法").versions[0].source == 1);
  CHECK(find(gathered, "中华人民共和国登山法").versions.back().source == 1);
}

TEST_CASE("Pitfall 7: titles that differ only in form are one law across collections") {
  const auto gathered = gather_both(
      {{"docs/category/README.md", "# 类别"},
       {"docs/a/x/README.md",
        "# 最高人民法院 "
        "最高人民检察院关于借伞（试行）的解释\n\n2024年1月1日修订\n\n**第一条**　新。"}},
      {{"laws/社会法/x(2020-01-01).md",
        book_text("最高人民法院、最高人民检察院关于借伞(试行)的解释", "", "第一条 旧。")}});
  REQUIRE(gathered.laws.size() == 1);
  CHECK(gathered.laws[0].versions.size() == 2);
}

TEST_CASE("A version that one collection dates by adoption and the other by publication is one") {
  const std::string body = "第一条 甲甲甲。\n\n第二条 乙乙乙。\n\n第三条 丙丙丙。";
  const auto bold = [&] {
    std::string text = body;
    for (const char* number : {"第一条", "第二条", "第三条"}) {
      text =
          base::replace_all(text, number + std::string(" "), "**" + std::string(number) + "**　");
    }
    return text;
  }();
  const auto gathered = gather_both(
      {{"docs/category/README.md", "# 类别"},
       {"docs/a/x/README.md", "# 雨法\n\n1979年7月1日通过 1979年7月4日公布\n\n" + bold}},
      {{"laws/社会法/雨法(1979-07-01).md", book_text("雨法", "", body)}});
  REQUIRE(gathered.laws.size() == 1);
  CHECK(gathered.laws[0].versions.size() == 1);
}

TEST_CASE(
    "All regions are read when all are asked for, and an unknown one is named with the known") {
  auto files = test::small_book();
  files.push_back({"laws/DLC/上海地方法规/地方性法规/上海/上海市借伞规定(2022-08-08).md",
                   book_text("上海市借伞规定", "", "第一条 甲。")});
  const auto gathered = gather(files, "all");
  CHECK(left_out(gathered, "other_region").empty());
  CHECK(find(gathered, "上海市借伞规定").region == "上海");

  std::vector<law::Collection> collections;
  collections.push_back(test::collection_of(files));
  CHECK(law::regions_of(collections) == std::vector<std::string>{"上海", "北京"});
  CHECK(law::check_region(collections, ""));
  CHECK(law::check_region(collections, "all"));
  CHECK(law::check_region(collections, "北京市"));
  const auto unknown = law::check_region(collections, "火星");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == "region_unknown");
  CHECK(unknown.error().detail == "no rules of 火星 there; known: 上海, 北京");
  CHECK_FALSE(law::check_region(collections, "北"));
}

TEST_CASE("A version knows its body, its days and the collection it comes from") {
  const auto gathered = gather({{"laws/行政法规/雨具条例(2019-03-02).md",
                                 book_text("雨具条例",
                                           "1999年1月2日 国务院第3次常务会议通过\n"
                                           "2019年3月2日 国务院修订\n2019年3月5日 国务院公布",
                                           "第一条 甲。\n第二条 本条例自2019年5月1日起施行。")}});
  const law::Version& version = gathered.laws[0].versions[0];
  CHECK(version.issuer == "国务院");
  CHECK(version.adopted == test::day(1999, 1, 2));
  CHECK(version.published == test::day(2019, 3, 5));
  CHECK(version.facts.effective.day == test::day(2019, 5, 1));
  CHECK(gathered.sources[version.source].collection == "LawRefBook");
}
