#include "kiosk/law/changes_page.h"

#include <doctest/doctest.h>

#include <algorithm>

using law::ArticleLine;
using law::Change;

namespace {

ArticleLine article(int number, std::string text) {
  return {.id = number,
          .chapter = 0,
          .number = {number, 0},
          .label = law::article_label({number, 0}),
          .text = std::move(text)};
}

std::string marked(const law::Snippet& text) {
  std::string words;
  for (const law::MatchRange& each : text.matches) {
    words += text.text.substr(each.begin, each.end - each.begin);
  }
  return words;
}

}  // namespace

TEST_CASE("what changed shows both texts whole, with only the words that differ marked") {
  const law::ChangedArticle changed =
      law::changed_article(article(1, "登山应当结伴。"), article(1, "登山应当结伴并携带绳索。"));
  CHECK(changed.change == Change::changed);
  REQUIRE(changed.before);
  REQUIRE(changed.after);
  CHECK(changed.before->text == "登山应当结伴。");
  CHECK(changed.after->text == "登山应当结伴并携带绳索。");
  CHECK(marked(*changed.before).empty());
  CHECK(marked(*changed.after) == "并携带绳索");
}

TEST_CASE("articles that stayed are left out; moved, new and gone ones say so") {
  const std::vector<ArticleLine> before{article(1, "登山应当结伴，并且告诉家人。"),
                                        article(2, "下雨不登山，刮风也不登山。"),
                                        article(3, "本法由山务部门解释。")};
  const std::vector<ArticleLine> after{article(1, "登山应当结伴，并且告诉家人。"),
                                       article(2, "夜间禁止攀爬任何岩壁或者冰川。"),
                                       article(3, "下雨不登山，刮风也不登山。")};
  const auto changes = law::changed_articles(before, after);
  REQUIRE(changes.size() == 3);
  const auto of = [&changes](Change kind) {
    return std::ranges::find(changes, kind, &law::ChangedArticle::change);
  };
  REQUIRE(of(Change::moved) != changes.end());
  CHECK(of(Change::moved)->label == "第三条");
  CHECK(of(Change::moved)->elder_label == "第二条");
  CHECK_FALSE(of(Change::moved)->before);  // its words are the same
  REQUIRE(of(Change::added) != changes.end());
  CHECK(of(Change::added)->label == "第二条");
  REQUIRE(of(Change::gone) != changes.end());
  CHECK(of(Change::gone)->before->text == "本法由山务部门解释。");
}
