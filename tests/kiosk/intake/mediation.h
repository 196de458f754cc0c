// A request for mediation as config/ describes one, small enough to read: shared by the tests of
// its rules and of its rows.
#pragma once

#include "kiosk/intake/intake.h"

namespace test {

inline service::Choice choice(std::string id, bool ask_safety = false) {
  service::Choice made;
  made.id = std::move(id);
  made.ask_safety = ask_safety;
  return made;
}

inline service::Question question(std::string id, service::QuestionKind kind) {
  service::Question made;
  made.id = std::move(id);
  made.kind = kind;
  return made;
}

inline service::Service mediation() {
  using service::QuestionKind;
  service::Service service;
  service.id = "mediation";
  for (const char* id : {"onsite", "remote"}) {
    service::Way way;
    way.id = id;
    service.ways.push_back(way);
  }
  service::Question type = question("type", QuestionKind::choice);
  type.choices = {choice("family", true), choice("money")};
  service::Question story = question("story", QuestionKind::text);
  story.limit = 20;
  service::Question health = question("health", QuestionKind::text);
  health.required = false;
  health.sensitive = true;
  service::Question evidence = question("evidence", QuestionKind::evidence);
  evidence.choices = {choice("contract"), choice("photos")};
  service::Question sensitive = question("sensitive_consent", QuestionKind::consent);
  sensitive.drops = {"health"};
  service.questions = {type,
                       question("safety", QuestionKind::safety),
                       question("other", QuestionKind::party),
                       story,
                       health,
                       evidence,
                       question("way", QuestionKind::way),
                       question("self", QuestionKind::self),
                       question("mediate_consent", QuestionKind::consent),
                       question("notice_consent", QuestionKind::consent),
                       sensitive};
  return service;
}

inline intake::Draft answered() {
  intake::Draft draft;
  draft.service = "mediation";
  draft.safety_passed = true;
  draft.answers = {{"type", "family"},
                   {"other.name", " 李四 "},
                   {"other.contact", "13900001111"},
                   {"story", "He keeps the deposit"},
                   {"health", "a broken arm"},
                   {"evidence", "contract"},
                   {"way", "onsite"},
                   {"self.name", "王小明"},
                   {"self.phone", "138 0000 1234"},
                   {"mediate_consent", "yes"},
                   {"notice_consent", "yes"},
                   {"sensitive_consent", "yes"}};
  return draft;
}

}  // namespace test
