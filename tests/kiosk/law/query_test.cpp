#include "kiosk/law/query.h"

#include <doctest/doctest.h>

#include <algorithm>

using law::ArticleNumber;
using law::parse_citation;

namespace {

double weight(const std::vector<law::WeightedTerm>& terms, std::string_view word) {
  std::vector<law::Term> own;
  law::append_terms(word, own);
  const auto found = std::find_if(terms.begin(), terms.end(), [&](const law::WeightedTerm& each) {
    return each.term == own.back();
  });
  return found == terms.end() ? 0 : found->weight;
}

}  // namespace

TEST_CASE("A citation is recognised however it is typed") {
  for (const std::string_view typed :
       {"劳动合同法 第三十八条", "《劳动合同法》第38条", "劳动合同法38", "劳动合同法三十八条",
        " 劳动合同法　第38条 "}) {
    const auto citation = parse_citation(typed);
    REQUIRE_MESSAGE(citation, typed);
    CHECK(citation->law == "劳动合同法");
    CHECK(citation->article == ArticleNumber{38, 0});
  }
  CHECK(parse_citation("刑法第一百二十条之一")->article == ArticleNumber{120, 1});
}

TEST_CASE("Paragraph and item, blanks in the number and further articles do not hide a citation") {
  for (const std::string_view typed :
       {"劳动合同法第三十八条第二款", "劳动合同法第38条第1款第2项",
        "劳动合同法第三十八条第（三）项", "劳动合同法第三十八条（三）项", "劳动合同法第 38 条",
        "劳动合同法第38、46条", "劳动合同法38-40", "劳动合同法第三十八条至第四十条",
        "劳动合同法，第38条", "劳动合同法§38", "《劳动合同法》第三十八条第1款、第2款"}) {
    const auto citation = parse_citation(typed);
    REQUIRE_MESSAGE(citation, typed);
    CHECK_MESSAGE(law::title_key(citation->law) == "劳动合同法", typed);
    CHECK_MESSAGE((citation->article == ArticleNumber{38, 0}), typed);
  }
  CHECK(parse_citation("借伞解释一第3条")->law == "借伞解释一");
  CHECK(parse_citation("刑法第120条之一第2款")->article == ArticleNumber{120, 1});
  for (const std::string_view typed : {"网购退款", "第一款", "三款手机", "借条上写三万元还款"}) {
    CHECK_FALSE_MESSAGE(parse_citation(typed), typed);
  }
}

TEST_CASE("A question is no citation, nor a number alone") {
  CHECK_FALSE(parse_citation("老板三个月没发工资怎么办"));
  CHECK_FALSE(parse_citation("第三十八条"));
  CHECK_FALSE(parse_citation("38"));
  CHECK_FALSE(parse_citation("劳动合同法"));
  CHECK_FALSE(parse_citation(""));
}

TEST_CASE("Words that every question has are taken out, a question of nothing else stays") {
  CHECK(law::without_question_words("借伞怎么办") == "借伞 ");
  CHECK(law::without_question_words("怎么办") == "怎么办");
}

TEST_CASE("Everyday words bring the law's words along, with less weight than their own") {
  const auto terms = law::question_terms("老板没发工资怎么办");
  CHECK(weight(terms, "工资") == doctest::Approx(1));
  CHECK(weight(terms, "用人") > 0);
  CHECK(weight(terms, "用人") < 1);
  CHECK(weight(terms, "怎么") == 0);
  CHECK(std::is_sorted(terms.begin(), terms.end(),
                       [](const auto& a, const auto& b) { return a.term < b.term; }));
}
