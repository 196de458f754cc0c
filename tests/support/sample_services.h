// The services of a folder of settings, and a request as somebody might fill it in.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/intake/intake.h"
#include "kiosk/service/read.h"

namespace test {

inline base::Result<service::Catalogue> read_services(const base::Path& config) {
  auto outcome = service::read_catalogue(TRY(service::load_folder(config)));
  if (outcome.catalogue) return *std::move(outcome.catalogue);
  return base::fail(base::ErrorKind::invalid, "bad_catalogue", to_line(outcome.problems.front()));
}

// Answers that pass every check, whatever the questions are.
inline intake::Draft sample_answers(const service::Service& service,
                                    std::string_view phone = "13800001234") {
  using Kind = service::QuestionKind;
  intake::Draft draft{.service = service.id, .answers = {}, .safety_passed = true};
  for (const service::Question& question : service.questions) {
    const std::string& id = question.id;
    switch (question.kind) {
      case Kind::choice: draft.answers[id] = question.choices.front().id; break;
      case Kind::way: draft.answers[id] = service.ways.front().id; break;
      case Kind::text: draft.answers[id] = "楼上漏水"; break;
      case Kind::consent: draft.answers[id] = "yes"; break;
      case Kind::day: draft.answers[id] = "unknown"; break;
      case Kind::party:
        draft.answers[id + ".name"] = "李四";
        draft.answers[id + ".contact"] = "13900005678";
        break;
      case Kind::self:
        draft.answers[id + ".name"] = "王小明";
        draft.answers[id + ".phone"] = phone;
        break;
      case Kind::safety:
      case Kind::evidence: break;
    }
  }
  return draft;
}

}  // namespace test
