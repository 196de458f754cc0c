#include "kiosk/law/help.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/kiosk/law/shipped_topics.h"

using law::FoundArticle;
using law::Help;
using Ids = std::vector<std::string>;

namespace {

struct Told {
  std::string topic;
  std::string first;
  Ids limits;
  bool operator==(const Told&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Told& told) {
  out << told.topic << " → " << told.first;
  for (const std::string& limit : told.limits) out << ' ' << limit;
  return out;
}

Told told(const Help& help) {
  Told result{help.topic == nullptr ? "" : help.topic->id, help.services.front(), {}};
  for (const law::TimeLimit* limit : help.limits) result.limits.push_back(limit->id);
  return result;
}

}  // namespace

TEST_CASE("what people say leads to the service that helps and the limit that may run") {
  const law::Topics topics = test::shipped_topics();
  const auto asked = [&](std::string_view question) {
    return told(help_for(topics, question, {}));
  };
  CHECK(asked("老板三个月没发工资怎么办") == Told{"wage", "labour", {"labour_arbitration"}});
  CHECK(asked("公司无故辞退我") == Told{"work", "labour", {"labour_arbitration"}});
  CHECK(asked("在工地干活受伤了") == Told{"work_injury", "labour", {"work_injury"}});
  CHECK(asked("老公打我怎么办") == Told{"violence", "legal_aid", {}});
  CHECK(asked("离婚了孩子归谁") == Told{"divorce", "consult", {}});
  CHECK(asked("儿子不赡养老人") == Told{"support", "mediation", {}});
  CHECK(asked("父亲过世房子怎么继承") == Told{"inheritance", "notary", {}});
  CHECK(asked("朋友借钱不还") == Told{"debt", "mediation", {"civil_claim"}});
  CHECK(asked("房东不退押金怎么办") == Told{"renting", "mediation", {"civil_claim"}});
  CHECK(asked("楼上漏水不修") == Told{"neighbour", "mediation", {}});
  CHECK(asked("物业不管小区卫生") == Told{"property_management", "mediation", {}});
  CHECK(asked("被车撞了要求赔偿").first == "mediation");
  CHECK(asked("网购买到假货商家不退款") == Told{"shopping", "mediation", {"civil_claim"}});
  CHECK(asked("不服罚款").first == "reconsideration");
  CHECK(asked("不服罚款").limits == Ids{"reconsideration", "administrative_suit"});
  CHECK(asked("儿子被拘留了").first == "consult");
  CHECK(asked("没钱请律师") == Told{"legal_aid", "legal_aid", {}});
  CHECK(asked("上班路上被车撞了算工伤吗") == Told{"work_injury", "labour", {"work_injury"}});
  CHECK(asked("低保不给批").first == "reconsideration");
}

TEST_CASE(
    "who works in a household is told of no limit of labour arbitration: none runs for them") {
  const law::Topics topics = test::shipped_topics();
  for (const std::string_view question : {"雇主拖欠保姆工资", "保姆在雇主家受伤", "家政工资没给"}) {
    const Told answer = told(help_for(topics, question, {}));
    CHECK_MESSAGE(answer.topic == "helper", question);
    CHECK_MESSAGE(answer.limits.empty(), question);
  }
}

TEST_CASE("a service's own name leads to it, built or not") {
  const law::Topics topics = test::shipped_topics();
  const auto first = [&](std::string_view name) {
    return help_for(topics, name, {}).services.front();
  };
  CHECK(first("法律咨询") == "consult");
  CHECK(first("公证") == "notary");
  CHECK(first("人民调解") == "mediation");
  CHECK(first("诉调对接") == "mediation");
  CHECK(first("法律援助") == "legal_aid");
  CHECK(first("行政复议咨询") == "reconsideration");
  CHECK(first("法治宣传教育") == "learning");
  CHECK(first("学法考法") == "learning");
  CHECK(first("法律便利") == "tools");
  CHECK(first("智慧矫正中心") == "correction");
  CHECK(first("中小微企业法律服务室") == "enterprise");
  CHECK(first("商事争议一站式矛盾调处中心") == "enterprise");
  CHECK(first("15分钟服务圈") == "directory");
  CHECK(first("12348") == "hotline");
  CHECK(first("一窗受理") == "one_window");
}

TEST_CASE("the order of services ends with other ways, each once") {
  const law::Topics topics = test::shipped_topics();
  CHECK(help_for(topics, "老板三个月没发工资怎么办", {}).services ==
        Ids{"labour", "legal_aid", "mediation"});
  CHECK(help_for(topics, "租赁合同怎么写", {}).services == Ids{"consult", "mediation"});
  CHECK(help_for(topics, "房东拒绝退押金", {}).services == Ids{"mediation", "consult"});
}

TEST_CASE("violence at home asks for safety first and never suggests mediation") {
  const law::Topics topics = test::shipped_topics();
  const Help help = help_for(topics, "丈夫打我还威胁我", {});
  REQUIRE(help.topic != nullptr);
  CHECK(help.topic->ask_safety);
  CHECK(help.topic->discreet);
  CHECK(std::ranges::count(help.services, "mediation") == 0);
}

TEST_CASE("a question of no topic gets the usual services and no limit") {
  const law::Topics topics = test::shipped_topics();
  for (const std::string_view question : {"", "今天天气", "xyz"}) {
    CAPTURE(question);
    const Help help = help_for(topics, question, {});
    CHECK(help.topic == nullptr);
    CHECK(help.services == topics.otherwise);
    CHECK(help.limits.empty());
  }
}

TEST_CASE("articles found lead to a topic that the words do not name, but never to a time limit") {
  const law::Topics topics = test::shipped_topics();
  const std::vector<FoundArticle> found = {{"中华人民共和国劳动合同法", {30, 0}},
                                           {"中华人民共和国劳动合同法", {85, 0}}};
  const Help help = help_for(topics, "钱没到手", found);
  CHECK(told(help) == Told{"wage", "labour", {}});
  CHECK(told(help_for(topics, "老板不发工资", found)).limits == Ids{"labour_arbitration"});
}

TEST_CASE("only the first ten articles count") {
  const law::Topics topics = test::shipped_topics();
  std::vector<FoundArticle> found(10, {"中华人民共和国借伞法", {1, 0}});
  found.push_back({"中华人民共和国劳动合同法", {30, 0}});
  CHECK(help_for(topics, "钱没到手", found).topic == nullptr);
}

TEST_CASE("a service that is not built yet is suggested by its name") {
  const law::Topics topics = test::shipped_topics();
  const Help help = help_for(topics, "附近的司法所在哪", {});
  CHECK(help.services == Ids{"directory", "hotline"});
  REQUIRE(topics.unbuilt_service(help.services.front()) != nullptr);
}
