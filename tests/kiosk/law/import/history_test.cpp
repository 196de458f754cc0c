#include "kiosk/law/import/history.h"

#include <doctest/doctest.h>

#include "tests/kiosk/law/small_collections.h"

using law::read_history;
using law::read_issuer;
using test::day;

TEST_CASE("History tells adoption from taking effect") {
  const auto history = read_history({"1979年7月1日通过 1979年7月4日公布 自1980年1月1日起施行",
                                     "2019年4月23日第四次修正", "2019年11月1日 施行"});
  CHECK(history.newest == day(2019, 4, 23));
  CHECK(history.effective == day(2019, 11, 1));
  CHECK(history.published == day(1979, 7, 4));
  CHECK(history.adopted == day(1979, 7, 1));
  CHECK(history.amended == day(2019, 4, 23));
}

TEST_CASE("A day is what the next verb says of it, and the first adoption counts") {
  const auto history =
      read_history({"1993年12月29日借伞大会通过", "2013年12月28日雨季会议修订 2013年12月30日公布",
                    "根据2018年10月26日雨季会议《关于修改〈借伞法〉的决定》修正"});
  CHECK(history.adopted == day(1993, 12, 29));
  CHECK(history.amended == day(2018, 10, 26));
  CHECK(history.published == day(2013, 12, 30));
  CHECK(history.newest == day(2018, 10, 26));
  CHECK_FALSE(history.effective);
}

TEST_CASE("The issuing body is read from the title, else from the history") {
  CHECK(read_issuer("最高人民法院 最高人民检察院关于办理借伞案件的解释", {}) ==
        "最高人民法院、最高人民检察院");
  CHECK(read_issuer("第五届全国人民代表大会常务委员会关于雨季的决议", {}) ==
        "全国人民代表大会常务委员会");
  CHECK(read_issuer("中华人民共和国借伞法", {"2020年5月28日 第十三届全国人民代表大会第三次会议通过",
                                             "2021年1月1日 施行"}) == "全国人民代表大会");
  CHECK(read_issuer("借伞条例", {"2019年3月2日 中华人民共和国国务院令第709号公布"}) == "国务院");
  CHECK(read_issuer("借伞规定", {"2001年2月6日 最高人民法院审判委员会第1158次会议通过"}) ==
        "最高人民法院");
  CHECK(read_issuer("郑州市借伞办法",
                    {"2001年2月6日 郑州市第十二届人民代表大会常务委员会第三次会议通过",
                     "2001年4月6日 河南省第九届人民代表大会常务委员会批准"}) ==
        "郑州市人民代表大会常务委员会");
}

TEST_CASE("No body is made up: a title about something and a line without one name none") {
  CHECK(read_issuer("雨季关于借伞的规定", {}).empty());
  CHECK(read_issuer("借伞条例", {"2019年3月2日 修订", "2019年4月1日 施行"}).empty());
}

TEST_CASE("A title is known without the bodies it begins with") {
  CHECK(law::without_issuer("最高人民法院、最高人民检察院关于借伞的解释") == "关于借伞的解释");
  CHECK(law::without_issuer("雨季关于借伞的规定") == "雨季关于借伞的规定");
}
