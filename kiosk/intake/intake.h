// 申请: a request filled in by answering one question a screen, such as a request for mediation
// (人民调解申请). Values and rules; knows no database, no network, no screen. The questions are
// data (service::Question).
//
// Answers, by question id:
//
//   choice, way   Q          = id
//   text          Q          = what was typed
//   evidence      Q          = ids that were ticked, "," between them, in the order of the list
//   party         Q.name, Q.contact
//   self          Q.name, Q.phone, Q.no_phone = "yes"
//   consent       Q          = "yes" | "no"
//   day           Q          = "2026-12-14" | "none" | "unknown"
//   safety        nothing: it opens the help of care rule 10 and is never kept
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/service/catalogue.h"
#include "platform/base/clock.h"
#include "platform/base/result.h"

namespace intake {

using base::Result;

using Answers = std::map<std::string, std::string, std::less<>>;

// Lives in memory only, until it is filed or wiped.
struct Draft {
  std::string service;
  Answers answers;
  bool safety_passed = false;  // is safe, or has seen the help and goes on

  // "" when there is none.
  [[nodiscard]] std::string_view answer(std::string_view key) const;
};

// ---- the way through the questions -----------------------------------------------------------

// Safety is asked unless a choice before it says that this path needs no such question; what a
// refused consent has dropped is no longer asked behind it.
bool visible(const service::Service& service, const Draft& draft, std::size_t index);
std::optional<std::size_t> first(const service::Service& service, const Draft& draft);
std::optional<std::size_t> next(const service::Service& service, const Draft& draft,
                                std::size_t index);
std::optional<std::size_t> previous(const service::Service& service, const Draft& draft,
                                    std::size_t index);
// The first visible question whose answer does not pass; nothing: the draft can be filed.
std::optional<std::size_t> first_open(const service::Service& service, const Draft& draft);

// Why the answer does not pass, as ErrorKind::invalid: answer_missing, answer_long,
// answer_characters, choice_missing, choice_unknown, safety_missing, day_missing, consent_missing,
// consent_needed (refused, but nothing is sent without it), or a code of parse_name, parse_phone,
// parse_reach.
Result<void> check(const service::Service& service, const service::Question& question,
                   const Draft& draft);

// "a,c" ⇄ ticked ids.
std::string join_ticks(const std::vector<std::string>& ids);
std::vector<std::string> split_ticks(std::string_view answer);

inline constexpr std::string_view no_day = "none";
inline constexpr std::string_view unknown_day = "unknown";
// Eight digits as they are typed, "20261214", as an ISO date; "" when they are no day.
std::string typed_day(std::string_view digits);

// ---- what is sent
// --------------------------------------------------------------------------------

// What the answers say of time limits (care 8): nothing that was not answered, or does not follow
// from an answer by the form's own data, is made up.
struct LegalDay {
  std::optional<base::Date> day;  // the earliest
  bool unknown = false;           // asked for, and the visitor could not say
};
LegalDay legal_day(const service::Service& service, const Draft& draft);

// Only the answers to visible questions that no refused consent drops; the phone in digits.
Answers answers_to_file(const service::Service& service, const Draft& draft);
// An answer whose subject nobody who looks at the paper should learn (care 11).
bool discreet(const service::Service& service, const Draft& draft);
// What the visitor chose for the question of kind way; "" when none is asked.
std::string chosen_way(const service::Service& service, const Draft& draft);
// The visitor's own phone in digits; "" for none, or when none is asked.
std::string own_phone(const service::Service& service, const Draft& draft);

// ---- what has become of it
// -----------------------------------------------------------------------

// Nothing here says "filed" or "applied" before the body that decides has it (care 1).
enum class State {
  sending,    // the center is being asked right now
  kept_here,  // not yet received; the visitor's time limit is still running
  received,
  reviewing,
  accepted,
  refused,  // by the center, with its reason
  closed,
  unfiled,  // the center's system did not take it: ask at the desk
};
// "kept_here", as the last part of text keys.
std::string_view name(State state);

// How long a screen says "sending" before it promises only what the kiosk itself can keep.
inline constexpr base::Milliseconds answer_patience{1500};

enum class Delivery { none, taken, rejected };
struct Facts {
  Delivery delivery = Delivery::none;
  std::string_view record;       // state in the center's feed; "" when it names none
  base::Milliseconds waited{0};  // since the visitor confirmed
};
State state_of(const Facts& facts);

}  // namespace intake
