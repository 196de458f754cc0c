#include "kiosk/law/import/gather.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/kiosk/law/small_collections.h"

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
  for (const law::LeftOut& each : gathered.left_out) {
    if (each.reason == reason) paths.push_back(each.path);
  }
  return paths;
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
  CHECK(left_out(gathered, "duplicate").size() == 2);
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
