// 预约: a seat for a consultation at a day and time. Values and rules; knows no database, no
// network, no screen. All days and times are local to the center.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/service/catalogue.h"
#include "platform/base/clock.h"
#include "platform/base/result.h"

namespace booking {

using base::Result;

// ---- what the visitor fills in --------------------------------------------------------------

// Lives in memory only, until it is submitted or wiped.
struct Draft {
  std::string service;
  std::string topic;  // id of a Choice
  std::string way;    // id of a Way
  std::string slot;   // slot key
  std::string name;   // as typed
  std::string phone;  // as typed; ignored with no_phone
  bool no_phone = false;
  std::string wish_question = {};  // id of Service::wish
  std::string wish = {};           // id of its Choice: how they may be reached
};

// The pages, in their order.
enum class Step { topic, safety, way, slot, person, wish, review, receipt };
// Nobody without a phone is asked how they may be phoned.
bool asks_wish(const Draft& draft, const service::Service& service);
// The first page that still lacks something; review when nothing does. A topic or way that the
// service does not (or no longer) offer counts as missing.
Step first_missing(const Draft& draft, const service::Service& service);

// ---- days and times ---------------------------------------------------------------------------

// A slot as the center's feed tells it.
struct Seats {
  std::string key;
  base::Date day{};
  service::TimeSpan time;
  int capacity = 0;
  int taken = 0;
  std::string room;
};

// "consult|onsite|2026-11-24T14:00"
struct SlotKey {
  std::string service;
  std::string way;
  base::Date day{};
  base::TimeOfDay start;
};
std::string to_text(const SlotKey& key);
std::optional<SlotKey> parse_slot_key(std::string_view text);

// A time that can be tapped, or is shown as full.
struct Slot {
  std::string key;
  service::TimeSpan time;
  std::optional<int> seats_left;  // nothing: not known here, the center decides
  std::string room;
  [[nodiscard]] bool full() const { return seats_left == 0; }
};

struct Day {
  enum class State { open, full, closed };
  base::Date date{};
  State state = State::closed;
  std::optional<int> seats_left = {};  // over the day; nothing when one of its slots is not known
  // Why it is closed; null when there is no reason but the hours. Lives as long as the service.
  const service::Closure* closure = nullptr;
};

// What the screen offers. Days of which the feed says nothing come from the opening hours, with
// seats not known; days that are closed have no slot, whatever the feed says. Slots that start
// sooner than the service allows are left out.
std::vector<Slot> slots_on(const service::Service& service, std::string_view way, base::Date day,
                           const std::vector<Seats>& known, base::LocalTime now);
// Today and the days after it, as many as the service looks ahead.
std::vector<Day> days_ahead(const service::Service& service, std::string_view way,
                            const std::vector<Seats>& known, base::LocalTime now);

// ---- what has become of it ----------------------------------------------------------------------

enum class State {
  sending,     // the center is being asked right now
  requested,   // kept here, the center has not answered yet
  received,    // the center has it; what it decided is not known here
  confirmed,   // the seat is promised by the center
  waitlisted,  // no seat left; the center calls when one is free
  moved,       // the center has given it another time
  cancelled,
  refused,
};

enum class Answer { none, accepted, refused };

// How long a screen says "sending" before it promises only what the kiosk itself can keep.
inline constexpr base::Milliseconds answer_patience{1500};

struct Facts {
  Answer answer = Answer::none;  // to the request itself
  std::string promise;           // state promised with the last accepted answer; "" when none
  bool cancel_accepted = false;
  std::string record;            // state in the center's feed; "" when it names none
  base::Milliseconds waited{0};  // since the visitor confirmed
};
State state_of(const Facts& facts);

// A move or cancellation that was asked for here.
enum class WishState {
  sending,
  filed,  // kept here as a wish: the booking stands until the center has it
  done,
  refused,
};
WishState wish_state(Answer answer, base::Milliseconds waited);

}  // namespace booking
