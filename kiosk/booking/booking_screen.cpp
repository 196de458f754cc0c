#include "kiosk/booking/booking_screen.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/booking/booking_flow.h"
#include "kiosk/booking/booking_slip.h"
#include "kiosk/booking/receipt_page.h"
#include "kiosk/booking/slot_page.h"
#include "kiosk/form/choice_list.h"
#include "kiosk/form/contact_form.h"
#include "kiosk/form/error_band.h"
#include "kiosk/safety/safety_page.h"
#include "kiosk/service/contact.h"
#include "kiosk/ui/patterns.h"

namespace booking {
namespace {

using ui::Area;

class BookingScreen final : public ui::Screen {
 public:
  BookingScreen(const ScreenParts& parts, const service::Service& service, const std::string& topic)
      : parts_(parts), service_(service), flow_(service), receipt_(parts, service) {
    draft_.service = service.id;
    if (service.choice(topic) == nullptr) return;
    draft_.topic = topic;
    flow_.go_on(draft_);
  }

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    if (flow_.step() == Step::receipt) return receipt_.draw(ui, page, head(ui), draft_);
    const Area content = ui::flow_head(ui, page, head(ui));
    ui::Actions actions{.primary = ui.tr("flow.next"), .enabled = false};
    switch (flow_.step()) {
      case Step::topic: draw_topic(ui, content, actions); break;
      case Step::safety:
        if (draw_safety(ui, content, actions) == safety::Outcome::hide) return ui::Go::end_visit();
        break;
      case Step::way: draw_way(ui, content, actions); break;
      case Step::slot: draw_slot(ui, content, actions); break;
      case Step::person: draw_person(ui, content, actions); break;
      case Step::wish: draw_wish(ui, content, actions); break;
      case Step::review: draw_review(ui, content, actions); break;
      case Step::receipt: break;
    }
    switch (ui::action_bar(ui, page, actions)) {
      case ui::Action::back: return go_back(ui);
      case ui::Action::stop: return ui::Go::stop();
      case ui::Action::primary: next(ui); break;
      default: break;
    }
    return ui::Go::stay();
  }

  [[nodiscard]] std::string name() const override {
    return fmt::format("booking.{}", booking::name(flow_.step()));
  }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::form; }

 private:
  [[nodiscard]] ui::Head head(const ui::Ui& ui) const {
    ui::Head head{.icon = service_.icon,
                  .title = ui.tr("booking.title", {{"service", service_.name.in(ui.language())}}),
                  .step = flow_.number(),
                  .steps = Flow::steps,
                  .chosen = {}};
    const auto add = [&](Step asked, const std::string& words) {
      if (flow_.step() > asked && !words.empty()) head.chosen.push_back(words);
    };
    add(Step::topic, topic_words(ui));
    if (flow_.step() == Step::receipt) return head;  // the slip says the rest
    add(Step::way, way_words(ui));
    add(Step::slot, time_words(ui));
    return head;
  }

  // ---- what was answered, in words --------------------------------------------------------------

  [[nodiscard]] std::string topic_words(const ui::Ui& ui) const {
    const service::Choice* topic = service_.choice(draft_.topic);
    return topic == nullptr ? std::string() : topic->name.in(ui.language());
  }
  [[nodiscard]] std::string way_words(const ui::Ui& ui) const {
    const service::Way* way = service_.way(draft_.way);
    return way == nullptr ? std::string() : way->name.in(ui.language());
  }
  [[nodiscard]] std::string time_words(const ui::Ui& ui) const {
    return slot_words(ui, draft_.slot, service_);
  }
  // Masked, because others may stand behind.
  [[nodiscard]] std::string phone_words(const ui::Ui& ui) const {
    if (draft_.no_phone) return ui.tr("form.no_phone");
    return base::mask_phone(service::parse_phone(draft_.phone).value_or(std::string()));
  }

  [[nodiscard]] std::string wish_words(const ui::Ui& ui) const {
    const auto& choices = service_.wish()->choices;
    const auto chosen = std::ranges::find(choices, draft_.wish, &service::Choice::id);
    return chosen == choices.end() ? std::string() : chosen->name.in(ui.language());
  }

  // ---- the pages --------------------------------------------------------------------------------

  void draw_topic(ui::Ui& ui, Area content, ui::Actions& actions) {
    content = ui::question(ui, content, ui.tr("booking.which_topic"), ui.tr("booking.topic_hint"));
    const service::Choice* topic =
        form::choice_list(ui, "topic", content, scroll_, service_.choices, draft_.topic);
    if (topic != nullptr) draft_.topic = topic->id;
    actions.back = false;
    actions.enabled = !draft_.topic.empty();
  }

  safety::Outcome draw_safety(ui::Ui& ui, Area content, ui::Actions& actions) {
    actions.primary.clear();
    const safety::Outcome outcome = safety_.draw(ui, content, parts_.catalogue.center);
    if (outcome == safety::Outcome::passed) go_on(ui);
    return outcome;
  }

  void draw_way(ui::Ui& ui, Area content, ui::Actions& actions) {
    content = ui::question(ui, content, ui.tr("booking.which_way"),
                           service_.fee.empty() ? "" : service_.fee.in(ui.language()));
    const service::Way* way =
        form::choice_list(ui, "way", content, scroll_, service_.ways, draft_.way);
    if (way != nullptr) choose(*way);
    actions.enabled = !draft_.way.empty();
  }

  void draw_slot(ui::Ui& ui, Area content, ui::Actions& actions) {
    content = ui::question(ui, content, ui.tr("booking.which_time"), ui.tr("booking.time_hint"));
    const base::LocalTime now = parts_.zone.local(parts_.clock.now());
    const auto known = parts_.store.seats(service_.id, now.date);
    if (!known) {
      form::error_band(ui, content, "storage");
      return;
    }
    slots_.draw(ui, content, service_, draft_.way, *known, now, draft_.slot);
    actions.enabled = !draft_.slot.empty();
  }

  void draw_person(ui::Ui& ui, Area content, ui::Actions& actions) {
    person_.draw(ui, content, parts_.keyboard, ui.tr("booking.who"), ui.tr("booking.who_hint"));
    form::Contact typed = person_.typed();
    draft_.name = std::move(typed.name);
    draft_.phone = std::move(typed.reach);
    draft_.no_phone = typed.no_phone;
    actions.enabled = true;
  }

  // Nothing is chosen beforehand: a call can endanger somebody.
  void draw_wish(ui::Ui& ui, Area content, ui::Actions& actions) {
    const service::Question& asked = *service_.wish();
    const std::string& language = ui.language();
    content = ui::question(ui, content, asked.title.in(language),
                           asked.hint.empty() ? "" : asked.hint.in(language));
    const service::Choice* chosen =
        form::choice_list(ui, "wish", content, scroll_, asked.choices, draft_.wish);
    if (chosen != nullptr) draft_.wish = chosen->id;
    draft_.wish_question = asked.id;
    actions.enabled = !draft_.wish.empty();
  }

  void draw_review(ui::Ui& ui, Area content, ui::Actions& actions) {
    content = ui::question(ui, content, ui.tr("booking.review"), ui.tr("booking.review_hint"));
    form::error_band(ui, content, save_error_);
    struct Row {
      Step step;
      std::string label;
      std::string value;
    };
    std::vector<Row> rows{
        {Step::topic, ui.tr("booking.topic"), topic_words(ui)},
        {Step::way, ui.tr("booking.way"), way_words(ui)},
        {Step::slot, ui.tr("booking.time"), time_words(ui)},
        {Step::person, ui.tr("form.name"), base::mask_name(base::trim(draft_.name))},
        {Step::person, ui.tr("form.phone"), phone_words(ui)}};
    if (asks_wish(draft_, service_)) {
      rows.push_back({Step::wish, ui.tr("booking.wish"), wish_words(ui)});
    }
    const float height = std::min(124.0F, content.h / static_cast<float>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Area row = content.take_top(height);
      if (ui::review_row(ui, fmt::format("review.{}", i), row.inset(0, 8), rows[i].label,
                         rows[i].value)) {
        flow_.correct(rows[i].step);
        ui.redraw();
      }
      ui.rule(row.x, row.bottom(), row.w);
    }
    actions.primary = ui.tr("booking.submit");
    actions.primary_icon = "check";
    actions.enabled = true;
  }

  // ---- moving between them ----------------------------------------------------------------------

  // A time belongs to the way it was chosen for.
  void choose(const service::Way& way) {
    if (way.id != draft_.way) draft_.slot.clear(), slots_.reset();
    draft_.way = way.id;
  }

  void next(ui::Ui& ui) {
    ui.redraw();
    if (flow_.step() == Step::person && !person_.check()) return;
    if (flow_.step() == Step::review && !submit(ui)) return;
    go_on(ui);
  }

  void go_on(ui::Ui& ui) {
    flow_.go_on(draft_);
    turn(ui);
  }

  ui::Go go_back(ui::Ui& ui) {
    if (!flow_.go_back()) return ui::Go::stop();
    turn(ui);
    return ui::Go::stay();
  }

  // Another page is shown: lists start at their top, and whoever comes to it is asked anew.
  void turn(ui::Ui& ui) {
    scroll_.jump(0);
    safety_.reset();
    ui.redraw();
  }

  bool submit(ui::Ui& ui) {
    auto submitted = parts_.store.submit(draft_);
    save_error_ = submitted ? std::string() : submitted.error().code;
    if (submitted) receipt_.begin(*std::move(submitted), ui.tick());
    return submitted.has_value();
  }

  ScreenParts parts_;
  const service::Service& service_;
  Flow flow_;
  Draft draft_;
  form::ContactForm person_{form::ContactForm::Whose::own};
  std::string save_error_;  // code
  safety::SafetyPage safety_;
  SlotPage slots_;
  ui::Kinetic scroll_;
  ReceiptPage receipt_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_booking_screen(const ScreenParts& parts,
                                                const service::Service& service,
                                                const std::string& topic) {
  return std::make_unique<BookingScreen>(parts, service, topic);
}

}  // namespace booking
