#include "kiosk/intake/question_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/service/contact.h"
#include "kiosk/ui/patterns.h"

namespace intake {

using service::Question;
using service::QuestionKind;
using ui::Area;

QuestionPage::QuestionPage(const service::Catalogue& catalogue, const service::Service& service,
                           Draft& draft, input::Keyboard& keyboard)
    : catalogue_(catalogue), service_(service), draft_(draft), keyboard_(keyboard) {}

void QuestionPage::turn() {
  scroll_.jump(0);
  safety_.reset();
  active_.clear();
}

QuestionPage::Outcome QuestionPage::draw(ui::Ui& ui, Area content, const Question& question,
                                         const std::string& error) {
  switch (question.kind) {
    case QuestionKind::safety: return draw_safety(ui, content);
    case QuestionKind::choice: draw_choices(ui, content, question, error); break;
    case QuestionKind::way: draw_ways(ui, content, question, error); break;
    case QuestionKind::evidence: draw_evidence(ui, content, question); break;
    case QuestionKind::text: draw_text(ui, content, question, error); break;
    case QuestionKind::party:
    case QuestionKind::self: draw_two_fields(ui, content, question, error); break;
    case QuestionKind::consent: draw_consent(ui, content, question, error); break;
  }
  return Outcome::none;
}

Area QuestionPage::title(ui::Ui& ui, Area content, const Question& question) {
  return ui::question(ui, content, question.title.in(ui.language()),
                      question.hint.empty() ? "" : question.hint.in(ui.language()));
}

void QuestionPage::show_error(ui::Ui& ui, Area& content, const std::string& error) {
  if (error.empty()) return;
  content.take_top(ui.band(content, error, ui::Tone::error, "error"), 16);
}

ui::TextField& QuestionPage::field(const std::string& key, std::size_t limit) {
  const auto [place, fresh] = fields_.try_emplace(key, limit);
  if (fresh) place->second.set(draft_.answer(key));
  return place->second;
}

void QuestionPage::keep(const std::string& key) {
  const auto typed = fields_.find(key);
  if (typed != fields_.end()) draft_.answers[key] = typed->second.text();
}

QuestionPage::Outcome QuestionPage::draw_safety(ui::Ui& ui, Area content) {
  switch (safety_.draw(ui, content, catalogue_.center)) {
    case safety::Outcome::none: return Outcome::none;
    case safety::Outcome::hide: return Outcome::hide;
    case safety::Outcome::passed: draft_.safety_passed = true; return Outcome::answered;
  }
  return Outcome::none;
}

void QuestionPage::draw_choices(ui::Ui& ui, Area content, const Question& question,
                                const std::string& error) {
  content = title(ui, content, question);
  show_error(ui, content, error);
  std::vector<ui::ListItem> items;
  for (const service::Choice& each : question.choices) {
    items.push_back({each.id,
                     {.icon = each.icon,
                      .title = each.name.in(ui.language()),
                      .line = each.hint.empty() ? "" : each.hint.in(ui.language()),
                      .selected = draft_.answer(question.id) == each.id}});
  }
  const int touched = ui::list(ui, "choice", content, scroll_, items);
  if (touched < 0) return;
  draft_.answers[question.id] = question.choices[static_cast<std::size_t>(touched)].id;
  ui.redraw();
}

void QuestionPage::draw_ways(ui::Ui& ui, Area content, const Question& question,
                             const std::string& error) {
  content = title(ui, content, question);
  show_error(ui, content, error);
  std::vector<ui::ListItem> items;
  for (const service::Way& each : service_.ways) {
    items.push_back({each.id,
                     {.icon = each.icon,
                      .title = each.name.in(ui.language()),
                      .line = each.hint.empty() ? "" : each.hint.in(ui.language()),
                      .selected = draft_.answer(question.id) == each.id}});
  }
  const int touched = ui::list(ui, "way", content, scroll_, items);
  if (touched < 0) return;
  draft_.answers[question.id] = service_.ways[static_cast<std::size_t>(touched)].id;
  ui.redraw();
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

void QuestionPage::draw_text(ui::Ui& ui, Area content, const Question& question,
                             const std::string& error) {
  ui::TextField& typed = field(question.id, static_cast<std::size_t>(question.limit));
  const Area keys = input::Keyboard::place(ui, content, input::Kind::text);
  content = title(ui, content, question);
  Area foot = content.take_bottom(88, 8);
  if (!error.empty()) content.take_bottom(60);
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
  keep(question.id);
}

// A name and a way to reach somebody: the other side's as free text, one's own as a phone number
// that may be missing.
void QuestionPage::draw_two_fields(ui::Ui& ui, Area content, const Question& question,
                                   const std::string& error) {
  const bool self = question.kind == QuestionKind::self;
  const std::string name_key = question.id + ".name";
  const std::string reach_key = question.id + (self ? ".phone" : ".contact");
  const std::string none_key = question.id + ".no_phone";
  const bool none = self && draft_.answer(none_key) == "yes";
  ui::TextField& name = field(name_key, service::longest_name);
  ui::TextField& reach = field(reach_key, self ? 20 : longest_contact);
  if (active_ != reach_key || none) active_ = name_key;
  const bool on_name = active_ == name_key;
  const input::Kind kind = on_name || !self ? input::Kind::text : input::Kind::phone;
  const Area keys = input::Keyboard::place(ui, content, kind);
  content = title(ui, content, question);
  show_error(ui, content, error);
  const std::string name_words = ui.tr(self ? "intake.name" : "intake.party_name");
  const std::string reach_words = ui.tr(self ? "intake.phone" : "intake.party_contact");
  const ui::FieldSeats seats = ui::field_seats(ui, content, {});
  if (ui::labelled_field(ui, "field.name", seats.first, name,
                         {.active = on_name, .name = name_words})) {
    active_ = name_key;
    ui.redraw();
  }
  const float toggle = self ? std::max(330.0F, seats.second.w * 0.36F) : 0;
  if (self) {
    if (ui.button("field.no_phone", ui::beside_field(seats.second, toggle),
                  ui.tr("intake.no_phone"),
                  {.look = none ? ui::Look::selected : ui::Look::normal,
                   .icon = none ? "check" : "phone",
                   .size = 28,
                   .role = ui::Role::choice})) {
      draft_.answers[none_key] = none ? "" : "yes";
      ui.redraw();
    }
  }
  if (ui::labelled_field(ui, "field.reach", seats.second, reach,
                         {.active = !on_name, .name = reach_words}, toggle)) {
    active_ = reach_key;
    if (self) draft_.answers[none_key].clear();
    ui.redraw();
  }
  if (keyboard_.draw(ui, keys, on_name ? name : reach, kind, ui.tr("keyboard.finish"))) {
    active_ = on_name && !none ? reach_key : name_key;
    ui.redraw();
  }
  keep(name_key);
  keep(reach_key);
}

void QuestionPage::draw_consent(ui::Ui& ui, Area content, const Question& question,
                                const std::string& error) {
  content = title(ui, content, question);
  show_error(ui, content, error);
  const bool needed = question.required;
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

}  // namespace intake
