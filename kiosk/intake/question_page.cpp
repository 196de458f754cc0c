#include "kiosk/intake/question_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/form/choice_list.h"
#include "kiosk/form/error_band.h"
#include "kiosk/ui/patterns.h"

namespace intake {

using service::Question;
using service::QuestionKind;
using ui::Area;

namespace {

bool asks_contact(const Question& question) {
  return question.kind == QuestionKind::party || question.kind == QuestionKind::self;
}

std::string hint_words(const ui::Ui& ui, const Question& question) {
  return question.hint.empty() ? std::string() : question.hint.in(ui.language());
}

}  // namespace

QuestionPage::QuestionPage(const service::Catalogue& catalogue, const service::Service& service,
                           Draft& draft, input::Keyboard& keyboard)
    : catalogue_(catalogue), service_(service), draft_(draft), keyboard_(keyboard) {}

void QuestionPage::turn() {
  error_.clear();
  scroll_.jump(0);
  safety_.reset();
}

bool QuestionPage::check(const Question& question) {
  if (asks_contact(question)) return contact(question).check();
  const auto passed = intake::check(service_, question, draft_);
  error_ = passed ? std::string() : passed.error().code;
  return passed.has_value();
}

QuestionPage::Outcome QuestionPage::draw(ui::Ui& ui, Area content, const Question& question) {
  const Answers before = error_.empty() ? Answers{} : draft_.answers;
  const Outcome outcome = draw_by_kind(ui, content, question);
  // Who writes on has read the sentence.
  if (!error_.empty() && draft_.answers != before) error_.clear(), ui.redraw();
  return outcome;
}

QuestionPage::Outcome QuestionPage::draw_by_kind(ui::Ui& ui, Area content,
                                                 const Question& question) {
  switch (question.kind) {
    case QuestionKind::safety: return draw_safety(ui, content);
    case QuestionKind::choice: draw_choices(ui, content, question); break;
    case QuestionKind::way: draw_ways(ui, content, question); break;
    case QuestionKind::evidence: draw_evidence(ui, content, question); break;
    case QuestionKind::text: draw_text(ui, content, question); break;
    case QuestionKind::party:
    case QuestionKind::self: draw_contact(ui, content, question); break;
    case QuestionKind::consent: draw_consent(ui, content, question); break;
    case QuestionKind::day: draw_day(ui, content, question); break;
  }
  return Outcome::none;
}

Area QuestionPage::title(ui::Ui& ui, Area content, const Question& question) {
  content = ui::question(ui, content, question.title.in(ui.language()), hint_words(ui, question));
  // Beside the field where there is one.
  if (question.kind != QuestionKind::text) form::error_band(ui, content, error_);
  return content;
}

form::ContactForm& QuestionPage::contact(const Question& question) {
  using Whose = form::ContactForm::Whose;
  const bool own = question.kind == QuestionKind::self;
  return contacts_
      .try_emplace(question.id, own ? Whose::own : Whose::other, own || question.required)
      .first->second;
}

QuestionPage::Outcome QuestionPage::draw_safety(ui::Ui& ui, Area content) {
  switch (safety_.draw(ui, content, catalogue_.center)) {
    case safety::Outcome::none: return Outcome::none;
    case safety::Outcome::hide: return Outcome::hide;
    case safety::Outcome::passed: draft_.safety_passed = true; return Outcome::answered;
  }
  return Outcome::none;
}

void QuestionPage::draw_choices(ui::Ui& ui, Area content, const Question& question) {
  content = title(ui, content, question);
  const service::Choice* chosen = form::choice_list(ui, "choice", content, scroll_,
                                                    question.choices, draft_.answer(question.id));
  if (chosen != nullptr) draft_.answers[question.id] = chosen->id;
}

void QuestionPage::draw_ways(ui::Ui& ui, Area content, const Question& question) {
  content = title(ui, content, question);
  const service::Way* chosen =
      form::choice_list(ui, "way", content, scroll_, service_.ways, draft_.answer(question.id));
  if (chosen != nullptr) draft_.answers[question.id] = chosen->id;
}

void QuestionPage::draw_evidence(ui::Ui& ui, Area content, const Question& question) {
  content = title(ui, content, question);
  std::vector<std::string> ticked = split_ticks(draft_.answer(question.id));
  const auto has = [&ticked](const std::string& id) {
    return std::find(ticked.begin(), ticked.end(), id) != ticked.end();
  };
  std::vector<ui::ListItem> items;
  for (const service::Choice& each : question.choices) {
    items.push_back({each.id,
                     {.title = each.name.in(ui.language()),
                      .state = has(each.id) ? ui.tr("intake.has") : std::string(),
                      .selected = has(each.id),
                      .tick_box = true}});
  }
  const int touched = ui::list(ui, "evidence", content, scroll_, items);
  if (touched < 0) return;
  const std::string& changed = question.choices[static_cast<std::size_t>(touched)].id;
  std::vector<std::string> kept;
  for (const service::Choice& each : question.choices) {
    if (has(each.id) != (each.id == changed)) kept.push_back(each.id);
  }
  draft_.answers[question.id] = join_ticks(kept);
  ui.redraw();
}

void QuestionPage::draw_text(ui::Ui& ui, Area content, const Question& question) {
  ui::TextField& typed =
      texts_.try_emplace(question.id, static_cast<std::size_t>(question.limit)).first->second;
  const Area keys = input::Keyboard::place(ui, content, input::Kind::text);
  content = title(ui, content, question);
  Area foot = content.take_bottom(88, 8);
  const std::string error = form::error_words(ui, error_);
  constexpr float above_error = 10;
  if (!error.empty()) content.take_bottom(above_error + ui.error_height(error, content.w));
  ui.field("field." + question.id, content, typed,
           {.active = true,
            .lines = true,
            .error = error,
            .name = question.title.in(ui.language()),
            .size = 32});
  foot.take_top(8);
  if (ui.button("field.clear", foot.take_right(250, 16), ui.tr("intake.clear"),
                {.icon = "trash", .size = 26, .radius = ui::space::radius_key})) {
    typed.clear();
  }
  if (typed.can_undo() &&
      ui.button("field.undo", foot.take_right(180, 16), ui.tr("intake.undo"),
                {.icon = "undo", .size = 26, .radius = ui::space::radius_key})) {
    typed.undo();
  }
  ui.label(foot,
           ui.tr("intake.written", {{"count", fmt::format("{}", typed.characters())},
                                    {"most", fmt::format("{}", typed.limit())}}),
           {.size = ui::type::caption, .color = ui.colors().ink2});
  const bool finished =
      keyboard_.draw(ui, keys, typed, input::Kind::text, ui.tr("keyboard.finish"));
  if (finished) ui.redraw();
  draft_.answers[question.id] = typed.text();
}

void QuestionPage::draw_contact(ui::Ui& ui, Area content, const Question& question) {
  form::ContactForm& form = contact(question);
  form.draw(ui, content, keyboard_, question.title.in(ui.language()), hint_words(ui, question));
  const form::Contact typed = form.typed();
  const bool own = question.kind == QuestionKind::self;
  draft_.answers[question.id + ".name"] = typed.name;
  draft_.answers[question.id + (own ? ".phone" : ".contact")] = typed.reach;
  if (own) draft_.answers[question.id + ".no_phone"] = typed.no_phone ? "yes" : "";
}

void QuestionPage::draw_consent(ui::Ui& ui, Area content, const Question& question) {
  content = title(ui, content, question);
  const bool needed = question.required;
  content.take_bottom(ui::space::gap);
  Area answers = content.take_bottom(needed ? 112 : 128, 20);
  const std::string_view given = draft_.answer(question.id);
  const std::vector<Area> seats = answers.columns({1, 1}, 20);
  const auto choose = [&](std::string_view id, Area seat, std::string_view answer,
                          const std::string& words) {
    const bool chosen = given == answer;
    if (ui.button(id, seat, words,
                  {.look = chosen ? ui::Look::selected : ui::Look::normal,
                   .icon = chosen ? "check" : std::string_view{},
                   .role = ui::Role::choice})) {
      draft_.answers[question.id] = answer;
      ui.redraw();
    }
  };
  choose("consent.no", seats[0], "no", ui.tr(needed ? "intake.disagree" : "intake.leave_out"));
  choose("consent.yes", seats[1], "yes", ui.tr("intake.agree"));
  ui.panel(content);
  const Area inside = content.inset(32, 24);
  const Area start = ui.begin_scroll("consent", inside, scroll_);
  const float used = ui.text({start.x, start.y, start.w - 20, 1e5F},
                             question.text.in(ui.language()), {.size = 29, .line = 1.55F});
  ui.end_scroll(start.y + used);
}

void QuestionPage::draw_day(ui::Ui& ui, Area content, const Question& question) {
  constexpr std::size_t digits = 8;  // year, month, day
  ui::TextField& typed = texts_.try_emplace(question.id, digits).first->second;
  const Area keys = input::Keyboard::place(ui, content, input::Kind::digits);
  content = title(ui, content, question);
  std::string& answer = draft_.answers[question.id];
  const bool crowded = ui.metrics().compact() && !ui.metrics().portrait();
  const std::vector<Area> seats = content.take_top(crowded ? 72 : 96, 20).columns({1, 1}, 20);
  const auto choose = [&](std::string_view id, Area seat, std::string_view meaning,
                          const std::string& words) {
    const bool chosen = answer == meaning;
    if (!ui.button(id, seat, words,
                   {.look = chosen ? ui::Look::selected : ui::Look::normal,
                    .icon = chosen ? "check" : std::string_view{},
                    .role = ui::Role::choice})) {
      return;
    }
    typed.clear();
    answer = meaning;
    ui.redraw();
  };
  choose("day.none", seats[0], no_day, ui.tr("intake.day_none"));
  choose("day.unknown", seats[1], unknown_day, ui.tr("intake.day_unknown"));
  const std::string day = typed_day(typed.text());
  const std::string label = day.empty() ? ui.tr("intake.day_type") : day;
  content.take_top(ui.text(content, label, {.size = 28, .color = ui.colors().ink2}), 12);
  ui.field("field.day", content.take_top(96), typed,
           {.active = true, .name = ui.tr("intake.day_type")});
  const bool finished =
      keyboard_.draw(ui, keys, typed, input::Kind::digits, ui.tr("keyboard.finish"));
  if (finished) ui.redraw();
  if (typed.text().empty()) {
    if (answer != no_day && answer != unknown_day) answer.clear();
    return;
  }
  // What is no day yet does not pass the check.
  answer = typed_day(typed.text());
  if (answer.empty()) answer = typed.text();
}

}  // namespace intake
