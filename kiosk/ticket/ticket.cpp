#include "kiosk/ticket/ticket.h"

#include <fmt/format.h>

#include <algorithm>

namespace ticket {
namespace {

constexpr std::size_t longest_number = 12;

bool speakable(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

}  // namespace

Settling settling(const DrawFacts& facts) {
  if (facts.refused) return Settling::refused;
  if (acceptable_number(facts.number)) return Settling::take_queues_number;
  return facts.waited < answer_patience ? Settling::wait : Settling::take_own_number;
}

bool acceptable_number(std::string_view number) {
  return !number.empty() && number.size() <= longest_number &&
         std::ranges::all_of(number, speakable);
}

std::string own_number(std::string_view letter, int kiosk, std::int64_t nth) {
  return fmt::format("{}{}-{:02}", letter, kiosk, nth);
}

State state_named(std::string_view state) {
  if (state == "called") return State::called;
  if (state == "done") return State::done;
  if (state == "no_show") return State::no_show;
  if (state == "cancelled") return State::given_back;
  return State::waiting;
}

}  // namespace ticket
