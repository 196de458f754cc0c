#include "kiosk/booking/booking_flow.h"

#include <doctest/doctest.h>

#include <vector>

using booking::Draft;
using booking::Flow;
using booking::Step;

namespace {

service::Choice topic(std::string id, bool ask_safety) {
  service::Choice made;
  made.id = std::move(id);
  made.ask_safety = ask_safety;
  return made;
}

service::Way way(std::string id) {
  service::Way made;
  made.id = std::move(id);
  return made;
}

service::Service consult() {
  service::Service service;
  service.id = "consult";
  service.choices = {topic("wage", false), topic("violence", true)};
  service.ways = {way("onsite"), way("phone")};
  return service;
}

Draft complete() {
  Draft draft;
  draft.service = "consult";
  draft.topic = "wage";
  draft.way = "onsite";
  draft.slot = "consult|onsite|2026-11-24T09:00";
  draft.name = "王小明";
  draft.phone = "13800001234";
  return draft;
}

// Goes on until the review has been left.
std::vector<Step> walk(Flow& flow, const Draft& draft) {
  std::vector<Step> steps{flow.step()};
  while (flow.step() != Step::receipt) {
    flow.go_on(draft);
    steps.push_back(flow.step());
  }
  return steps;
}

Flow at_review(const service::Service& service, const Draft& draft) {
  Flow flow(service);
  while (flow.step() != Step::review) flow.go_on(draft);
  return flow;
}

}  // namespace

TEST_CASE("A booking asks topic, way, time and person, then is looked over and confirmed") {
  const service::Service service = consult();
  Flow flow(service);
  CHECK(walk(flow, complete()) == std::vector<Step>{Step::topic, Step::way, Step::slot,
                                                    Step::person, Step::review, Step::receipt});
  CHECK(flow.number() == Flow::steps);
}

TEST_CASE("Are you safe now comes behind the topics that call for it, on the topic's own step") {
  const service::Service service = consult();
  Draft draft = complete();
  draft.topic = "violence";
  Flow flow(service);
  const int asked = flow.number();
  flow.go_on(draft);
  CHECK(flow.step() == Step::safety);
  CHECK(flow.number() == asked);
  flow.go_on(draft);
  CHECK(flow.step() == Step::way);
}

TEST_CASE("Back walks the pages the other way, past the question of safety, to the first") {
  const service::Service service = consult();
  Draft draft = complete();
  draft.topic = "violence";
  Flow flow = at_review(service, draft);
  for (const Step expected : {Step::person, Step::slot, Step::way, Step::topic}) {
    CHECK(flow.go_back());
    CHECK(flow.step() == expected);
  }
  CHECK_FALSE(flow.go_back());
  CHECK(flow.step() == Step::topic);
}

TEST_CASE("Who corrects an answer at the review is back there as soon as nothing is missing") {
  const service::Service service = consult();
  Draft draft = complete();
  Flow flow = at_review(service, draft);
  SUBCASE("the topic") {
    flow.correct(Step::topic);
  }
  SUBCASE("the time") {
    flow.correct(Step::slot);
  }
  SUBCASE("a topic that calls for the question of safety") {
    flow.correct(Step::topic);
    draft.topic = "violence";
    flow.go_on(draft);
    CHECK(flow.step() == Step::safety);
  }
  SUBCASE("the way, which needs another time") {
    flow.correct(Step::way);
    draft.way = "phone";
    draft.slot.clear();
    flow.go_on(draft);
    CHECK(flow.step() == Step::slot);
    draft.slot = "consult|phone|2026-11-24T10:00";
  }
  flow.go_on(draft);
  CHECK(flow.step() == Step::review);
  flow.go_on(draft);
  CHECK(flow.step() == Step::receipt);
}

TEST_CASE("A name that was emptied on the way back is asked for before the review") {
  const service::Service service = consult();
  Draft draft = complete();
  Flow flow = at_review(service, draft);
  flow.correct(Step::person);
  draft.name.clear();
  CHECK(flow.go_back());
  flow.go_on(draft);
  CHECK(flow.step() == Step::person);
}
