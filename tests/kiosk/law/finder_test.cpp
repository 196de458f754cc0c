#include "kiosk/law/finder.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/kiosk/law/small_collections.h"
#include "tests/kiosk/law/small_ranking.h"
#include "tests/support/must.h"

using law::Found;

namespace {

constexpr base::Date today = std::chrono::year{2026} / 11 / 23;

// Made-up law; no sentence is anybody's.
std::vector<test::PathAndText> umbrella_laws() {
  return {{"laws/社会法/撑伞用工法(2021-12-01).md",
           test::book_text("中华人民共和国撑伞用工法", "2021年12月1日 撑伞大会通过",
                           "第一条 雇人撑伞的，应当按月支付劳动报酬，拖欠工资的责令支付。\n\n"
                           "第二条 租伞收取的押金，还伞时应当退还押金，不得扣留押金。\n\n"
                           "第三条 离婚的人各拿各的伞。\n\n"
                           "第四条 本法自2022年1月1日起施行。\n")}};
}

class Desk {
 public:
  explicit Desk(std::vector<test::PathAndText> laws = umbrella_laws()) : laws_(std::move(laws)) {}
  Found find(std::string_view typed) { return test::must(finder_.find(typed, today, 10)); }
  // A ranking that has learned one question, of another matter.
  void learn() {
    const base::Path file = folder_ / "ranking.bin";
    const auto learned = test::learned_of({{"月亮上的税", "月亮税法", {1, 0}}});
    REQUIRE(base::replace_file(file, encode(learned, law::feature_print)));
    REQUIRE(store_.use_ranking(file));
  }
  std::string first(std::string_view typed) {
    const Found found = find(typed);
    return found.answer.hits.empty() ? "" : found.answer.hits.front().label;
  }

 private:
  std::vector<test::PathAndText> laws_;
  test::TempFolder folder_;
  law::LawStore store_ = test::must(law::LawStore::open(test::library_of(folder_, laws_)));
  law::LawContent content_ =
      test::must(law::load_law_content(base::Path(SOURCE_FOLDER) / "config"));
  law::Suggestions suggestions_ =
      test::must(law::Suggestions::open(base::Path(SOURCE_FOLDER) / "assets/law/lay_lines"));
  law::Finder finder_{store_, content_, suggestions_};
};

}  // namespace

TEST_CASE("the same article is found however a visitor writes") {
  Desk desk;
  CHECK(desk.first("拖欠工资") == "第一条");
  CHECK(desk.first("拖欠工資") == "第一条");
  CHECK(desk.first("unpaid wages") == "第一条");
}

TEST_CASE("a few words of a topic are a good match also beside a learned ranking") {
  Desk desk;
  desk.learn();
  CHECK(desk.find("拖欠工资").answer.good_match);
  CHECK_FALSE(desk.find("各拿各的伞").answer.good_match);
}

TEST_CASE("English is led to Chinese words, which the answer names") {
  Desk desk;
  const Found found = desk.find("my boss owes me unpaid wages");
  CHECK(std::ranges::find(found.chinese, "劳动报酬") != found.chinese.end());
  CHECK(desk.find("拖欠工资").chinese.empty());
}

TEST_CASE("a word with the wrong character of the right sound is looked for as well") {
  Desk desk;
  const Found found = desk.find("压金不退");
  REQUIRE(found.slips.size() == 1);
  CHECK(found.slips.front() == law::Slip{"压金", "押金"});
  CHECK(found.answer.hits.front().label == "第二条");
  CHECK(desk.find("押金不退").slips.empty());
}

TEST_CASE("a law's name is taken as it is written, whatever it sounds like") {
  std::vector<test::PathAndText> laws = umbrella_laws();
  for (int i = 1; i <= 12; ++i) {
    laws.emplace_back("laws/社会法/押金条例" + std::to_string(i) + ".md",
                      test::book_text("押金条例" + std::to_string(i), "", "第一条 押金应当退还。"));
  }
  laws.emplace_back("laws/社会法/压金法.md", test::book_text("压金法", "", "第一条 金子重。"));
  Desk desk(laws);
  CHECK_FALSE(desk.find("压金不退").slips.empty());
  const Found cited = desk.find("压金法1");
  CHECK(cited.slips.empty());
  CHECK(cited.answer.hits.front().law.short_title == "压金法");
  CHECK(desk.find("压金法").slips.empty());
}

TEST_CASE("English cites an article by the law's name and its number") {
  Desk desk({{"laws/民法典/民法典.md",
              test::book_text("中华人民共和国民法典", "", "第一条 甲。\n\n第二条 乙。")}});
  for (const std::string_view typed :
       {"Civil Code 2", "civil code article 2", "Article 2 of the Civil Code"}) {
    const Found found = desk.find(typed);
    REQUIRE_FALSE(found.answer.hits.empty());
    CHECK(found.answer.hits.front().label == "第二条");
    CHECK(found.chinese == std::vector<std::string>{"民法典"});
  }
  CHECK(desk.find("civil code").answer.laws.size() == 1);
}

TEST_CASE("pinyin letters find a law by its name") {
  Desk desk;
  const Found found = desk.find("csygf");
  REQUIRE(found.answer.laws.size() == 1);
  CHECK(found.answer.laws.front().law.short_title == "撑伞用工法");
  CHECK(found.answer.good_match);
  CHECK_FALSE(desk.find("qqqq").answer.good_match);
}

TEST_CASE("letters that are no pinyin are known: English, the begin of a term, initials") {
  Desk desk;
  for (const std::string_view typed : {"unpaid wages", "unpaid", "unpaid ", "csygf", "CSYGF"}) {
    CAPTURE(typed);
    CHECK(desk.find(typed).letters_meant);
  }
  for (const std::string_view typed : {"chengsan", "laoban", "csyg", "qqqq", "拖欠工资"}) {
    CAPTURE(typed);
    CHECK_FALSE(desk.find(typed).letters_meant);
  }
}

TEST_CASE("a question leads to services and the limits that may run, and nothing leads to none") {
  Desk desk;
  const Found found = desk.find("老板拖欠工资怎么办");
  REQUIRE(found.help.topic != nullptr);
  CHECK_FALSE(found.help.services.empty());
  CHECK(std::ranges::any_of(found.help.limits, [](const law::TimeLimit* limit) {
    return limit->id == "labour_arbitration";
  }));
  const Found nothing = desk.find("qqqq");
  CHECK(nothing.help.topic == nullptr);
  CHECK(nothing.help.limits.empty());
  CHECK(nothing.help.services == std::vector<std::string>{"consult", "hotline"});
}
