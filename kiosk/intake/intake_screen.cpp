#include "kiosk/intake/intake_screen.h"

#include <fmt/format.h>

#include "kiosk/form/error_band.h"
#include "kiosk/intake/answer_words.h"
#include "kiosk/intake/intake_slip.h"
#include "kiosk/intake/question_page.h"
#include "kiosk/ui/patterns.h"

namespace intake {
namespace {

using service::Question;
using service::QuestionKind;
using ui::Area;

class IntakeScreen final : public ui::Screen {
 public:
  IntakeScreen(const ScreenParts& parts, const service::Service& service)
      : parts_(parts),
        service_(service),
        page_(parts.catalogue, service, draft_, parts.keyboard),
        receipt_(parts.press) {
    draft_.service = service.id;
    if (const auto start = first(service_, draft_)) index_ = *start;
  }

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    switch (step_) {
      case Step::question: return draw_question(ui, page);
      case Step::review: return draw_review(ui, page);
      case Step::receipt: return draw_receipt(ui, page);
    }
    return ui::Go::stay();
  }

  [[nodiscard]] std::string name() const override {
    switch (step_) {
      case Step::question: return "intake." + question().id;
      case Step::review: return "intake.review";
      case Step::receipt: return "intake.receipt";
    }
    return "intake";
  }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::form; }

 private:
  enum class Step { question, review, receipt };

  [[nodiscard]] const Question& question() const { return service_.questions[index_]; }

  // Visible questions, review and receipt.
  [[nodiscard]] ui::Head head(const ui::Ui& ui) const {
    int count = 0;
    int at = 0;
    for (std::size_t i = 0; i < service_.questions.size(); ++i) {
      if (!visible(service_, draft_, i)) continue;
      ++count;
      if (i == index_) at = count;
    }
    const int step = step_ == Step::question ? at : step_ == Step::review ? count + 1 : count + 2;
    return {.icon = service_.icon,
            .title = ui.tr("intake.title", {{"service", service_.name.in(ui.language())}}),
            .step = step,
            .steps = count + 2,
            .chosen = {}};
  }

  ui::Go draw_question(ui::Ui& ui, const ui::Page& page) {
    const Question& asked = question();
    const Area content = ui::flow_head(ui, page, head(ui));
    const QuestionPage::Outcome outcome = page_.draw(ui, content, asked);
    switch (outcome) {
      case QuestionPage::Outcome::none: break;
      case QuestionPage::Outcome::hide: return ui::Go::end_visit();
      case QuestionPage::Outcome::answered: go_on(ui); return ui::Go::stay();
    }
    ui::Actions actions{.primary = ui.tr("flow.next")};
    if (asked.kind == QuestionKind::safety) actions.primary.clear();
    switch (ui::action_bar(ui, page, actions)) {
      case ui::Action::back: return go_back(ui);
      case ui::Action::stop: return ui::Go::stop();
      case ui::Action::primary: go_on(ui); break;
      default: break;
    }
    return ui::Go::stay();
  }

  void go_on(ui::Ui& ui) {
    ui.redraw();
    if (!page_.check(question())) return;
    const auto following = next(service_, draft_, index_);
    const bool done = from_review_ && !first_open(service_, draft_);
    if (!following || done) {
      step_ = Step::review;
      from_review_ = false;
    } else {
      index_ = *following;
    }
    turn();
  }

  ui::Go go_back(ui::Ui& ui) {
    ui.redraw();
    const auto before = previous(service_, draft_, index_);
    if (!before) return ui::Go::stop();
    index_ = *before;
    turn();
    return ui::Go::stay();
  }

  void turn() {
    save_error_.clear();
    page_.turn();
  }

  // ---- review -----------------------------------------------------------------------------------

  ui::Go draw_review(ui::Ui& ui, const ui::Page& page) {
    Area content = ui::flow_head(ui, page, head(ui));
    content = ui::question(ui, content, ui.tr("intake.review"), ui.tr("intake.review_hint"));
    form::error_band(ui, content, save_error_);
    Area column = ui::begin_column(ui, "review", content, scroll_);
    for (std::size_t i = 0; i < service_.questions.size(); ++i) {
      const Question& asked = service_.questions[i];
      if (asked.kind == QuestionKind::safety || !visible(service_, draft_, i)) continue;
      const std::string title = asked.title.in(ui.language());
      const std::string answer = answer_words(ui, service_, draft_, asked);
      const Area row = column.take_top(ui::review_height(ui, title, answer, column.w));
      if (ui::review_row(ui, "review." + asked.id, row, title, answer)) {
        step_ = Step::question;
        index_ = i;
        from_review_ = true;
        turn();
        ui.redraw();
      }
      ui.rule(column.x, column.y, column.w);
      column.take_top(12);
    }
    ui.end_scroll(column.y);
    switch (
        ui::action_bar(ui, page, {.primary = ui.tr("intake.submit"), .primary_icon = "check"})) {
      case ui::Action::back:
        step_ = Step::question;
        turn();
        ui.redraw();
        break;
      case ui::Action::stop: return ui::Go::stop();
      case ui::Action::primary: submit(ui); break;
      default: break;
    }
    return ui::Go::stay();
  }

  void submit(ui::Ui& ui) {
    ui.redraw();
    if (const auto open = first_open(service_, draft_)) {
      step_ = Step::question;
      index_ = *open;
      turn();
      return;
    }
    auto filed = parts_.store.file(service_, draft_);
    if (!filed) {
      save_error_ = filed.error().code;
      return;
    }
    filed_ = *std::move(filed);
    filed_at_ = ui.tick();
    step_ = Step::receipt;
  }

  // ---- receipt ----------------------------------------------------------------------------------

  ui::Go draw_receipt(ui::Ui& ui, const ui::Page& page) {
    const auto status = parts_.store.status(filed_.id);
    const State state = status ? status->state : State::kept_here;
    if (state == State::sending) ui.redraw_at(filed_at_ + answer_patience);
    const slip::Slip paper = intake_slip(
        ui, {parts_.catalogue.center, service_, filed_, state, discreet(service_, draft_),
             own_phone(service_, draft_).empty(), parts_.kiosk, status ? status->receipt : ""});
    if (state != State::sending) receipt_.print_once(paper);
    const Area content = ui::flow_head(ui, page, head(ui));
    receipt_.draw(ui, content, verdict_of(ui, filed_, state, status ? status->reason : ""), paper);
    switch (slip::last_actions(ui, page, ui.tr("flow.again"), "plus")) {
      case ui::Action::primary: return ui::Go::end_visit();
      case ui::Action::secondary: return ui::Go::home();
      default: return ui::Go::stay();
    }
  }

  ScreenParts parts_;
  const service::Service& service_;
  Draft draft_;
  QuestionPage page_;
  Step step_ = Step::question;
  std::size_t index_ = 0;
  bool from_review_ = false;
  std::string save_error_;  // code
  ui::Kinetic scroll_;
  Filed filed_;
  base::Tick filed_at_{};
  slip::Receipt receipt_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_intake_screen(const ScreenParts& parts,
                                               const service::Service& service) {
  return std::make_unique<IntakeScreen>(parts, service);
}

}  // namespace intake
