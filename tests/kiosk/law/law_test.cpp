#include "kiosk/law/law.h"

#include <doctest/doctest.h>

#include "tests/kiosk/law/small_collections.h"

using law::ArticleNumber;
using law::parse_article_number;
using law::status_on;
using law::StatusKind;
using law::title_key;
using law::VersionFacts;
using test::day;

TEST_CASE("An article number is understood in every way people write it") {
  CHECK(parse_article_number("第三十八条") == ArticleNumber{38, 0});
  CHECK(parse_article_number("第38条") == ArticleNumber{38, 0});
  CHECK(parse_article_number(" 1165 ") == ArticleNumber{1165, 0});
  CHECK(parse_article_number("第一百二十条之一") == ArticleNumber{120, 1});
  CHECK(parse_article_number("120.1") == ArticleNumber{120, 1});
  CHECK(parse_article_number("第 三 条") == std::nullopt);
  CHECK(parse_article_number("第三人") == std::nullopt);
  CHECK(parse_article_number("第零条") == std::nullopt);
  CHECK(parse_article_number("第三条第二款") == std::nullopt);
}

TEST_CASE("An article is labelled as the law labels it") {
  CHECK(law::article_label({38, 0}) == "第三十八条");
  CHECK(law::article_label({120, 1}) == "第一百二十条之一");
  CHECK(law::article_label({}) == "");
}

TEST_CASE("Titles of one law are equal however a collection sets them") {
  CHECK(title_key("中华人民共和国公司法") == title_key("公司法(2023-12-29)"));
  CHECK(title_key("《公司法》（2023修订）") == title_key("公司法"));
  CHECK(title_key("最高人民法院 最高人民检察院关于借伞的解释") ==
        title_key("最高人民法院、最高人民检察院关于借伞的解释"));
  CHECK(title_key("关于借伞的解释（一）") == title_key("关于借伞的解释(一)"));
  CHECK(title_key("借伞法（试行）") != title_key("借伞法"));
  CHECK(title_key("宪法修正案（1988年）") != title_key("宪法修正案（1993年）"));
}

TEST_CASE("The short title is the name people use") {
  CHECK(law::short_title("中华人民共和国劳动合同法") == "劳动合同法");
  CHECK(law::short_title("关于适用《中华人民共和国借伞法》的解释（一）") ==
        "关于适用《借伞法》的解释（一）");
}

TEST_CASE("Items are told from paragraphs, a decimal number is no item") {
  const auto parts =
      law::paragraphs("有下列情形之一：\n（一）晴天；\n(2)雨天；\n3.雪天。\n2005年以前不算。");
  REQUIRE(parts.size() == 5);
  CHECK_FALSE(parts[0].item);
  CHECK(parts[1].item);
  CHECK(parts[2].item);
  CHECK(parts[3].item);
  CHECK_FALSE(parts[4].item);
}

TEST_CASE("A text is in force only when a list of laws in force says so") {
  VersionFacts facts;
  facts.effective.day = day(2020, 7, 1);
  CHECK(status_on(facts, day(2026, 11, 23)).kind == StatusKind::unknown);
  facts.listed_in_force = day(2026, 6, 26);
  const auto status = status_on(facts, day(2026, 11, 23));
  CHECK(status.kind == StatusKind::in_force);
  CHECK(status.since == day(2020, 7, 1));
}

TEST_CASE("A list of laws in force proves nothing for the days before it, nor years later") {
  VersionFacts facts;
  facts.listed_in_force = day(2026, 6, 26);
  CHECK(status_on(facts, day(2026, 6, 25)).kind == StatusKind::unknown);
  CHECK(status_on(facts, day(2026, 6, 26)).kind == StatusKind::in_force);
  CHECK(status_on(facts, day(2028, 1, 1)).kind == StatusKind::unknown);
}

TEST_CASE("A text waits until its day") {
  VersionFacts facts;
  facts.effective.day = day(2027, 1, 1);
  CHECK(status_on(facts, day(2026, 12, 31)).kind == StatusKind::not_yet);
  CHECK(status_on(facts, day(2026, 12, 31)).since == day(2027, 1, 1));
  CHECK(status_on(facts, day(2027, 1, 1)).kind == StatusKind::unknown);
}

TEST_CASE("A repeal counts from its day, and is announced before it") {
  VersionFacts facts;
  facts.listed_in_force = day(2026, 6, 26);
  facts.repealed = true;
  facts.repealed_from.day = day(2026, 8, 15);
  CHECK(status_on(facts, day(2026, 8, 14)).kind == StatusKind::in_force);
  CHECK(status_on(facts, day(2026, 8, 14)).until == day(2026, 8, 15));
  CHECK(status_on(facts, day(2026, 8, 15)).kind == StatusKind::repealed);
  CHECK(status_on(facts, day(2026, 8, 15)).since == day(2026, 8, 15));
}

TEST_CASE("An end whose day nobody knows leaves the status unknown until it has surely come") {
  VersionFacts facts;
  facts.listed_in_force = day(2026, 6, 26);
  facts.superseded = true;
  facts.superseded_from.known_by = day(2027, 2, 1);
  CHECK(status_on(facts, day(2026, 11, 23)).kind == StatusKind::unknown);
  CHECK(status_on(facts, day(2027, 2, 1)).kind == StatusKind::amended);
  CHECK(status_on(facts, day(2027, 2, 1)).since == std::nullopt);
}
