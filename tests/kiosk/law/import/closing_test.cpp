#include "kiosk/law/import/closing.h"

#include <doctest/doctest.h>

#include "tests/kiosk/law/small_collections.h"

using law::read_effect;
using law::read_repeals;
using law::written_days;
using test::day;
using Titles = std::vector<std::string>;

TEST_CASE("Days are found in digits, with blanks and in Chinese numerals") {
  const auto days =
      written_days("2021年1月1日通过，2021 年 3 月 1 日起施行，二〇二二年十月三十一日修订");
  REQUIRE(days.size() == 3);
  CHECK(days[0].day == day(2021, 1, 1));
  CHECK(days[1].day == day(2021, 3, 1));
  CHECK(days[2].day == day(2022, 10, 31));
}

TEST_CASE("What is no day of the calendar is no day") {
  CHECK(written_days("2021年2月30日").empty());
  CHECK(written_days("2021年13月1日").empty());
  CHECK(written_days("一八四〇年一月一日").empty());
  CHECK(written_days("12345678901234567890年1月1日").empty());
  CHECK(written_days("2021年").empty());
}

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
  CHECK(read_repeals("本法自2021年1月1日起施行。《雨伞法》、《雨衣法》和1990年2月3日发布的《雨靴条"
                     "例》同时废止。") == Titles{"雨伞法", "雨衣法", "雨靴条例"});
  CHECK(read_repeals("《雨具法（试行）》（雨发〔2009〕4号）同时废止。") ==
        Titles{"雨具法（试行）"});
  CHECK(read_repeals("《关于适用〈雨伞法〉的解释》即行废止；其他规定与本法抵触的，同时失效。") ==
        Titles{"关于适用〈雨伞法〉的解释"});
}

TEST_CASE("The end of single articles is no end of the law") {
  CHECK(read_repeals("《雨伞法》第三条同时废止。").empty());
  CHECK(read_repeals("《雨伞法》中关于借伞的规定同时废止。").empty());
  CHECK(read_repeals("依照《雨伞法》处理。").empty());
  CHECK(read_repeals("《未完的名字同时废止").empty());
}

TEST_CASE("History tells adoption from taking effect") {
  const auto history = law::read_history({"1979年7月1日通过 1979年7月4日公布 自1980年1月1日起施行",
                                          "2019年4月23日第四次修正", "2019年11月1日 施行"});
  CHECK(history.newest == day(2019, 4, 23));
  CHECK(history.effective == day(2019, 11, 1));
  CHECK(history.published == day(1979, 7, 4));
}
