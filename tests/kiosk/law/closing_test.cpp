#include "kiosk/law/closing.h"

#include <doctest/doctest.h>

#include "tests/kiosk/law/small_collections.h"

using law::read_effect;
using law::read_repeals;
using test::day;
using Titles = std::vector<std::string>;

namespace {

Titles whole(std::string_view article) {
  Titles titles;
  for (const law::Repeal& each : read_repeals(article).whole) titles.push_back(each.title);
  return titles;
}

}  // namespace

TEST_CASE("A law names the day it takes effect") {
  CHECK(read_effect("本法自2020年7月1日起施行。").day == day(2020, 7, 1));
  CHECK(read_effect("本法（原称《雨具法》）自1989年1月1日起施行。").day == day(1989, 1, 1));
  CHECK(read_effect("自二〇二〇年七月一日起施行。").day == day(2020, 7, 1));
  CHECK(read_effect("本条例自2020年7月1日起施行，《雨具条例》同时废止。").day == day(2020, 7, 1));
  CHECK(read_effect("第一款。\n本解释自2020年7月1日施行。").day == day(2020, 7, 1));
  CHECK(read_effect("本修正案自公布之日起施行。").on_publication);
}

TEST_CASE("A sentence about another text or one article dates nothing") {
  CHECK_FALSE(read_effect("雨具条例自2020年7月1日起施行。").said());
  CHECK_FALSE(read_effect("本法第三条自2020年7月1日起施行。").said());
  CHECK_FALSE(read_effect("具体办法由国务院制定，报批准后施行。").said());
  CHECK_FALSE(read_effect("自2020年7月1日至2021年7月1日为宣传期。").said());
}

TEST_CASE("A closing article names the texts it ends") {
  CHECK(whole("本法自2021年1月1日起施行。《雨伞法》、《雨衣法》和1990年2月3日发布的《雨靴条"
              "例》同时废止。") == Titles{"雨伞法", "雨衣法", "雨靴条例"});
  CHECK(whole("《雨具法（试行）》（雨发〔2009〕4号）同时废止。") == Titles{"雨具法（试行）"});
  CHECK(whole("《关于适用〈雨伞法〉的解释》即行废止；其他规定与本法抵触的，同时失效。") ==
        Titles{"关于适用〈雨伞法〉的解释"});
}

TEST_CASE("The end of single articles is no end of the law") {
  CHECK(whole("《雨伞法》第三条同时废止。").empty());
  CHECK(whole("《雨伞法》中关于借伞的规定同时废止。").empty());
  CHECK(whole("依照《雨伞法》处理。").empty());
  CHECK(whole("《未完的名字同时废止").empty());
}

TEST_CASE("A law dates itself in other words too") {
  CHECK(read_effect("本法由借伞大会通过，自1984年10月1日起施行。").day == day(1984, 10, 1));
  CHECK(read_effect("本规定从1986年7月1日起施行。").day == day(1986, 7, 1));
  CHECK(read_effect("本条例于2007年9月1日起施行。").day == day(2007, 9, 1));
  CHECK(read_effect("本规定由雨季委员会负责解释，自发布之日起施行。").on_publication);
  CHECK(read_effect("本规则自通过之日起施行。").on_adoption);
  CHECK_FALSE(read_effect("雨具依照规定办理，自2020年7月1日起施行。").said());
}

TEST_CASE("What dates itself without a day is handed back, not guessed") {
  CHECK_FALSE(read_effect("本条例自1985年度起施行。").said());
  CHECK(law::unread_effect("本条例自1985年度起施行。") == "本条例自1985年度起施行");
  CHECK(law::unread_effect("本安排第一条自2020年7月1日起施行。") ==
        "本安排第一条自2020年7月1日起施行");
  CHECK(law::unread_effect("本法自2020年7月1日起施行。").empty());
  CHECK(law::unread_effect("具体办法由国务院规定。").empty());
}

TEST_CASE("A repeal is read before and behind the verb, in brackets and as a list of lines") {
  CHECK(whole("原雨具部1983年发布的《雨伞考核条例》(试行)同时废止。") == Titles{"雨伞考核条例"});
  CHECK(whole("本解释施行后，最高人民法院《关于雨伞的解释》（法（研）发〔1987〕32号）同时废止。") ==
        Titles{"关于雨伞的解释"});
  CHECK(whole("《雨伞规定》和《雨衣规定》都同时废止。") == Titles{"雨伞规定", "雨衣规定"});
  CHECK(whole("现决定废止《雨伞规定》、《雨衣规定》。") == Titles{"雨伞规定", "雨衣规定"});
  CHECK(
      whole(
          "下列规定，已不适用，予以废止：\n1．雨伞暂行规定\n（二）《雨衣规定》\n其他规定保留。") ==
      Titles{"雨伞暂行规定", "雨衣规定"});
  CHECK(whole("《雨伞的解释》（雨释〔2002〕3号）不再适用。") == Titles{"雨伞的解释"});
  CHECK(whole("1992年通过、根据1997年《关于修改〈雨伞条例〉的决定》第一次修正的《雨伞条例》同时废止"
              "。") == Titles{"雨伞条例"});
}

TEST_CASE("A text may end on a day of its own") {
  const auto repeals = read_repeals("《雨伞规定》自2022年1月1日起废止。");
  REQUIRE(repeals.whole.size() == 1);
  CHECK(repeals.whole[0].from == day(2022, 1, 1));
  CHECK_FALSE(read_repeals("《雨伞规定》自本法施行之日起废止。").whole[0].from);
}

TEST_CASE("Parts that end are told apart, and what could mean both is not understood") {
  CHECK(read_repeals("《雨伞法》第三条同时废止。").partly == Titles{"雨伞法"});
  CHECK(read_repeals("《雨伞法》中有关雨衣的规定同时废止。").partly == Titles{"雨伞法"});
  const auto both = read_repeals("《雨伞规定》、《雨具条例》中有关雨衣的规定同时废止。");
  CHECK(both.whole.empty());
  CHECK(both.partly.empty());
  CHECK(both.not_understood.size() == 1);
  CHECK(read_repeals("《雨伞规定》与本法不一致的同时废止。").not_understood.size() == 1);
  CHECK(read_repeals("《雨伞规定》，凡与本法相抵触的，一律废止。").not_understood.size() == 1);
}

TEST_CASE("A reason, a rule about repeals and a look back repeal nothing") {
  CHECK(whole("根据《立法法》，《雨伞规定》同时废止。") == Titles{"雨伞规定"});
  CHECK(whole("《雨伞规定》废止前已经借出的雨伞，适用《雨伞规定》。").empty());
  CHECK(whole("法律被废止的，由主席公布。").empty());
  CHECK(whole("依照《雨伞法》修改或者废止相关规定。").empty());
}

TEST_CASE("A long text without an end takes no long time") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "《雨（";
  CHECK(whole(text + "废止").empty());
  std::string stops;
  for (int i = 0; i < 300'000; ++i) stops += "。";
  CHECK_FALSE(read_effect(stops).said());
}
