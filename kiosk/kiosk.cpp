#include "kiosk/kiosk.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/app/privacy_screen.h"
#include "kiosk/booking/booking_screen.h"
#include "kiosk/guide/guide_screen.h"
#include "kiosk/intake/intake_screen.h"
#include "kiosk/law/law_screen.h"
#include "kiosk/store/legal_days.h"
#include "kiosk/store/staff_pin.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/ticket/ticket_screen.h"
#include "kiosk/ui/dates.h"

namespace kiosk {
namespace {

using app::Fact;
using base::Result;

// A lookup's words for a record that was made at another kiosk.
booking::State booking_state(const wire::RecordState& record) {
  return booking::state_of({.answer = booking::Answer::accepted,
                            .promise = record.state,
                            .cancel_accepted = false,
                            .record = record.state,
                            .waited = base::Milliseconds{0}});
}

intake::State request_state(const wire::RecordState& record) {
  return intake::state_of(
      {.delivery = intake::Delivery::taken, .record = record.state, .waited = {}});
}

}  // namespace

Result<Stores> Stores::open(store::Store& store) {
  return Stores{TRY(booking::BookingStore::open(store)), TRY(ticket::TicketStore::open(store)),
                TRY(intake::IntakeStore::open(store))};
}

Kiosk::Kiosk(const Parts& parts, service::Catalogue catalogue, Stores stores)
    : parts_(parts),
      catalogue_(std::move(catalogue)),
      stores_(std::move(stores)),
      assists_(parts.store) {}

void Kiosk::replace(service::Catalogue catalogue) {
  catalogue_ = std::move(catalogue);
}

// ---- screens ------------------------------------------------------------------------------------

std::unique_ptr<ui::Screen> Kiosk::home() {
  return app::make_home_screen(catalogue_, *this);
}

std::unique_ptr<ui::Screen> Kiosk::open(const std::string& service, const std::string& argument) {
  if (const auto state = store::read_sync_state(parts_.store)) {
    name_ = fmt::format("#{}", state->number);
  }
  if (service.empty()) return home();
  if (service == "privacy") return app::make_privacy_screen(catalogue_);
  if (service == "case") return open_case();
  // A code that is known already: the receipt's "another time".
  if (service == "change") return status::make_status_screen(*this, parts_.keyboard, argument);
  if (service == "staff") {
    return staff::make_staff_screen(
        {parts_.store, parts_.keyboard, parts_.press, *this, parts_.zone});
  }
  const service::Service* known = catalogue_.find(service);
  return known == nullptr ? home() : open_service(*known, argument);
}

std::unique_ptr<ui::Screen> Kiosk::open_service(const service::Service& service,
                                                const std::string& argument) {
  switch (service.kind) {
    case service::Kind::booking:
      return booking::make_booking_screen({catalogue_, stores_.bookings, parts_.keyboard,
                                           parts_.press, parts_.world.clock, parts_.zone, name_},
                                          service, argument);
    case service::Kind::ticket:
      return ticket::make_ticket_screen(
          {catalogue_, stores_.tickets, parts_.press, parts_.world.clock, parts_.zone, name_},
          service, argument);
    case service::Kind::intake:
      return intake::make_intake_screen(
          {catalogue_, stores_.requests, parts_.keyboard, parts_.press, name_}, service);
    case service::Kind::library:
      return law::make_law_screen({catalogue_, parts_.laws, parts_.finder,
                                   parts_.law_content.topics, parts_.keyboard, parts_.press,
                                   parts_.world.clock, parts_.zone, name_, parts_.laws_old_days});
    case service::Kind::status: return status::make_status_screen(*this, parts_.keyboard, {});
    case service::Kind::guide:
    case service::Kind::external: return guide::make_guide_screen(catalogue_, service);
  }
  return home();
}

// ---- cases --------------------------------------------------------------------------------------

void Kiosk::ask(const std::string& code, const std::string& last4) {
  forget();
  case_.code = code;
  case_.last4 = last4;
  auto here = stores_.bookings.find(code, last4);
  if (here) case_.here = *std::move(here);
  // A case that is known here is asked for all the same: the center then knows that it was read.
  const bool locked = case_.here && case_.here->kind == store::CaseAnswer::Kind::locked;
  if (!locked) parts_.lookup.ask(code, last4);
}

status::Answer Kiosk::answer() {
  if (case_.code.empty()) return status::Answer::none;
  if (case_.here && case_.here->kind == store::CaseAnswer::Kind::found) {
    return status::Answer::found;
  }
  if (case_.here && case_.here->kind == store::CaseAnswer::Kind::locked) {
    return status::Answer::locked;
  }
  syncing::LookupAnswer there = parts_.lookup.answer();
  switch (there.kind) {
    case syncing::LookupAnswer::Kind::nothing_asked: return status::Answer::none;
    case syncing::LookupAnswer::Kind::pending: return status::Answer::pending;
    case syncing::LookupAnswer::Kind::no_match: return status::Answer::no_match;
    case syncing::LookupAnswer::Kind::locked: return status::Answer::locked;
    case syncing::LookupAnswer::Kind::offline: return status::Answer::offline;
    case syncing::LookupAnswer::Kind::found:
      case_.there = std::move(there.found);
      return catalogue_.find(case_.there.service) == nullptr ? status::Answer::no_match
                                                             : status::Answer::found;
  }
  return status::Answer::none;
}

ui::Go Kiosk::open() {
  return ui::Go::open("case");
}

std::unique_ptr<ui::Screen> Kiosk::open_case() {
  const bool here = case_.here && case_.here->kind == store::CaseAnswer::Kind::found;
  const std::string type = here ? case_.here->type : case_.there.kind;
  const std::string record = here ? case_.here->record : case_.there.id;
  std::string service_id = case_.there.service;
  if (type == "booking") {
    booking::Found found{.booking = {record, service_id, case_.there.topic, case_.there.way,
                                     case_.there.record.slot},
                         .state = booking_state(case_.there.record),
                         .reason = case_.there.record.reason,
                         .reference = {case_.code, case_.last4, record}};
    if (const auto status = stores_.bookings.status(record)) {
      found.booking = status->booking;
      found.state = status->state;
      found.reason = status->reason;
    }
    const service::Service* service = catalogue_.find(found.booking.service);
    if (service == nullptr) return home();
    return booking::make_change_screen({catalogue_, stores_.bookings, parts_.keyboard, parts_.press,
                                        parts_.world.clock, parts_.zone, name_},
                                       *service, found);
  }
  intake::Found found{record, request_state(case_.there.record), case_.there.record.reason};
  if (const auto status = stores_.requests.status(record)) service_id = status->service;
  const service::Service* service = catalogue_.find(service_id);
  if (service == nullptr) return home();
  return intake::make_state_screen(
      {catalogue_, stores_.requests, parts_.keyboard, parts_.press, name_}, *service, found);
}

void Kiosk::forget() {
  parts_.lookup.forget();
  case_ = {};
}

// ---- the shell's questions ----------------------------------------------------------------------

bool Kiosk::offline() const {
  if (parts_.alone) return true;
  const auto state = store::read_sync_state(parts_.store);
  return !state || !store::online(*state, parts_.store.now());
}

std::string Kiosk::outage(const ui::Ui& ui) const {
  if (parts_.alone) return ui.tr("home.alone");
  return offline() ? ui.tr("home.offline") : std::string();
}

app::StateLine Kiosk::state(std::string_view language) const {
  return {.center = catalogue_.center.name.in(language),
          .now = parts_.zone.local(parts_.world.clock.now()),
          .network = parts_.alone ? app::Network::none
                     : offline()  ? app::Network::offline
                                  : app::Network::online,
          .staff = false,
          .staff_look = store::count_legal_alarms(parts_.store).value_or(1) > 0};
}

bool Kiosk::staff_allowed() const {
  const auto set = store::has_pin(parts_.store);
  return set && *set;
}

void Kiosk::call_person(std::string_view place) {
  const auto call = assists_.call(place);
  call_ = call ? *call : std::string();
  call_failed_ = !call;
}

app::Assist Kiosk::assist() const {
  if (call_failed_) return app::Assist::offline;  // nobody hears of it: the desk is named
  if (call_.empty()) return app::Assist::none;
  const auto call = assists_.find(call_);
  if (!call) return app::Assist::offline;
  switch (call->state) {
    case assist::State::sending: return app::Assist::sending;
    case assist::State::unsent: return app::Assist::offline;
    case assist::State::open: return app::Assist::waiting;
    case assist::State::accepted: return app::Assist::accepted;
    case assist::State::done: return app::Assist::none;
  }
  return app::Assist::offline;
}

app::Desk Kiosk::desk(std::string_view language) const {
  return {catalogue_.center.desk.in(language), catalogue_.center.phone};
}

void Kiosk::forget_visit() {
  parts_.keyboard.reset();
  call_.clear();
  call_failed_ = false;
  forget();
}

// ---- what home says -----------------------------------------------------------------------------

Fact Kiosk::fact(const service::Service& service, const ui::Ui& ui) const {
  switch (service.kind) {
    case service::Kind::booking: return booking_fact(service, ui);
    case service::Kind::ticket: return ticket_fact(service, ui);
    case service::Kind::intake:
      return offline() ? Fact{ui.tr("home.stored"), ui::Tone::attention}
                       : Fact{ui.tr("home.anytime"), ui::Tone::tint};
    case service::Kind::status:
      return offline() ? Fact{ui.tr("home.needs_network"), ui::Tone::attention} : Fact{};
    case service::Kind::library:
      return offline() ? Fact{ui.tr("home.as_usual"), ui::Tone::ok} : Fact{};
    default: return {};
  }
}

Fact Kiosk::booking_fact(const service::Service& service, const ui::Ui& ui) const {
  if (offline()) return {ui.tr("home.stored"), ui::Tone::attention};
  const base::LocalTime now = parts_.zone.local(parts_.world.clock.now());
  const auto known = stores_.bookings.seats(service.id, now.date);
  if (!known) return {};
  std::optional<base::Date> earliest;
  int today = 0;
  for (const service::Way& way : service.ways) {
    for (const booking::Slot& slot : booking::slots_on(service, way.id, now.date, *known, now)) {
      if (slot.seats_left.value_or(0) > 0) ++today;
    }
    for (const booking::Day& day : booking::days_ahead(service, way.id, *known, now)) {
      if (day.state != booking::Day::State::open || day.seats_left.value_or(0) == 0) continue;
      if (!earliest || day.date < *earliest) earliest = day.date;
      break;
    }
  }
  if (today > 0) {
    return {ui.tr("home.slots_today", {{"count", fmt::format("{}", today)}}), ui::Tone::ok};
  }
  if (earliest) {
    return {ui.tr("home.slots_next", {{"day", ui::short_date(ui, *earliest)}}), ui::Tone::tint};
  }
  return known->empty() ? Fact{ui.tr("home.slots_unknown"), ui::Tone::plain}
                        : Fact{ui.tr("home.slots_none"), ui::Tone::attention};
}

Fact Kiosk::ticket_fact(const service::Service& service, const ui::Ui& ui) const {
  const base::LocalTime now = parts_.zone.local(parts_.world.clock.now());
  if (const service::Closure* closure = service.closure(now.date)) {
    return {ui.tr("home.closed_for", {{"reason", closure->reason.in(ui.language())}}),
            ui::Tone::plain};
  }
  if (!service.hours.open_at(now)) return {ui.tr("home.closed_now"), ui::Tone::plain};
  if (offline()) return {ui.tr("home.own_numbers"), ui::Tone::attention};
  const auto waiting = stores_.tickets.waiting(service.id);
  if (!waiting || !*waiting) return {ui.tr("home.waiting_unknown"), ui::Tone::plain};
  if (**waiting == 0) return {ui.tr("home.no_wait"), ui::Tone::ok};
  return {ui.tr("home.waiting", {{"count", fmt::format("{}", **waiting)}}), ui::Tone::tint};
}

std::string Kiosk::now_called(const ui::Ui& ui) const {
  const auto called = stores_.tickets.now_called();
  if (!called || !*called) return {};
  return ui.tr("home.called", {{"number", (*called)->number}, {"counter", (*called)->counter}});
}

std::string Kiosk::calendar_words(const ui::Ui& ui) const {
  const base::Date today = parts_.zone.date(parts_.world.clock.now());
  const auto gap = service::calendar_gap(catalogue(), today);
  if (!gap) return {};
  return ui.tr(gap->statutory ? "staff.calendar_no_notice" : "staff.calendar_unknown",
               {{"year", fmt::format("{}", gap->year)}});
}

std::string Kiosk::library_words(const ui::Ui& ui) const {
  if (!parts_.laws.present()) return {};
  const law::LibraryInfo& info = parts_.laws.info();
  return info.collection + "  " +
         ui.tr("law.counts", {{"laws", fmt::format("{}", info.laws)},
                              {"articles", fmt::format("{}", info.articles)}});
}

}  // namespace kiosk
