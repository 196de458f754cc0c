// 取号: a number in today's queue of a service, without any name. Values and rules; knows no
// database, no network, no screen. Days are local to the center.
//
//   number       := queue's number | own number
//   queue's      := letter digits                   "B037"   given by the center, at once
//   own          := letter kiosk "-" nth            "B2-05"  kiosk 2, the fifth it gave today
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/base/clock.h"

namespace ticket {

enum class State {
  drawing,     // the center is being asked for a number
  waiting,     // the visitor holds a number
  called,      // the counter calls it
  done,        // served
  no_show,     // called, nobody came
  given_back,  // by the visitor, or taken off the queue by the counter
  refused,     // no number is given: the queue is closed
};

struct Ticket {
  std::string id;
  std::string service;
  std::string matter;  // id of a Choice; may be empty
  base::Date day{};
  std::string number;       // "" while drawing or when refused
  bool own_series = false;  // given by this kiosk: numbers may interleave
  State state = State::drawing;
  std::string reason;   // why refused
  std::string counter;  // set when called
};

// How long the visitor waits for the queue's number before the kiosk gives one of its own.
inline constexpr base::Milliseconds answer_patience{1500};

struct DrawFacts {
  bool refused = false;
  std::string number;  // the center's; "" while it has not answered
  base::Milliseconds waited{0};
};

enum class Settling { wait, take_queues_number, take_own_number, refused };
// A number that cannot be read out or printed counts as no answer.
Settling settling(const DrawFacts& facts);

// 1 to 12 capital letters, digits and dashes.
bool acceptable_number(std::string_view number);
// "B2-05"
std::string own_number(std::string_view letter, int kiosk, std::int64_t nth);

// The states of the center's feed; waiting for one not known here.
State state_named(std::string_view state);

struct Ahead {
  std::optional<int> people;    // nothing: not known yet
  bool may_interleave = false;  // numbers of the queue and of kiosks are called in one order
};

struct Called {
  std::string number;
  std::string counter;
};

}  // namespace ticket
