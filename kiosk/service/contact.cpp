#include "kiosk/service/contact.h"

#include <algorithm>

#include "platform/base/text.h"

namespace service {
namespace {

using base::fail;
using base::Result;

struct LengthRange {
  std::size_t least;
  std::size_t most;
};

constexpr LengthRange mobile{11, 11};
constexpr LengthRange landline{10, 12};
constexpr LengthRange abroad{9, 17};

auto invalid(std::string_view code) {
  return fail(base::ErrorKind::invalid, code);
}

bool unprintable(char32_t character) {
  return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x2028 ||
         character == 0x2029;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

Result<std::string> only_digits(std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (is_digit(c))
      digits += c;
    else if (c == '+' && digits.empty())
      digits = "00";
    else if (c != ' ' && c != '-' && c != '(' && c != ')')
      return invalid("phone_characters");
  }
  return digits;
}

Result<std::string> of_length(std::string digits, LengthRange range) {
  if (digits.size() < range.least) return invalid("phone_short");
  if (digits.size() > range.most) return invalid("phone_long");
  return digits;
}

}  // namespace

Result<std::string> parse_name(std::string_view typed) {
  const std::string_view name = base::trim(typed);
  if (name.empty()) return invalid("name_missing");
  if (!base::valid_utf8(name)) return invalid("name_characters");
  const std::u32string characters = base::decode_utf8(name);
  if (std::ranges::any_of(characters, unprintable)) return invalid("name_characters");
  if (characters.size() > longest_name) return invalid("name_long");
  return std::string(name);
}

Result<std::string> parse_phone(std::string_view typed) {
  std::string digits = TRY(only_digits(base::trim(typed)));
  if (digits.empty()) return invalid("phone_missing");
  if (digits.starts_with("0086")) digits.erase(0, 4);
  if (digits.starts_with("00")) return of_length(std::move(digits), abroad);
  if (digits.starts_with("0")) return of_length(std::move(digits), landline);
  if (digits.starts_with("1")) return of_length(std::move(digits), mobile);
  return invalid("phone_form");
}

Result<std::string> parse_reach(std::string_view typed) {
  const std::string_view reach = base::trim(typed);
  if (reach.empty()) return invalid("contact_missing");
  if (!base::valid_utf8(reach)) return invalid("answer_characters");
  if (base::count_characters(reach) > longest_reach) return invalid("answer_long");
  return std::string(reach);
}

std::string last_four(std::string_view phone) {
  return std::string(phone.substr(phone.size() < 4 ? 0 : phone.size() - 4));
}

}  // namespace service
