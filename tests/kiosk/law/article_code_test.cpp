#include "kiosk/law/article_code.h"

#include <doctest/doctest.h>

#include "kiosk/law/law_store.h"
#include "tests/kiosk/law/small_collections.h"
#include "tests/support/must.h"

using law::ArticleCode;
using test::must;

TEST_CASE("an article's code reads back as itself, however it is typed") {
  const ArticleCode code{law::code_of_place("民法典", {1165, 0}), law::code_of_words("行为人")};
  const std::string text = law::to_text(code);
  CHECK(text.starts_with("L-"));
  CHECK(text.size() == 13);
  CHECK(law::parse_article_code(text) == code);
  std::string typed = " l" + text.substr(2, 5) + " " + text.substr(8) + " ";
  for (char& each : typed) each = static_cast<char>(each == '0' ? 'o' : each);
  CHECK(law::parse_article_code(typed) == code);
  CHECK_FALSE(law::parse_article_code(text.substr(2)));  // a case code is none
  CHECK_FALSE(law::parse_article_code("ldhtf"));
  CHECK_FALSE(law::parse_article_code("L-"));
}

TEST_CASE("codes on paper outlive programs: these values never change") {
  CHECK(
      law::to_text({law::code_of_place("劳动合同法", {38, 0}), law::code_of_words("甲 乙\n丙")}) ==
      law::to_text({law::code_of_place("劳动合同法", {38, 0}), law::code_of_words("甲乙丙")}));
  CHECK(law::code_of_place("劳动合同法", {38, 0}) == 74128658U);
  CHECK(law::code_of_words("甲乙丙") == 24186U);
}

TEST_CASE("a printed article is found again and told to be the same, changed or gone") {
  const base::Date today = test::day(2026, 11, 23);
  const test::TempFolder folder;
  auto store = must(law::LawStore::open(test::library_of(folder, test::small_book())));
  const law::Id borrowed = must(store.find_article("借伞法", {3, 1}, today)).value_or(0);
  REQUIRE(borrowed != 0);
  const auto same = must(store.find_code(must(store.code(borrowed)), today));
  REQUIRE(same.size() == 1);
  CHECK(same.front().unchanged());
  CHECK(same.front().now == borrowed);

  // Printed while the climbing law of 2018 stood.
  const law::Id then =
      must(store.find_article("登山法", {1, 0}, test::day(2020, 1, 1))).value_or(0);
  const law::Id now = must(store.find_article("登山法", {1, 0}, today)).value_or(0);
  REQUIRE(then != now);
  const auto changed = must(store.find_code(must(store.code(then)), today));
  REQUIRE(changed.size() == 1);
  CHECK(changed.front().was == then);
  CHECK(changed.front().now == now);

  // A piece without a number: what the court says before its first article.
  const law::Id piece =
      must(store.find_article("最高人民法院关于适用《借伞法》的解释", {1, 0}, today)).value_or(0) -
      1;
  REQUIRE(must(store.article(piece, today))->article.number.number == 0);
  const ArticleCode code = must(store.code(piece));
  const auto found = must(store.find_code(code, today));
  REQUIRE(found.size() == 1);
  CHECK(found.front().unchanged());
  CHECK(found.front().was == piece);
  const auto reworded = must(store.find_code({code.place, code.words ^ 1U}, today));
  REQUIRE(reworded.size() == 1);
  CHECK(reworded.front().was == 0);
  CHECK(reworded.front().now == piece);

  // An article of a text this library never had.
  const ArticleCode elder{law::code_of_place("登山法", {1, 0}),
                          law::code_of_words("登山应当慎重。")};
  const auto unknown = must(store.find_code(elder, today));
  REQUIRE(unknown.size() == 1);
  CHECK(unknown.front().was == 0);
  CHECK(unknown.front().now == now);

  CHECK(must(store.find_code({law::code_of_place("没有的法", {1, 0}), 0}, today)).empty());
}
