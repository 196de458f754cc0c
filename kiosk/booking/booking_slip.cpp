#include "kiosk/booking/booking_slip.h"

#include <fmt/format.h>

#include "kiosk/slip/slip_words.h"
#include "kiosk/ui/dates.h"

namespace booking {
namespace {

std::string clock_words(base::TimeOfDay time) {
  return fmt::format("{}:{:02}", time.hour(), time.minute());
}

// "14:00–14:30"
std::string span_words(const SlotKey& key, const service::Service& service) {
  const base::TimeOfDay end{key.start.minutes + service.slots.minutes};
  return clock_words(key.start) + "–" + clock_words(end);
}

// The papers of the topic, or all of the service's when the topic names none.
std::vector<slip::PaperToBring> papers_for(const service::Service& service,
                                           const service::Choice* topic,
                                           const std::string& language) {
  std::vector<slip::PaperToBring> papers;
  if (topic == nullptr) return papers;
  for (const std::string& id : topic->papers) {
    if (const service::Paper* paper = service.paper(id)) {
      papers.push_back({paper->name.in(language), false});
    }
  }
  return papers;
}

}  // namespace

std::string state_name(State state) {
  switch (state) {
    case State::sending: return "sending";
    case State::requested: return "requested";
    case State::received: return "received";
    case State::confirmed: return "confirmed";
    case State::waitlisted: return "waitlisted";
    case State::moved: return "moved";
    case State::cancelled: return "cancelled";
    case State::refused: return "refused";
  }
  return "requested";
}

std::string_view state_icon(State state) {
  switch (state) {
    case State::confirmed:
    case State::moved: return "check";
    case State::sending: return "sync";
    case State::refused: return "error";
    case State::cancelled: return "stop";
    default: return "waiting";
  }
}

ui::Tone state_tone(State state) {
  switch (state) {
    case State::confirmed:
    case State::moved: return ui::Tone::ok;
    case State::refused: return ui::Tone::error;
    case State::sending: return ui::Tone::tint;
    case State::cancelled: return ui::Tone::plain;
    default: return ui::Tone::attention;
  }
}

std::string slot_words(const ui::Ui& ui, std::string_view key, const service::Service& service) {
  const auto slot = parse_slot_key(key);
  if (!slot) return {};
  return ui::short_date(ui, slot->day) + " " + span_words(*slot, service);
}

slip::Slip booking_slip(const ui::Ui& ui, const SlipFacts& facts) {
  const std::string& language = ui.language();
  const service::Choice* topic = facts.service.choice(facts.topic);
  const service::Way* way = facts.service.way(facts.way);
  slip::Slip paper;
  paper.center = facts.center.name.in(language);
  paper.service = facts.service.name.in(language);
  paper.kind = ui.tr("booking.slip_kind");
  paper.neutral = facts.service.discreet || (topic != nullptr && topic->discreet);
  const auto add = [&paper](auto block, bool tells_service = false) {
    paper.blocks.push_back({std::move(block), tells_service});
  };
  add(slip::Rule{});
  if (const auto slot = parse_slot_key(facts.slot)) {
    add(slip::Headline{ui::short_date(ui, slot->day)});
    add(slip::Headline{span_words(*slot, facts.service)});
  }
  if (way != nullptr) {
    const std::string place = way->room.empty() ? way->name.in(language) : way->room.in(language);
    add(slip::Text{.text = place, .size = 32, .bold = true, .align = slip::Align::center});
  }
  add(slip::Rule{});
  add(slip::Text{
      .text = ui.tr("booking.slip_" + state_name(facts.state)), .size = 28, .bold = true});
  add(slip::code(ui, {.code = facts.submitted.code,
                      .status_address = {},
                      .digits = facts.no_phone ? facts.submitted.last4 : std::string()}));
  add(slip::Rule{});
  slip::Papers papers = slip::papers(ui, {}, papers_for(facts.service, topic, language));
  // Nobody was asked what is there already.
  papers.missing.clear();
  if (!papers.papers.empty()) add(std::move(papers));
  for (const service::LocalText& promise : facts.service.promises) {
    add(slip::Text{.text = promise.in(language), .size = 26}, true);
  }
  paper.closing = slip::closing(ui, facts.kiosk);
  return paper;
}

}  // namespace booking
