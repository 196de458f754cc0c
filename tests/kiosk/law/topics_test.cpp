#include "kiosk/law/topics.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/kiosk/law/shipped_topics.h"

using law::Topics;

namespace {

const std::set<std::string> services = {"consult", "labour", "hotline"};

// Line by line, so that a test can say where a mistake stands.
const std::string sample = R"([[unbuilt]]
id = "directory"
name = { zh-Hans = "服务圈", en = "Near you" }
[otherwise]
services = ["consult", "hotline"]
[conflict]
words = ["赔"]
[[limit]]
id = "year"
name = { zh-Hans = "一年", en = "One year" }
sources = ["中华人民共和国借伞法 第二条"]
[[topic]]
id = "wage"
name = { zh-Hans = "欠薪", en = "Unpaid wages" }
words = ["工资", "公司 不给"]
articles = ["中华人民共和国借伞法", "中华人民共和国民法典 703-734", "中华人民共和国登山法 2"]
services = ["labour", "directory"]
in_conflict = ["consult"]
limits = ["year"]
ask_safety = true
)";

std::string sample_with(const std::string& from, const std::string& to) {
  std::string text = sample;
  text.replace(text.find(from), from.size(), to);
  return text;
}

std::string mistake(const std::string& toml) {
  const auto outcome = law::read_topics(toml, services);
  CHECK_FALSE(outcome.topics);
  REQUIRE(outcome.problems.size() == 1);
  return service::to_line(outcome.problems.front());
}

}  // namespace

TEST_CASE("topics are read with their services, limits and articles") {
  const auto outcome = law::read_topics(sample, services);
  REQUIRE(outcome.topics);
  const Topics& topics = *outcome.topics;
  REQUIRE(topics.topics.size() == 1);
  const law::Topic& wage = topics.topics.front();
  CHECK(wage.words == std::vector<std::string>{"工资", "公司 不给"});
  CHECK(wage.services == std::vector<std::string>{"labour", "directory"});
  CHECK(wage.in_conflict == std::vector<std::string>{"consult"});
  CHECK(wage.ask_safety);
  CHECK_FALSE(wage.discreet);
  REQUIRE(topics.limit("year") != nullptr);
  CHECK(topics.limit("year")->sources.front().article == "第二条");
  CHECK(topics.limit("month") == nullptr);
  REQUIRE(topics.unbuilt_service("directory") != nullptr);
  CHECK(topics.unbuilt_service("directory")->name.in("en") == "Near you");
  CHECK(topics.unbuilt_service("labour") == nullptr);
}

TEST_CASE("a range holds its ends and what is between, a law alone all of its articles") {
  const auto outcome = law::read_topics(sample, services);
  REQUIRE(outcome.topics);
  const auto& ranges = outcome.topics->topics.front().articles;
  REQUIRE(ranges.size() == 3);
  CHECK(ranges[0].holds(law::title_key("借伞法"), {900, 0}));
  CHECK(ranges[1].holds(law::title_key("《民法典》"), {703, 0}));
  CHECK(ranges[1].holds(law::title_key("民法典"), {734, 0}));
  CHECK_FALSE(ranges[1].holds(law::title_key("民法典"), {735, 0}));
  CHECK_FALSE(ranges[1].holds(law::title_key("借伞法"), {703, 0}));
  CHECK(ranges[2].holds(law::title_key("登山法"), {2, 1}));
  CHECK_FALSE(ranges[2].holds(law::title_key("登山法"), {3, 0}));
}

TEST_CASE("every article a topic or limit rests on is cited, so that it can be checked") {
  const auto outcome = law::read_topics(sample, services);
  std::vector<std::string> cited;
  for (const auto& place : outcome.citations) {
    cited.push_back(place.citation.law + " " + place.citation.article + ":" +
                    std::to_string(place.line));
  }
  std::ranges::sort(cited);
  CHECK(cited == std::vector<std::string>{
                     "中华人民共和国借伞法 第二条:11", "中华人民共和国民法典 第七百三十四条:16",
                     "中华人民共和国民法典 第七百零三条:16", "中华人民共和国登山法 第二条:16"});
}

TEST_CASE("a mistake in the topics says where it stands and what to write instead") {
  CHECK(mistake(sample_with("\"labour\", ", "\"labor\", "))
            .starts_with(
                "law/topics.toml:17:13: there is no service `labor`, did you mean `labour`?"));
  CHECK(mistake(sample_with("limits = [\"year\"]", "limits = [\"yaer\"]"))
            .starts_with("law/topics.toml:19:11: there is no limit `yaer`, did you mean `year`?"));
  CHECK(
      mistake(sample_with("703-734", "734-703"))
          .starts_with("law/topics.toml:16:27: `中华人民共和国民法典 734-703` names no articles"));
  CHECK(mistake(sample_with("登山法 2", "登山法 x")).find("names no articles") !=
        std::string::npos);
  CHECK(mistake(sample_with("[\"赔\"]", "[\"\"]"))
            .starts_with("law/topics.toml:7:10: an empty word is in every question"));
  CHECK(mistake("[[topic]\n").starts_with("law/topics.toml:1:"));
}

TEST_CASE("a service that is built is not listed among those that are not") {
  const auto outcome = law::read_topics(sample, {"consult", "labour", "hotline", "directory"});
  REQUIRE(outcome.problems.size() == 1);
  CHECK(service::to_line(outcome.problems.front()) ==
        "law/topics.toml:2:6: `directory` is built: take it away here");
}

TEST_CASE("the shipped topics are without a mistake and all have somewhere to go") {
  const Topics topics = test::shipped_topics();
  CHECK(topics.topics.size() >= 12);
  for (const std::string_view id :
       {"wage", "work_injury", "divorce", "support", "inheritance", "loan", "renting",
        "property_management", "traffic", "shopping", "crime", "authority"}) {
    CHECK_MESSAGE(std::ranges::count(topics.topics, id, &law::Topic::id) == 1, id);
  }
  for (const law::TimeLimit& limit : topics.limits) {
    CAPTURE(limit.id);
    // Care 3: a last day reads "not later than".
    CHECK(limit.name.in("zh-Hans").find("不晚于") != std::string::npos);
    CHECK(limit.name.in("en").find("not later than") != std::string::npos);
  }
}
