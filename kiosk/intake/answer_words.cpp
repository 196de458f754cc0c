#include "kiosk/intake/answer_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/base/text.h"

namespace intake {
namespace {

using service::Question;
using service::QuestionKind;

std::string choice_words(const ui::Ui& ui, const Question& question, std::string_view answer) {
  const auto chosen = std::ranges::find(question.choices, answer, &service::Choice::id);
  return chosen == question.choices.end() ? std::string() : chosen->name.in(ui.language());
}

std::string way_words(const ui::Ui& ui, const service::Service& service, std::string_view answer) {
  const service::Way* way = service.way(answer);
  return way == nullptr ? std::string() : way->name.in(ui.language());
}

std::string contact_words(std::string_view name, const std::string& reach) {
  return base::mask_name(name) + "  " + reach;
}

std::string day_words(const ui::Ui& ui, std::string_view answer) {
  if (answer == no_day) return ui.tr("intake.day_none");
  return answer == unknown_day ? ui.tr("intake.day_unknown") : std::string(answer);
}

std::string consent_words(const ui::Ui& ui, const Question& question, std::string_view answer) {
  if (answer == "yes") return ui.tr("intake.agree");
  return ui.tr(question.drops.empty() ? "intake.disagree" : "intake.leave_out");
}

}  // namespace

std::string answer_words(const ui::Ui& ui, const service::Service& service, const Draft& draft,
                         const Question& question) {
  const std::string answer(draft.answer(question.id));
  const auto part = [&](std::string_view name) {
    return draft.answer(fmt::format("{}.{}", question.id, name));
  };
  switch (question.kind) {
    case QuestionKind::safety: return {};
    case QuestionKind::choice: return choice_words(ui, question, answer);
    case QuestionKind::way: return way_words(ui, service, answer);
    case QuestionKind::text: return answer;
    case QuestionKind::party: return contact_words(part("name"), base::mask_phone(part("contact")));
    case QuestionKind::self:
      return contact_words(part("name"), part("no_phone") == "yes"
                                             ? ui.tr("form.no_phone")
                                             : base::mask_phone(part("phone")));
    case QuestionKind::evidence:
      return ui.tr("intake.ticked", {{"count", fmt::format("{}", split_ticks(answer).size())}});
    case QuestionKind::consent: return consent_words(ui, question, answer);
    case QuestionKind::day: return day_words(ui, answer);
  }
  return {};
}

}  // namespace intake
