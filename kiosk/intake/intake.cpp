#include "kiosk/intake/intake.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/service/contact.h"
#include "platform/base/text.h"

namespace intake {
namespace {

using base::fail;
using service::Question;
using service::QuestionKind;
using service::Service;

auto invalid(std::string_view code) {
  return fail(base::ErrorKind::invalid, code);
}

std::string part(const Question& question, std::string_view name) {
  return fmt::format("{}.{}", question.id, name);
}

bool lists(const std::vector<std::string>& ids, std::string_view id) {
  return std::ranges::find(ids, id) != ids.end();
}

bool dropped_by(const Question& consent, const Question& question, const Draft& draft) {
  return consent.kind == QuestionKind::consent && draft.answer(consent.id) == "no" &&
         lists(consent.drops, question.id);
}

const service::Choice* chosen(const Question& question, const Draft& draft) {
  const auto found =
      std::ranges::find(question.choices, draft.answer(question.id), &service::Choice::id);
  return found == question.choices.end() ? nullptr : &*found;
}

// A choice made before the safety question decides; without one it is asked of everybody.
bool needs_safety(const Service& service, const Draft& draft, std::size_t index) {
  bool asked_everybody = true;
  for (std::size_t i = 0; i < index; ++i) {
    if (service.questions[i].kind != QuestionKind::choice) continue;
    asked_everybody = false;
    const service::Choice* choice = chosen(service.questions[i], draft);
    if (choice != nullptr && choice->ask_safety) return true;
  }
  return asked_everybody;
}

bool dropped(const Service& service, const Draft& draft, const Question& question) {
  return std::ranges::any_of(service.questions, [&](const Question& consent) {
    return dropped_by(consent, question, draft);
  });
}

const Question* find(const Service& service, QuestionKind kind) {
  const auto found = std::ranges::find(service.questions, kind, &Question::kind);
  return found == service.questions.end() ? nullptr : &*found;
}

Result<void> check_text(const Question& question, std::string_view answer) {
  if (!base::valid_utf8(answer)) return invalid("answer_characters");
  if (base::count_characters(answer) > static_cast<std::size_t>(std::max(0, question.limit))) {
    return invalid("answer_long");
  }
  if (question.required && base::trim(answer).empty()) return invalid("answer_missing");
  return {};
}

Result<void> check_party(const Question& question, const Draft& draft) {
  const std::string_view contact = draft.answer(part(question, "contact"));
  const std::string_view name = draft.answer(part(question, "name"));
  if (!question.required && name.empty() && contact.empty()) return {};
  TRY(service::parse_name(name));
  TRY(service::parse_reach(contact));
  return {};
}

bool has_phone(const Question& question, const Draft& draft) {
  return draft.answer(part(question, "no_phone")) != "yes";
}

Result<void> check_self(const Question& question, const Draft& draft) {
  TRY(service::parse_name(draft.answer(part(question, "name"))));
  if (has_phone(question, draft)) {
    TRY(service::parse_phone(draft.answer(part(question, "phone"))));
  }
  return {};
}

Result<void> check_evidence(const Question& question, const Draft& draft) {
  for (const std::string& id : split_ticks(draft.answer(question.id))) {
    if (std::ranges::find(question.choices, id, &service::Choice::id) == question.choices.end()) {
      return invalid("choice_unknown");
    }
  }
  return {};
}

Result<void> check_one_of(bool known, const Question& question, std::string_view answer) {
  if (answer.empty()) {
    if (question.required) return invalid("choice_missing");
    return {};
  }
  if (!known) return invalid("choice_unknown");
  return {};
}

Result<void> check_day(const Question& question, std::string_view answer) {
  const bool answered = answer == no_day || answer == unknown_day || base::parse_date(answer);
  if (answered || (answer.empty() && !question.required)) return {};
  return invalid("day_missing");
}

Result<void> check_consent(const Question& question, std::string_view answer) {
  if (answer != "yes" && answer != "no") return invalid("consent_missing");
  if (answer == "no" && question.drops.empty()) return invalid("consent_needed");
  return {};
}

void add(Answers& answers, const std::string& key, std::string_view value) {
  if (!value.empty()) answers[key] = value;
}

void add_answers(Answers& answers, const Question& question, const Draft& draft) {
  switch (question.kind) {
    case QuestionKind::safety: return;
    case QuestionKind::party:
      add(answers, part(question, "name"), base::trim(draft.answer(part(question, "name"))));
      add(answers, part(question, "contact"), base::trim(draft.answer(part(question, "contact"))));
      return;
    case QuestionKind::self:
      add(answers, part(question, "name"), base::trim(draft.answer(part(question, "name"))));
      if (has_phone(question, draft)) {
        const auto phone = service::parse_phone(draft.answer(part(question, "phone")));
        add(answers, part(question, "phone"), phone.value_or(std::string()));
      } else {
        add(answers, part(question, "no_phone"), "yes");
      }
      return;
    case QuestionKind::choice:
    case QuestionKind::text:
    case QuestionKind::evidence:
    case QuestionKind::way:
    case QuestionKind::day:
    case QuestionKind::consent:
      add(answers, question.id, base::trim(draft.answer(question.id)));
      return;
  }
}

}  // namespace

std::string_view Draft::answer(std::string_view key) const {
  const auto found = answers.find(key);
  return found == answers.end() ? std::string_view{} : std::string_view{found->second};
}

bool visible(const Service& service, const Draft& draft, std::size_t index) {
  const Question& question = service.questions[index];
  if (question.kind == QuestionKind::safety) return needs_safety(service, draft, index);
  const auto before = service.questions.begin() + static_cast<std::ptrdiff_t>(index);
  return std::none_of(service.questions.begin(), before, [&](const Question& consent) {
    return dropped_by(consent, question, draft);
  });
}

std::optional<std::size_t> first(const Service& service, const Draft& draft) {
  if (service.questions.empty()) return std::nullopt;
  if (visible(service, draft, 0)) return 0;
  return next(service, draft, 0);
}

std::optional<std::size_t> next(const Service& service, const Draft& draft, std::size_t index) {
  for (std::size_t i = index + 1; i < service.questions.size(); ++i) {
    if (visible(service, draft, i)) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> previous(const Service& service, const Draft& draft, std::size_t index) {
  for (std::size_t i = index; i-- > 0;) {
    if (visible(service, draft, i)) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> first_open(const Service& service, const Draft& draft) {
  for (auto i = first(service, draft); i; i = next(service, draft, *i)) {
    if (!check(service, service.questions[*i], draft)) return i;
  }
  return std::nullopt;
}

Result<void> check(const Service& service, const Question& question, const Draft& draft) {
  const std::string_view answer = draft.answer(question.id);
  switch (question.kind) {
    case QuestionKind::safety:
      if (!draft.safety_passed) return invalid("safety_missing");
      return {};
    case QuestionKind::choice:
      return check_one_of(chosen(question, draft) != nullptr, question, answer);
    case QuestionKind::way: return check_one_of(service.way(answer) != nullptr, question, answer);
    case QuestionKind::text: return check_text(question, answer);
    case QuestionKind::party: return check_party(question, draft);
    case QuestionKind::self: return check_self(question, draft);
    case QuestionKind::evidence: return check_evidence(question, draft);
    case QuestionKind::consent: return check_consent(question, answer);
    case QuestionKind::day: return check_day(question, answer);
  }
  return {};
}

std::string join_ticks(const std::vector<std::string>& ids) {
  return fmt::format("{}", fmt::join(ids, ","));
}

std::vector<std::string> split_ticks(std::string_view answer) {
  std::vector<std::string> ids;
  if (answer.empty()) return ids;
  for (const std::string_view id : base::split(answer, ',')) ids.emplace_back(id);
  return ids;
}

Answers answers_to_file(const Service& service, const Draft& draft) {
  Answers answers;
  for (std::size_t i = 0; i < service.questions.size(); ++i) {
    const Question& question = service.questions[i];
    if (!visible(service, draft, i) || dropped(service, draft, question)) continue;
    add_answers(answers, question, draft);
  }
  return answers;
}

std::string typed_day(std::string_view digits) {
  constexpr std::size_t year = 4;
  constexpr std::size_t month = 2;
  if (digits.size() != year + month + 2) return {};
  const std::string day = fmt::format("{}-{}-{}", digits.substr(0, year),
                                      digits.substr(year, month), digits.substr(year + month));
  return base::parse_date(day) ? day : std::string();
}

LegalDay legal_day(const Service& service, const Draft& draft) {
  LegalDay earliest;
  for (std::size_t i = 0; i < service.questions.size(); ++i) {
    const Question& question = service.questions[i];
    if (question.kind != QuestionKind::day || !visible(service, draft, i)) continue;
    const std::string_view answer = draft.answer(question.id);
    if (answer == unknown_day) earliest.unknown = true;
    const auto answered = base::parse_date(answer);
    if (!answered) continue;
    const base::Date day = base::add_days(*answered, question.limit_days);
    earliest.day = std::min(earliest.day.value_or(day), day);
  }
  return earliest;
}

bool discreet(const Service& service, const Draft& draft) {
  return std::ranges::any_of(service.questions, [&](const Question& question) {
    const service::Choice* choice =
        question.kind == QuestionKind::choice ? chosen(question, draft) : nullptr;
    return choice != nullptr && choice->discreet;
  });
}

std::string chosen_way(const Service& service, const Draft& draft) {
  const Question* question = find(service, QuestionKind::way);
  return question == nullptr ? std::string() : std::string(draft.answer(question->id));
}

std::string own_phone(const Service& service, const Draft& draft) {
  const Question* question = find(service, QuestionKind::self);
  if (question == nullptr || !has_phone(*question, draft)) return {};
  return service::parse_phone(draft.answer(part(*question, "phone"))).value_or(std::string());
}

std::string_view name(State state) {
  switch (state) {
    case State::sending: return "sending";
    case State::kept_here: return "kept_here";
    case State::received: return "received";
    case State::reviewing: return "reviewing";
    case State::accepted: return "accepted";
    case State::refused: return "refused";
    case State::closed: return "closed";
    case State::unfiled: return "unfiled";
  }
  return "unfiled";
}

State state_of(const Facts& facts) {
  if (facts.delivery == Delivery::rejected) return State::unfiled;
  if (facts.record == "reviewing") return State::reviewing;
  if (facts.record == "accepted") return State::accepted;
  if (facts.record == "refused") return State::refused;
  if (facts.record == "closed") return State::closed;
  if (!facts.record.empty() || facts.delivery == Delivery::taken) return State::received;
  return facts.waited < answer_patience ? State::sending : State::kept_here;
}

}  // namespace intake
