#include "kiosk/law/import/facts.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/kiosk/law/small_collections.h"

using law::StatusKind;
using test::book_text;
using test::day;

namespace {

// One text of just-laws as listed on 2026-06-26.
std::vector<test::PathAndText> listed(std::vector<test::PathAndText> files) {
  files.push_back({"docs/category/README.md", "# 类别"});
  files.push_back({"LAWS_PROGRESS.md", "> 更新时间：2026年6月26日"});
  return files;
}

const law::Law& find(const law::Gathered& gathered, std::string_view title) {
  const auto found = std::find_if(gathered.laws.begin(), gathered.laws.end(),
                                  [title](const law::Law& each) { return each.title == title; });
  REQUIRE(found != gathered.laws.end());
  return *found;
}

StatusKind status(const law::Version& version, base::Date on) {
  return law::status_on(version.facts, on).kind;
}

}  // namespace

TEST_CASE("A new code ends the laws it lists, from its own day on") {
  const auto gathered =
      law::gather(test::collection_of(listed({
                      {"docs/a/code/README.md",
                       "# 中华人民共和国雨法典\n\n2026年3月12日通过\n\n**第一条**　甲。\n\n"
                       "**第二条**　本法自2026年8月15日起施行。《中华人民共和国雨伞法》同时废止。"},
                      {"docs/a/umbrella/README.md",
                       "# 中华人民共和国雨伞法\n\n2014年4月24日修订\n\n**第一条**　甲。\n\n"
                       "**第二条**　本法自2015年1月1日起施行。"},
                  })),
                  {});
  const law::Version& old = find(gathered, "中华人民共和国雨伞法").versions[0];
  CHECK(status(old, day(2026, 8, 14)) == StatusKind::in_force);
  CHECK(status(old, day(2026, 11, 23)) == StatusKind::repealed);
  REQUIRE(old.repealed_by);
  CHECK(gathered.laws[old.repealed_by->law].title == "中华人民共和国雨法典");
  CHECK(old.repealed_by->unit == 1);
  CHECK(status(find(gathered, "中华人民共和国雨法典").versions[0], day(2026, 8, 14)) ==
        StatusKind::not_yet);
}

TEST_CASE("A revised text waits in versions/ and the current one stays in front until its day") {
  const auto gathered =
      law::gather(test::collection_of(listed({
                      {"docs/a/mark/README.md",
                       "# 中华人民共和国标记法\n\n2019年4月23日第四次修正\n\n**第一条**　旧。\n\n"
                       "**第二条**　本法自1983年3月1日起施行。"},
                      {"docs/a/mark/versions/2027-01-01/README.md",
                       "# 中华人民共和国标记法\n\n2026年6月26日修订\n\n**第一条**　新。\n\n"
                       "**第二条**　本法自2027年1月1日起施行。"},
                  })),
                  {});
  const auto& versions = find(gathered, "中华人民共和国标记法").versions;
  REQUIRE(versions.size() == 2);
  CHECK(versions[0].searched);
  CHECK(versions[1].searched);
  CHECK(status(versions[0], day(2026, 11, 23)) == StatusKind::in_force);
  CHECK(law::status_on(versions[0].facts, day(2026, 11, 23)).until == day(2027, 1, 1));
  CHECK(status(versions[1], day(2026, 11, 23)) == StatusKind::not_yet);
  CHECK(status(versions[0], day(2027, 1, 1)) == StatusKind::amended);
  CHECK(status(versions[1], day(2027, 1, 1)) == StatusKind::unknown);
}

TEST_CASE("A collection that promises nothing leaves the newest text unknown, never in force") {
  const auto gathered = law::gather(test::collection_of(test::small_book()), {});
  const auto& versions = find(gathered, "中华人民共和国登山法").versions;
  CHECK(status(versions[1], day(2026, 11, 23)) == StatusKind::unknown);
  CHECK(status(versions[1], day(2024, 8, 31)) == StatusKind::not_yet);
  CHECK(status(versions[0], day(2026, 11, 23)) == StatusKind::amended);
  CHECK(law::status_on(versions[0].facts, day(2026, 11, 23)).since == day(2024, 9, 1));
}

TEST_CASE("A closing article older than the amendments dates the law, not the amended text") {
  const auto gathered =
      law::gather(test::collection_of({
                      {"laws/社会法/雨法(2010-01-01).md",
                       book_text("雨法", "", "第一条 甲。\n第二条 本法自2010年5月1日起施行。")},
                      {"laws/社会法/雨法(2020-01-01).md",
                       book_text("雨法", "", "第一条 乙。\n第二条 本法自2010年5月1日起施行。")},
                  }),
                  {});
  const auto& versions = gathered.laws[0].versions;
  CHECK(versions[1].says_effective == day(2010, 5, 1));
  CHECK_FALSE(versions[1].facts.effective.day);
  CHECK(status(versions[0], day(2020, 2, 1)) == StatusKind::unknown);
  CHECK(status(versions[0], day(2021, 2, 1)) == StatusKind::amended);
}

TEST_CASE("A younger law that bears the name of a repealed one stays untouched") {
  const auto gathered = law::gather(
      test::collection_of({
          {"laws/社会法/雨法(1990-01-01).md",
           book_text("雨法", "",
                     "第一条 甲。\n第二条 本法自1990年5月1日起施行。《雨具条例》同时废止。")},
          {"laws/行政法规/雨具条例(2015-01-01).md", book_text("雨具条例", "", "第一条 乙。")},
          {"laws/行政法规/雨具条例(1980-01-01).md", book_text("雨具条例", "", "第一条 丙。")},
      }),
      {});
  const auto& versions = find(gathered, "雨具条例").versions;
  CHECK(versions[0].facts.repealed);
  CHECK_FALSE(versions[1].facts.repealed);
}

TEST_CASE("A local rule ends no national one") {
  const auto gathered = law::gather(
      test::collection_of({
          {"laws/DLC/北京地方法规/地方性法规/北京/北京雨规定(2020-01-01).md",
           book_text("北京雨规定", "", "第一条 自2020年3月1日起施行。《雨具条例》同时废止。")},
          {"laws/行政法规/雨具条例(2015-01-01).md", book_text("雨具条例", "", "第一条 乙。")},
      }),
      "北京");
  CHECK_FALSE(find(gathered, "雨具条例").versions[0].facts.repealed);
}

TEST_CASE("A law a collection lists is in force in the newer words another collection has") {
  std::vector<law::Collection> collections;
  collections.push_back(test::collection_of(
      listed({{"docs/a/rain/README.md", "# 雨法\n\n2020年1月1日通过\n\n**第一条**　旧。"}})));
  collections.push_back(test::collection_of(
      {{"laws/社会法/雨法(2023-12-29).md",
        book_text("雨法", "", "第一条 新。\n\n第二条 本法自2024年3月1日起施行。")}}));
  const auto gathered = law::gather(std::move(collections), {});
  const auto& versions = find(gathered, "雨法").versions;
  REQUIRE(versions.size() == 2);
  CHECK(status(versions[0], day(2026, 11, 23)) == StatusKind::amended);
  CHECK(status(versions[1], day(2026, 11, 23)) == StatusKind::in_force);
  CHECK(status(versions[1], day(2026, 1, 1)) == StatusKind::unknown);
}

TEST_CASE("A listed text without a date is younger than a dated one of the other collection") {
  std::vector<law::Collection> collections;
  collections.push_back(
      test::collection_of(listed({{"docs/a/rain/README.md", "# 雨法\n\n**第一条**　新。"}})));
  collections.push_back(test::collection_of(
      {{"laws/社会法/雨法(1993-12-29).md", book_text("雨法", "", "第一条 旧。")}}));
  const auto gathered = law::gather(std::move(collections), {});
  CHECK(find(gathered, "雨法").versions.back().text.units[0].text == "新。");
}

TEST_CASE("A repealed text is found without the body in front of its name") {
  const auto gathered = law::gather(
      test::collection_of({
          {"laws/司法解释/最高人民法院关于雨伞的解释(2001-01-01).md",
           book_text("最高人民法院关于雨伞的解释", "", "第一条 甲。")},
          {"laws/司法解释/最高人民法院关于雨衣的解释(2020-01-01).md",
           book_text(
               "最高人民法院关于雨衣的解释", "",
               "第一条 本解释自2020年2月1日起施行。最高人民法院《关于雨伞的解释》同时废止。")},
      }),
      {});
  CHECK(find(gathered, "最高人民法院关于雨伞的解释").versions[0].facts.repealed);
}

TEST_CASE("What was not understood about beginning and end is handed back with its place") {
  const auto gathered = law::gather(
      test::collection_of({
          {"laws/行政法规/雨具条例(1985-01-01).md",
           book_text("雨具条例", "",
                     "第一条 甲。\n第二条 本条例自1985年度起施行。《晴具条例》同时废止。"
                     "《雨伞规定》第三条同时废止。《雨衣规定》与本条例抵触的同时废止。")},
      }),
      {});
  const law::Findings& findings = gathered.findings;
  REQUIRE(findings.unread_effects.size() == 1);
  CHECK(findings.unread_effects[0].words == "本条例自1985年度起施行");
  CHECK(findings.unread_effects[0].place.unit == 1);
  REQUIRE(findings.unknown_repeals.size() == 1);
  CHECK(findings.unknown_repeals[0].words == "晴具条例");
  REQUIRE(findings.partial_repeals.size() == 1);
  CHECK(findings.partial_repeals[0].words == "雨伞规定");
  CHECK(findings.unread_repeals.size() == 1);
  CHECK(status(gathered.laws[0].versions[0], day(2026, 11, 23)) == StatusKind::unknown);
}
