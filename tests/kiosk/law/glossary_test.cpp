#include "kiosk/law/glossary.h"

#include <doctest/doctest.h>

#include "platform/base/file.h"

using law::Glossary;
using Words = std::vector<std::string>;

namespace {

constexpr std::string_view sample = R"([work]
"wage, salary, pay" = "劳动报酬 工资"
"unpaid wage, wage arrears" = "劳动报酬 拖欠"
"work injury, injury at work" = "工伤"
"injury" = "人身损害"
"party" = "当事人"
"dismiss, fire, sack" = "解除劳动合同"
"support of parents" = "赡养"
"driver's licence" = "机动车驾驶证"
)";

Glossary read(std::string_view toml) {
  auto outcome = law::read_glossary(toml);
  for (const service::Problem& problem : outcome.problems) FAIL_CHECK(service::to_line(problem));
  REQUIRE(outcome.glossary);
  return std::move(*outcome.glossary);
}

std::string mistake(std::string_view toml) {
  const auto outcome = law::read_glossary(toml);
  CHECK_FALSE(outcome.glossary);
  REQUIRE(outcome.problems.size() == 1);
  return service::to_line(outcome.problems.front());
}

}  // namespace

TEST_CASE("English words give the words of the statutes, the longest term first") {
  const Glossary glossary = read(sample);
  CHECK(glossary.chinese("wage") == Words{"劳动报酬", "工资"});
  CHECK(glossary.chinese("unpaid wages") == Words{"劳动报酬", "拖欠"});
  CHECK(glossary.chinese("work injury") == Words{"工伤"});
  CHECK(glossary.chinese("an injury on the road") == Words{"人身损害"});
}

TEST_CASE("capitals, number, endings and small words do not matter") {
  const Glossary glossary = read(sample);
  CHECK(glossary.chinese("WAGES") == glossary.chinese("wage"));
  CHECK(glossary.chinese("Parties") == Words{"当事人"});
  CHECK(glossary.chinese("I was fired") == Words{"解除劳动合同"});
  CHECK(glossary.chinese("they are dismissing me") == Words{"解除劳动合同"});
  CHECK(glossary.chinese("supporting my parents") == Words{"赡养"});
  CHECK(glossary.chinese("drivers licence") == Words{"机动车驾驶证"});
}

TEST_CASE("several terms give each word once, in the order of the question") {
  const Glossary glossary = read(sample);
  CHECK(glossary.chinese("fired after an injury at work, salary and pay not given") ==
        Words{"解除劳动合同", "工伤", "劳动报酬", "工资"});
}

TEST_CASE("unknown words and Chinese are passed over") {
  const Glossary glossary = read(sample);
  CHECK(glossary.chinese("xylophone").empty());
  CHECK(glossary.chinese("老板不发工资").empty());
  CHECK(glossary.chinese("老板 wages 不发") == Words{"劳动报酬", "工资"});
  CHECK(glossary.chinese("").empty());
}

TEST_CASE("every mistake says where it stands and what to write instead") {
  CHECK(mistake("\"wage\" = \"工资\"\n") ==
        "law/glossary.toml:1:1: `wage` stands outside a table: write [work] or the like above it");
  CHECK(mistake("[work]\n\"wage\" = \"pay\"\n").starts_with("law/glossary.toml:2:10: not Chinese"));
  CHECK(mistake("[work]\n\"wage\" = 3\n").starts_with("law/glossary.toml:2:10: not Chinese"));
  CHECK(mistake("[work]\n\"Wage\" = \"工资\"\n")
            .starts_with("law/glossary.toml:2:1: `Wage` is no English term"));
  CHECK(mistake("[work]\n\"wage, \" = \"工资\"\n")
            .starts_with("law/glossary.toml:2:1: `` is no English term"));
  CHECK(mistake("[work]\n\"wage\" = \"工资\"\n\"wages\" = \"工资\"\n") ==
        "law/glossary.toml:3:1: `wages` stands here twice: give it one line");
  CHECK(mistake("[work\n").starts_with("law/glossary.toml:1:"));
}

TEST_CASE("the shipped glossary has four hundred terms and more and no mistake") {
  const auto text = base::read_file(base::Path(SOURCE_FOLDER) / "config/law/glossary.toml");
  REQUIRE(text);
  const Glossary glossary = read(*text);
  CHECK(glossary.size() >= 400);
  CHECK(glossary.chinese("unpaid wages") == Words{"劳动报酬", "拖欠"});
  CHECK(glossary.chinese("My landlord does not return the deposit").front() == "出租人");
  CHECK(glossary.chinese("How do I get divorced?") == Words{"离婚"});
}
