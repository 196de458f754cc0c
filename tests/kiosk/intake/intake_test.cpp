#include "kiosk/intake/intake.h"

#include <doctest/doctest.h>

#include "tests/kiosk/intake/mediation.h"

using intake::Answers;
using intake::Draft;
using intake::State;
using test::answered;
using test::mediation;

namespace {

constexpr std::size_t type = 0;
constexpr std::size_t safety = 1;
constexpr std::size_t other = 2;
constexpr std::size_t story = 3;

std::string problem(const service::Service& service, const Draft& draft, std::string_view id) {
  for (const service::Question& question : service.questions) {
    if (question.id != id) continue;
    const auto checked = intake::check(service, question, draft);
    return checked ? "" : checked.error().code;
  }
  return "no such question";
}

std::string problem(const Draft& draft, std::string_view id) {
  return problem(mediation(), draft, id);
}

Draft with(std::string key, std::string value) {
  Draft draft = answered();
  draft.answers[std::move(key)] = std::move(value);
  return draft;
}

}  // namespace

TEST_CASE("Are you safe now is asked on family paths before anything else is, elsewhere not") {
  const service::Service service = mediation();
  Draft draft;
  draft.answers["type"] = "family";
  CHECK(intake::next(service, draft, type) == safety);
  draft.answers["type"] = "money";
  CHECK(intake::next(service, draft, type) == other);
  CHECK(intake::previous(service, draft, other) == type);
}

TEST_CASE("A safety question that stands first is asked of everybody") {
  service::Service service = mediation();
  std::swap(service.questions[type], service.questions[safety]);
  CHECK(intake::first(service, Draft{}) == 0);
  CHECK(problem(service, Draft{}, "safety") == "safety_missing");
}

TEST_CASE("Nothing goes on before the safety question was passed") {
  Draft draft = answered();
  draft.safety_passed = false;
  CHECK(intake::first_open(mediation(), draft) == safety);
}

TEST_CASE("Next and previous walk the same questions and stop at the ends") {
  const service::Service service = mediation();
  const Draft draft = answered();
  std::vector<std::size_t> forward;
  for (auto i = intake::first(service, draft); i; i = intake::next(service, draft, *i)) {
    forward.push_back(*i);
  }
  CHECK(forward.size() == service.questions.size());
  std::vector<std::size_t> backward;
  std::optional<std::size_t> i = forward.back();
  for (; i; i = intake::previous(service, draft, *i)) backward.push_back(*i);
  CHECK(std::vector<std::size_t>(backward.rbegin(), backward.rend()) == forward);
  CHECK_FALSE(intake::first(service::Service{}, draft));
}

TEST_CASE("A finished draft can be filed, an empty one opens at its first question") {
  CHECK_FALSE(intake::first_open(mediation(), answered()));
  CHECK(intake::first_open(mediation(), Draft{}) == type);
  CHECK(intake::first_open(mediation(), with("story", "")) == story);
}

TEST_CASE("Each wrong answer is named by what is wrong with it") {
  CHECK(problem(with("type", ""), "type") == "choice_missing");
  CHECK(problem(with("type", "war"), "type") == "choice_unknown");
  CHECK(problem(with("way", "pigeon"), "way") == "choice_unknown");
  CHECK(problem(with("story", "  "), "story") == "answer_missing");
  CHECK(problem(with("story", "123456789012345678901"), "story") == "answer_long");
  CHECK(problem(with("story", "他说了二十个字二十个字二十个字二十个字"), "story").empty());
  CHECK(problem(with("story", "\xFF"), "story") == "answer_characters");
  CHECK(problem(with("health", ""), "health").empty());
  CHECK(problem(with("other.name", ""), "other") == "name_missing");
  CHECK(problem(with("other.contact", " "), "other") == "contact_missing");
  CHECK(problem(with("evidence", ""), "evidence").empty());
  CHECK(problem(with("evidence", "contract,witness"), "evidence") == "choice_unknown");
  CHECK(problem(with("self.name", ""), "self") == "name_missing");
  CHECK(problem(with("self.phone", "1"), "self") == "phone_short");
  CHECK(problem(with("mediate_consent", ""), "mediate_consent") == "consent_missing");
}

TEST_CASE("A request about a discreet matter is discreet, whatever else was answered") {
  service::Service service = mediation();
  CHECK_FALSE(intake::discreet(service, answered()));
  service.questions[type].choices[0].discreet = true;
  CHECK(intake::discreet(service, answered()));
  CHECK_FALSE(intake::discreet(service, with("type", "money")));
  CHECK_FALSE(intake::discreet(service, Draft{}));
}

TEST_CASE("Who has no phone says so and goes on") {
  Draft draft = with("self.phone", "");
  CHECK(problem(draft, "self") == "phone_missing");
  draft.answers["self.no_phone"] = "yes";
  CHECK(problem(draft, "self").empty());
  CHECK(intake::own_phone(mediation(), draft).empty());
}

TEST_CASE("Nothing is sent without consent to mediate and the notice") {
  CHECK(problem(with("mediate_consent", "no"), "mediate_consent") == "consent_needed");
  CHECK(problem(with("notice_consent", "no"), "notice_consent") == "consent_needed");
}

TEST_CASE("Refusing the separate consent drops the sensitive answers and nothing else") {
  const Draft draft = with("sensitive_consent", "no");
  CHECK(problem(draft, "sensitive_consent").empty());
  CHECK_FALSE(intake::first_open(mediation(), draft));
  Answers expected = intake::answers_to_file(mediation(), answered());
  REQUIRE(expected.count("health") == 1);
  expected.erase("health");
  expected["sensitive_consent"] = "no";
  CHECK(intake::answers_to_file(mediation(), draft) == expected);
}

TEST_CASE("What was refused before is not asked afterwards") {
  service::Service service = mediation();
  std::rotate(service.questions.begin() + 4, service.questions.begin() + 10,
              service.questions.end());  // the separate consent now stands before "health"
  REQUIRE(service.questions[4].id == "sensitive_consent");
  REQUIRE(service.questions[5].id == "health");
  CHECK(intake::next(service, answered(), 4) == 5);
  CHECK(intake::next(service, with("sensitive_consent", "no"), 4) == 6);
}

TEST_CASE("What is filed is tidy: no safety answer, the phone in digits, blanks gone") {
  const Answers filed = intake::answers_to_file(mediation(), answered());
  CHECK(filed.at("self.phone") == "13800001234");
  CHECK(filed.at("other.name") == "李四");
  CHECK(filed.count("safety") == 0);
  CHECK(filed.count("self.no_phone") == 0);
  CHECK(intake::own_phone(mediation(), answered()) == "13800001234");
  CHECK(intake::chosen_way(mediation(), answered()) == "onsite");
}

TEST_CASE("Ticked evidence is one answer and comes apart again") {
  CHECK(intake::join_ticks({"contract", "photos"}) == "contract,photos");
  CHECK(intake::split_ticks("contract,photos") == std::vector<std::string>{"contract", "photos"});
  CHECK(intake::split_ticks("").empty());
}

TEST_CASE("Nothing says received before the center has it") {
  using base::Milliseconds;
  using intake::Delivery;
  CHECK(intake::state_of({Delivery::none, "", Milliseconds{0}}) == State::sending);
  CHECK(intake::state_of({Delivery::none, "", std::chrono::hours{5}}) == State::kept_here);
  CHECK(intake::state_of({Delivery::taken, "", Milliseconds{0}}) == State::received);
  CHECK(intake::state_of({Delivery::rejected, "", Milliseconds{0}}) == State::unfiled);
}

TEST_CASE("The center's decision is shown by its name, an unknown one as received") {
  const auto state = [](std::string_view record) {
    return intake::state_of({intake::Delivery::taken, record, base::Milliseconds{0}});
  };
  for (const State each : {State::reviewing, State::accepted, State::refused, State::closed}) {
    CHECK(state(intake::name(each)) == each);
  }
  CHECK(state("archived in a later release") == State::received);
}
