#include "kiosk/law/citation.h"

#include <doctest/doctest.h>

#include <string>

using law::Citation;
using law::Cited;
using law::read_citations;

TEST_CASE("An article is cited by title, by name and by the text itself") {
  const auto title = read_citations("依照《劳动合同法》第三十八条的规定解除合同。");
  REQUIRE(title.size() == 1);
  CHECK(title[0].cited == Cited::title);
  CHECK(title[0].name == "劳动合同法");
  CHECK(title[0].first == law::ArticleNumber{38, 0});
  CHECK(title[0].last == title[0].first);

  const auto words = read_citations("应当承担责任，依照民法典第一千一百六十五条第二款处理。");
  REQUIRE(words.size() == 1);
  CHECK(words[0].cited == Cited::words);
  CHECK(words[0].name == "依照民法典");
  CHECK(words[0].paragraph == 2);

  const auto itself = read_citations("本法第三条、本实施条例第五条");
  REQUIRE(itself.size() == 2);
  CHECK(itself[0].cited == Cited::itself);
  CHECK(itself[1].cited == Cited::itself);
}

TEST_CASE("Every member of a list is cited, with its paragraphs and branches") {
  const auto list = read_citations(
      "《刑法》第一百二十条之一、第一百二十五条第一款、第二款和第一百三十条以及本解释第二条");
  REQUIRE(list.size() == 4);
  CHECK(list[0].first == law::ArticleNumber{120, 1});
  CHECK(list[1].first == law::ArticleNumber{125, 0});
  CHECK(list[1].paragraph == 1);
  CHECK(list[2].first == law::ArticleNumber{130, 0});
  CHECK(list[2].name == "刑法");
  CHECK(list[3].cited == Cited::itself);
}

TEST_CASE("A range is one citation from its first to its last article") {
  for (const std::string text : {"本法第三条至第五条", "本法第三条到第五条"}) {
    const auto range = read_citations(text);
    REQUIRE(range.size() == 1);
    CHECK(range[0].first == law::ArticleNumber{3, 0});
    CHECK(range[0].last == law::ArticleNumber{5, 0});
    CHECK(range[0].end == text.size());
  }
  const auto backwards = read_citations("本法第五条至第三条");
  REQUIRE(backwards.size() == 2);
  CHECK(backwards[0].last == law::ArticleNumber{5, 0});
}

TEST_CASE("该法 means the law named last; nested titles and brackets are passed over") {
  const auto that = read_citations("《雨伞法》第三条已经规定，该法第五条另有规定的除外。");
  REQUIRE(that.size() == 2);
  CHECK(that[1].name == "雨伞法");
  const auto nested = read_citations("《关于适用〈雨伞法〉的解释》（雨释〔2020〕1号）第三条");
  REQUIRE(nested.size() == 1);
  CHECK(nested[0].name == "关于适用〈雨伞法〉的解释");
}

TEST_CASE("What is no citation of an article is none") {
  CHECK(read_citations("第三人主张权利的，第二款不适用，第三章同。").empty());
  CHECK(read_citations("第条、第零条").empty());
  CHECK(read_citations("").empty());
}

TEST_CASE("A clause ends the words that may hold a name") {
  const auto cited = read_citations("违反民法典的，依照第三条处理");
  REQUIRE(cited.size() == 1);
  CHECK(cited[0].name == "依照");
}

TEST_CASE("Names that a text gives are read") {
  const auto aliases = law::read_aliases(
      "根据《中华人民共和国民法典》（以下简称民法典）、《雨伞的决定》（以下简称《决定》）和"
      "《晴法》(下称“晴法”)，以下简称无名。");
  REQUIRE(aliases.size() == 3);
  CHECK(aliases[0].name == "民法典");
  CHECK(aliases[0].title == "中华人民共和国民法典");
  CHECK(aliases[1].name == "决定");
  CHECK(aliases[2].name == "晴法");
}

TEST_CASE("A text of nothing but brackets and numbers is read in one pass") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "）第一条";
  CHECK(read_citations(text).size() == 100'000);
}
