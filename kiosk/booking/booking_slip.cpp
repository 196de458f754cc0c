#include "kiosk/booking/booking_slip.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

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

template <typename Block>
void add(slip::Slip& paper, Block block, bool tells_service = false) {
  paper.blocks.push_back({std::move(block), tells_service});
}

void add_appointment(const ui::Ui& ui, const SlipFacts& facts, slip::Slip& paper) {
  if (const auto slot = parse_slot_key(facts.slot)) {
    add(paper, slip::Headline{ui::short_date(ui, slot->day)});
    add(paper, slip::Headline{span_words(*slot, facts.service)});
  }
  if (const service::Way* way = facts.service.way(facts.way)) {
    const service::LocalText& place = way->room.empty() ? way->name : way->room;
    add(paper, slip::Text{.text = place.in(ui.language()),
                          .size = 32,
                          .bold = true,
                          .align = slip::Align::center});
  }
  add(paper, slip::Rule{});
}

void add_preparation(const ui::Ui& ui, const SlipFacts& facts, slip::Slip& paper) {
  const std::string& language = ui.language();
  add(paper, slip::Rule{});
  const service::Choice* topic = facts.service.choice(facts.topic);
  slip::Papers papers = slip::papers(ui, {}, papers_for(facts.service, topic, language));
  // Nobody was asked what is there already.
  papers.missing.clear();
  if (!papers.papers.empty()) add(paper, std::move(papers));
  for (const service::LocalText& promise : facts.service.promises) {
    add(paper, slip::Text{.text = promise.in(language), .size = 26}, true);
  }
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

std::string next_words(const ui::Ui& ui, State state, std::string_view reason) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> refusals{{
      {"closed", "booking.next_refused_closed"},
      {"slot_closed", "booking.next_refused_closed"},
      {"slot_too_soon", "booking.next_refused_soon"},
      {"limit_person", "booking.next_refused_person"},
      {"limit_no_phone", "booking.next_refused_no_phone"},
  }};
  const auto* const own =
      std::ranges::find(refusals, reason, &decltype(refusals)::value_type::first);
  if (state == State::refused && own != refusals.end()) return ui.tr(own->second);
  return ui.tr("booking.next_" + state_name(state));
}

std::string withdrawn_words(const ui::Ui& ui, const service::Service& service,
                            std::string_view slot, std::string_view reason) {
  const auto key = parse_slot_key(slot);
  const service::Way* way = key ? service.way(key->way) : nullptr;
  const service::Closure* closure = way == nullptr ? nullptr : service.closure(*way, key->day);
  if (reason != "day_closed" && reason != "room_closed" && reason != "slot_closed") return {};
  const std::string why = closure != nullptr        ? closure->reason.in(ui.language())
                          : reason == "room_closed" ? ui.tr("booking.withdrawn_room")
                                                    : ui.tr("booking.withdrawn_hours");
  return ui.tr("booking.withdrawn", {{"reason", why}});
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
  const service::Choice* topic = facts.service.choice(facts.topic);
  const bool may_come = facts.state != State::refused && facts.state != State::cancelled;
  slip::Slip paper;
  paper.center = facts.center.name.in(ui.language());
  paper.service = facts.service.name.in(ui.language());
  paper.kind = ui.tr("booking.slip_kind");
  paper.neutral = facts.service.discreet || (topic != nullptr && topic->discreet);
  add(paper, slip::Rule{});
  if (may_come) add_appointment(ui, facts, paper);
  add(paper,
      slip::Text{
          .text = ui.tr("booking.slip_" + state_name(facts.state)), .size = 28, .bold = true});
  // In large letters it would be read as an appointment.
  if (!may_come) {
    add(paper, slip::Text{.text = slot_words(ui, facts.slot, facts.service), .size = 26});
  }
  add(paper, slip::code(ui, {.code = facts.submitted.code,
                             .status_address = {},
                             .digits = facts.no_phone ? facts.submitted.last4 : std::string()}));
  if (may_come) add_preparation(ui, facts, paper);
  add(paper, slip::receipt(ui, facts.receipt));
  paper.closing = slip::closing(ui, facts.kiosk);
  return paper;
}

}  // namespace booking
