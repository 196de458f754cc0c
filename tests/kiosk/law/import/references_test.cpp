#include "kiosk/law/import/references.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "kiosk/law/import/gather.h"
#include "tests/kiosk/law/small_collections.h"

using law::CitationEdge;
using law::Gathered;
using test::book_text;

namespace {

Gathered gather(const std::vector<test::PathAndText>& files, std::string_view region = {}) {
  return law::gather(test::collection_of(files), region);
}

// "借伞规定 第一条 > 雨伞法 第三条"
std::vector<std::string> edges(const Gathered& gathered) {
  const auto name = [&](const law::Place& place) {
    const law::Version& version = gathered.laws[place.law].versions[place.version];
    return gathered.laws[place.law].title + " " + version.text.units[place.unit].label;
  };
  std::vector<std::string> list;
  for (const CitationEdge& each : gathered.references.edges) {
    list.push_back(name(each.from) + " > " + name(each.to) + (each.elder ? " (elder)" : ""));
  }
  std::sort(list.begin(), list.end());
  return list;
}

const test::PathAndText umbrella{
    "laws/社会法/雨伞法(2020-01-01).md",
    book_text("中华人民共和国雨伞法", "",
              "第一条 甲。\n\n第二条 适用本法第一条。\n\n第三条 丙。\n\n第四条 丁。")};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("Citations lead to articles by title, short name, alias and 本法") {
  const auto gathered = gather({
      umbrella,
      {"laws/行政法规/借伞规定(2021-01-01).md",
       book_text("借伞规定", "",
                 "第一条 根据《中华人民共和国雨伞法》（以下简称伞法）第三条。\n\n"
                 "第二条 依照雨伞法第一条至第三条处理。\n\n第三条 伞法第四条另有规定的除外。")},
  });
  CHECK(edges(gathered) == Lines{"中华人民共和国雨伞法 第二条 > 中华人民共和国雨伞法 第一条",
                                 "借伞规定 第一条 > 中华人民共和国雨伞法 第三条",
                                 "借伞规定 第三条 > 中华人民共和国雨伞法 第四条",
                                 "借伞规定 第二条 > 中华人民共和国雨伞法 第一条",
                                 "借伞规定 第二条 > 中华人民共和国雨伞法 第三条",
                                 "借伞规定 第二条 > 中华人民共和国雨伞法 第二条"});
  CHECK(gathered.references.found == 4);
  CHECK(gathered.references.resolved == 4);
}

TEST_CASE("What cannot be resolved is counted and named: unknown laws, missing articles, no name") {
  const auto gathered = gather({
      umbrella,
      {"laws/行政法规/借伞规定(2021-01-01).md",
       book_text("借伞规定", "",
                 "第一条 依照《晴天法》第三条。\n\n第二条 应当适用月亮法第五条。\n\n"
                 "第三条 依照雨伞法第九条处理。\n\n第四条 前款和第三条所称雨，指水。\n\n"
                 "第五条 适用修订前的雨伞法第一条。\n\n第六条 依照《晴天法》第四条。")},
  });
  const law::References& references = gathered.references;
  REQUIRE(references.unknown_names.size() == 3);
  CHECK(references.unknown_names[0].words == "晴天法");
  CHECK(references.unknown_names[1].words == "月亮法");
  CHECK(references.unknown_names[2].words == "修订前的雨伞法");
  REQUIRE(references.missing_articles.size() == 1);
  CHECK(references.missing_articles[0].words == "依照雨伞法第九条");
  REQUIRE(references.unnamed.size() == 1);
  CHECK(references.unnamed[0].words == "前款和第三条");
  CHECK(edges(gathered).size() == 1);
}

TEST_CASE("Two laws of one name are ambiguous, and no edge is guessed") {
  const auto gathered = gather({
      {"laws/社会法/雨伞法(2020-01-01).md", book_text("雨伞法", "", "第一条 甲。")},
      {"laws/行政法规/雨伞法(2020-01-01).md", book_text("雨伞法", "", "第一条 乙。")},
      {"laws/司法解释/解释(2021-01-01).md", book_text("解释", "", "第一条 《雨伞法》第一条。")},
  });
  CHECK(gathered.references.edges.empty());
  REQUIRE(gathered.references.ambiguous_names.size() == 1);
  CHECK(gathered.references.ambiguous_names[0].words == "雨伞法");
}

TEST_CASE("A national text cites no local rule of the same name; the place's own text does") {
  const std::string local = "laws/DLC/北京地方法规/地方性法规/北京/";
  const auto gathered = gather(
      {
          {local + "雨伞办法(2020-01-01).md", book_text("雨伞办法", "", "第一条 甲。")},
          {local + "细则(2021-01-01).md", book_text("细则", "", "第一条 《雨伞办法》第一条。")},
          {"laws/行政法规/规定(2021-01-01).md",
           book_text("规定", "", "第一条 《雨伞办法》第一条。")},
      },
      "北京");
  CHECK(edges(gathered) == Lines{"细则 第一条 > 雨伞办法 第一条"});
}

TEST_CASE(
    "Pitfall 1: an old text means the numbers of its time, and the edge follows the article") {
  const std::string borrow = "借伞人应当在雨停后三日内归还雨伞。";
  const std::string lost = "雨伞遗失的，借伞人应当按照原价赔偿出借人的损失。";
  const auto gathered = gather({
      {"laws/社会法/雨伞法(2010-01-01).md",
       book_text("雨伞法", "", "第一条 " + borrow + "\n\n第二条 " + lost)},
      {"laws/社会法/雨伞法(2020-01-01).md",
       book_text("雨伞法", "", "第一条 新的规定。\n\n第二条 " + borrow + "\n\n第三条 " + lost)},
      {"laws/司法解释/解释(2015-01-01).md", book_text("解释", "", "第一条 雨伞法第二条。")},
      {"laws/司法解释/老解释(2001-01-01).md", book_text("老解释", "", "第一条 雨伞法第二条。")},
  });
  CHECK(edges(gathered) ==
        Lines{"老解释 第一条 > 雨伞法 第三条 (elder)", "解释 第一条 > 雨伞法 第三条"});
}
