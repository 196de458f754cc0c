#include "kiosk/booking/booking_screen.h"

#include <fmt/format.h>

#include "kiosk/booking/booking_slip.h"
#include "kiosk/booking/slot_page.h"
#include "kiosk/safety/safety_page.h"
#include "kiosk/service/contact.h"
#include "kiosk/ui/patterns.h"

namespace booking {
namespace {

using ui::Area;

constexpr int steps = 6;

class BookingScreen final : public ui::Screen {
 public:
  BookingScreen(const ScreenParts& parts, const service::Service& service, const std::string& topic)
      : parts_(parts), service_(service), receipt_(parts.press) {
    draft_.service = service.id;
    if (service.choice(topic) != nullptr) {
      draft_.topic = topic;
      leave_topic();
    }
  }

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    if (step_ == Step::receipt) return draw_receipt(ui, page);
    Area content = ui::flow_head(ui, page, head(ui));
    ui::Actions actions{.primary = ui.tr("flow.next"), .enabled = false};
    switch (step_) {
      case Step::topic: draw_topic(ui, content, actions); break;
      case Step::safety:
        if (const auto go = draw_safety(ui, content, actions)) return *go;
        break;
      case Step::way: draw_way(ui, content, actions); break;
      case Step::slot: draw_slot(ui, content, actions); break;
      case Step::person: draw_person(ui, content, actions); break;
      case Step::review: draw_review(ui, content, actions); break;
      case Step::receipt: break;
    }
    switch (ui::action_bar(ui, page, actions)) {
      case ui::Action::back: return go_back(ui);
      case ui::Action::stop: return ui::Go::stop();
      case ui::Action::primary: go_on(ui); break;
      default: break;
    }
    return ui::Go::stay();
  }

  [[nodiscard]] std::string name() const override {
    switch (step_) {
      case Step::topic: return "booking.topic";
      case Step::safety: return "booking.safety";
      case Step::way: return "booking.way";
      case Step::slot: return "booking.slot";
      case Step::person: return "booking.person";
      case Step::review: return "booking.review";
      case Step::receipt: return "booking.receipt";
    }
    return "booking";
  }

  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::form; }

 private:
  enum class Step { topic, safety, way, slot, person, review, receipt };

  [[nodiscard]] int step_number() const {
    switch (step_) {
      case Step::topic:
      case Step::safety: return 1;
      case Step::way: return 2;
      case Step::slot: return 3;
      case Step::person: return 4;
      case Step::review: return 5;
      case Step::receipt: return 6;
    }
    return 1;
  }

  [[nodiscard]] ui::Head head(const ui::Ui& ui) const {
    ui::Head head{.icon = service_.icon,
                  .title = ui.tr("booking.title", {{"service", service_.name.in(ui.language())}}),
                  .step = step_number(),
                  .steps = steps,
                  .chosen = {}};
    const auto add = [&head](const std::string& words) {
      if (!words.empty()) head.chosen.push_back(words);
    };
    if (step_ != Step::topic) add(topic_words(ui));
    if (step_ == Step::slot || step_ == Step::person || step_ == Step::review) add(way_words(ui));
    if (step_ == Step::person || step_ == Step::review) add(time_words(ui));
    return head;
  }

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

  // ---- the pages --------------------------------------------------------------------------------

  void draw_topic(ui::Ui& ui, Area content, ui::Actions& actions) {
    content = ui::question(ui, content, ui.tr("booking.which_topic"), ui.tr("booking.topic_hint"));
    std::vector<ui::ListItem> items;
    for (const service::Choice& each : service_.choices) {
      items.push_back({each.id,
                       {.icon = each.icon,
                        .title = each.name.in(ui.language()),
                        .line = each.hint.empty() ? "" : each.hint.in(ui.language()),
                        .selected = draft_.topic == each.id}});
    }
    const int touched = ui::list(ui, "topic", content, scroll_, items);
    if (touched >= 0) {
      draft_.topic = service_.choices[static_cast<std::size_t>(touched)].id;
      ui.redraw();
    }
    actions.back = false;
    actions.enabled = !draft_.topic.empty();
  }

  std::optional<ui::Go> draw_safety(ui::Ui& ui, Area content, ui::Actions& actions) {
    actions.primary.clear();
    switch (safety_.draw(ui, content, parts_.catalogue.center)) {
      case safety::Outcome::none: return std::nullopt;
      case safety::Outcome::hide: return ui::Go::end_visit();
      case safety::Outcome::passed:
        step_ = Step::way;
        ui.redraw();
        return std::nullopt;
    }
    return std::nullopt;
  }

  void draw_way(ui::Ui& ui, Area content, ui::Actions& actions) {
    content = ui::question(ui, content, ui.tr("booking.which_way"),
                           service_.fee.empty() ? "" : service_.fee.in(ui.language()));
    std::vector<ui::ListItem> items;
    for (const service::Way& each : service_.ways) {
      items.push_back({each.id,
                       {.icon = each.icon,
                        .title = each.name.in(ui.language()),
                        .line = each.hint.empty() ? "" : each.hint.in(ui.language()),
                        .selected = draft_.way == each.id}});
    }
    const int touched = ui::list(ui, "way", content, scroll_, items);
    if (touched >= 0) {
      const std::string& way = service_.ways[static_cast<std::size_t>(touched)].id;
      if (way != draft_.way) draft_.slot.clear(), slots_.reset();
      draft_.way = way;
      ui.redraw();
    }
    actions.enabled = !draft_.way.empty();
  }

  void draw_slot(ui::Ui& ui, Area content, ui::Actions& actions) {
    content = ui::question(ui, content, ui.tr("booking.which_time"), ui.tr("booking.time_hint"));
    const base::LocalTime now = parts_.zone.local(parts_.clock.now());
    const auto known = parts_.store.seats(service_.id, now.date);
    if (!known) {
      ui.band(content, ui.tr("error.storage"), ui::Tone::error, "error");
      return;
    }
    slots_.draw(ui, content, service_, draft_.way, *known, now, draft_.slot);
    actions.enabled = !draft_.slot.empty();
  }

  void draw_person(ui::Ui& ui, Area content, ui::Actions& actions) {
    const bool on_name = active_ == &name_;
    const input::Kind kind = on_name ? input::Kind::text : input::Kind::phone;
    const Area keys = input::Keyboard::place(ui, content, kind);
    content = ui::question(ui, content, ui.tr("booking.who"), ui.tr("booking.who_hint"));
    const ui::FieldSeats seats = ui::field_seats(ui, content, name_error_);
    const std::string name_words = ui.tr("booking.name");
    const std::string phone_words = ui.tr("booking.phone");
    const std::string placeholder = draft_.no_phone ? ui.tr("booking.no_phone_chosen") : "";
    if (ui::labelled_field(ui, "field.name", seats.first, name_,
                           {.active = on_name, .error = name_error_, .name = name_words})) {
      active_ = &name_;
      ui.redraw();
    }
    const float toggle = std::max(330.0F, seats.second.w * 0.36F);
    if (ui::labelled_field(ui, "field.phone", seats.second, phone_,
                           {.active = !on_name && !draft_.no_phone,
                            .placeholder = placeholder,
                            .error = phone_error_,
                            .name = phone_words},
                           toggle)) {
      active_ = &phone_;
      draft_.no_phone = false;
      ui.redraw();
    }
    if (ui.button("field.no_phone", ui::beside_field(seats.second, toggle),
                  ui.tr("booking.no_phone"),
                  {.look = draft_.no_phone ? ui::Look::selected : ui::Look::normal,
                   .icon = draft_.no_phone ? "check" : "phone",
                   .size = 28,
                   .role = ui::Role::choice})) {
      draft_.no_phone = !draft_.no_phone;
      phone_error_.clear();
      ui.redraw();
    }
    if (draft_.no_phone && name_error_.empty()) {
      ui.text(seats.below, ui.tr("booking.no_phone_hint"),
              {.size = ui::type::caption, .color = ui.colors().ink2});
    }
    if (active_ == &phone_ && draft_.no_phone) active_ = &name_;
    const std::string before = active_->text();
    const bool finished = parts_.keyboard.draw(ui, keys, *active_, kind, ui.tr("keyboard.finish"));
    // Who writes on has read the sentence.
    if (active_->text() != before) (active_ == &name_ ? name_error_ : phone_error_).clear();
    if (finished) {
      active_ = on_name && !draft_.no_phone ? &phone_ : &name_;
      ui.redraw();
    }
    actions.enabled = true;
  }

  void draw_review(ui::Ui& ui, Area content, ui::Actions& actions) {
    content = ui::question(ui, content, ui.tr("booking.review"), ui.tr("booking.review_hint"));
    if (!save_error_.empty()) {
      content.take_top(ui.band(content, save_error_, ui::Tone::error, "error"), 16);
    }
    struct Row {
      Step step;
      std::string label;
      std::string value;
    };
    const std::vector<Row> rows{
        {Step::topic, ui.tr("booking.topic"), topic_words(ui)},
        {Step::way, ui.tr("booking.way"), way_words(ui)},
        {Step::slot, ui.tr("booking.time"), time_words(ui)},
        {Step::person, ui.tr("booking.name"), base::mask_name(base::trim(name_.text()))},
        {Step::person, ui.tr("booking.phone"),
         draft_.no_phone ? ui.tr("booking.no_phone") : base::mask_phone(draft_.phone)}};
    const float height = std::min(124.0F, content.h / static_cast<float>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Area row = content.take_top(height);
      if (ui::review_row(ui, fmt::format("review.{}", i), row.inset(0, 8), rows[i].label,
                         rows[i].value)) {
        step_ = rows[i].step;
        from_review_ = true;
        ui.redraw();
      }
      ui.rule(row.x, row.bottom(), row.w);
    }
    actions.primary = ui.tr("booking.submit");
    actions.primary_icon = "check";
    actions.enabled = true;
  }

  ui::Go draw_receipt(ui::Ui& ui, const ui::Page& page) {
    const auto status = parts_.store.status(submitted_.id);
    const State state = status ? status->state : State::requested;
    const auto waited = ui.tick() - submitted_at_;
    if (state == State::sending && waited < answer_patience) {
      ui.redraw_at(submitted_at_ + answer_patience);
    }
    const std::string slot = status ? status->booking.slot : draft_.slot;
    const slip::Slip paper =
        booking_slip(ui, {parts_.catalogue.center, service_, draft_.topic, draft_.way, slot,
                          submitted_, state, draft_.no_phone, parts_.kiosk});
    if (state != State::sending) receipt_.print_once(paper);
    ui::Head top = head(ui);
    top.step = steps;
    Area content = ui::flow_head(ui, page, top);
    receipt_.draw(ui, content,
                  {.icon = state_icon(state),
                   .title = ui.tr("booking.state_" + state_name(state)),
                   .line = ui.tr("booking.next_" + state_name(state)),
                   .tone = state_tone(state)},
                  paper);
    const bool full = state == State::waitlisted;
    switch (ui::action_bar(ui, page,
                           {.back = false,
                            .stop = false,
                            .primary = ui.tr("flow.done"),
                            .primary_icon = "check",
                            .secondary = ui.tr(full ? "booking.other_time" : "flow.again"),
                            .secondary_icon = full ? "calendar" : "plus"})) {
      case ui::Action::primary: return ui::Go::end_visit();
      case ui::Action::secondary:
        if (!full) return ui::Go::home();
        return ui::Go::open("change", fmt::format("{} {}", submitted_.code, submitted_.last4));
      default: return ui::Go::stay();
    }
  }

  // ---- moving between them ----------------------------------------------------------------------

  void leave_topic() {
    const service::Choice* topic = service_.choice(draft_.topic);
    const bool ask = topic != nullptr && topic->ask_safety;
    safety_.reset();
    step_ = ask ? Step::safety : Step::way;
  }

  void go_on(ui::Ui& ui) {
    scroll_.jump(0);
    const bool back_to_review = from_review_ && step_ != Step::topic && step_ != Step::way;
    switch (step_) {
      case Step::topic: leave_topic(); break;
      case Step::safety: break;
      case Step::way: step_ = Step::slot; break;
      case Step::slot: step_ = Step::person; break;
      case Step::person:
        if (!check_person(ui)) return;
        step_ = Step::review;
        break;
      case Step::review: submit(ui); break;
      case Step::receipt: break;
    }
    if (back_to_review && step_ != Step::receipt) step_ = Step::review;
    if (step_ == Step::review) from_review_ = false;
    ui.redraw();
  }

  ui::Go go_back(ui::Ui& ui) {
    scroll_.jump(0);
    ui.redraw();
    switch (step_) {
      case Step::topic: return ui::Go::stop();
      case Step::safety:
      case Step::way: step_ = Step::topic; break;
      case Step::slot: step_ = Step::way; break;
      case Step::person: step_ = Step::slot; break;
      case Step::review: step_ = Step::person; break;
      case Step::receipt: break;
    }
    return ui::Go::stay();
  }

  bool check_person(ui::Ui& ui) {
    const auto sentence = [&ui](const base::Error& error) { return ui.tr("error." + error.code); };
    const auto name = service::parse_name(name_.text());
    name_error_ = name ? std::string() : sentence(name.error());
    phone_error_.clear();
    if (!draft_.no_phone) {
      const auto phone = service::parse_phone(phone_.text());
      if (!phone) phone_error_ = sentence(phone.error());
      if (phone) draft_.phone = *phone;
    }
    draft_.name = name_.text();
    if (!name_error_.empty()) active_ = &name_;
    if (name_error_.empty() && !phone_error_.empty()) active_ = &phone_;
    ui.redraw();
    return name_error_.empty() && phone_error_.empty();
  }

  void submit(ui::Ui& ui) {
    auto done = parts_.store.submit(draft_);
    if (!done) {
      save_error_ = ui.tr("error." + done.error().code);
      return;
    }
    save_error_.clear();
    submitted_ = *std::move(done);
    submitted_at_ = ui.tick();
    step_ = Step::receipt;
  }

  ScreenParts parts_;
  const service::Service& service_;
  Step step_ = Step::topic;
  bool from_review_ = false;
  Draft draft_;
  ui::TextField name_{service::longest_name};
  ui::TextField phone_{20};
  ui::TextField* active_ = &name_;
  std::string name_error_;
  std::string phone_error_;
  std::string save_error_;
  safety::SafetyPage safety_;
  SlotPage slots_;
  ui::Kinetic scroll_;
  Submitted submitted_;
  base::Tick submitted_at_{};
  slip::Receipt receipt_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_booking_screen(const ScreenParts& parts,
                                                const service::Service& service,
                                                const std::string& topic) {
  return std::make_unique<BookingScreen>(parts, service, topic);
}

}  // namespace booking
