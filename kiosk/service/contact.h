// How a person is named and reached: what a typed name or phone number must look like, shared by
// every service that asks for one. Knows no screen; error codes are ErrorKind::invalid.
//
//   mobile    1 and ten digits                         13800001234
//   landline  0, area code, 7 or 8 digits: 10 to 12    010-63016301
//   abroad    "00" or "+", country code, number; also Hong Kong, Macao and Taiwan (care 14):
//             7 to 15 digits behind the "00" (ITU-T E.164)
#pragma once

#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace service {

inline constexpr std::size_t longest_name = 60;    // characters
inline constexpr std::size_t longest_reach = 120;  // characters

// Without blanks around it; any script. name_missing, name_long, name_characters (line breaks,
// control characters, broken UTF-8).
base::Result<std::string> parse_name(std::string_view typed);

// Digits only, "+" written as "00", mainland numbers without 0086. Blanks, dashes and brackets may
// be typed. phone_missing, phone_characters, phone_short, phone_long, phone_form.
base::Result<std::string> parse_phone(std::string_view typed);

// How to reach somebody else, in any words: a phone number, an address. Without blanks around it.
// contact_missing, answer_long, answer_characters (broken UTF-8).
base::Result<std::string> parse_reach(std::string_view typed);

// The last four digits of what parse_phone gave.
std::string last_four(std::string_view phone);

}  // namespace service
