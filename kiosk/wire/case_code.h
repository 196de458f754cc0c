// 办理码: the code a visitor leaves with. Nine random characters (45 bits) and a check character,
// of Crockford's base 32 (no I, L, O, U); never sequential, never naming the service (care 19).
//
//   code    := group "-" group           "7K4M2-9QXRC"
//   group   := 5 characters; the tenth is the check (Luhn mod 32 over the nine before)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/ids.h"

namespace wire {

inline constexpr int case_code_bits = 45;
// The code that says the lowest 45 bits of the number, and the number of a canonical code.
std::string code_of_bits(std::uint64_t bits);
std::uint64_t bits_of_code(std::string_view code);

std::string make_case_code(base::Chance& chance);
// What a person typed → canonical form: blanks and dashes dropped, small letters raised,
// O → 0, I and L → 1. Nothing when the length or the check character is wrong.
std::optional<std::string> parse_case_code(std::string_view typed);
// Four random digits for a visitor without a phone.
std::string make_last4(base::Chance& chance);

}  // namespace wire
