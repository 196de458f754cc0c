#include "kiosk/wire/case_code.h"

#include <fmt/format.h>

namespace wire {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t payload = 9;
constexpr std::size_t group = 5;

// Luhn's algorithm with modulus 32 (ISO/IEC 7812-1 Annex B, generalised): every second value
// from the right is doubled and its base-32 digits are added.
char check_character(std::string_view body) {
  std::size_t sum = 0;
  bool doubled = true;
  for (std::size_t i = body.size(); i-- > 0; doubled = !doubled) {
    const std::size_t value = alphabet.find(body[i]) * (doubled ? 2 : 1);
    sum += value / alphabet.size() + value % alphabet.size();
  }
  return alphabet[(alphabet.size() - sum % alphabet.size()) % alphabet.size()];
}

char canonical(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

std::string with_dash(std::string_view code) {
  return fmt::format("{}-{}", code.substr(0, group), code.substr(group));
}

}  // namespace

std::string code_of_bits(std::uint64_t bits) {
  std::string code(payload, alphabet.front());
  for (std::size_t i = payload; i-- > 0; bits /= alphabet.size()) {
    code[i] = alphabet[bits % alphabet.size()];
  }
  code += check_character(code);
  return with_dash(code);
}

std::uint64_t bits_of_code(std::string_view code) {
  std::uint64_t bits = 0;
  std::size_t taken = 0;
  for (const char each : code) {
    if (each == '-' || taken == payload) continue;
    bits = bits * alphabet.size() + alphabet.find(each);
    ++taken;
  }
  return bits;
}

std::string make_case_code(base::Chance& chance) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < payload; ++i) {
    bits = bits * alphabet.size() + chance.below(static_cast<std::uint32_t>(alphabet.size()));
  }
  return code_of_bits(bits);
}

std::optional<std::string> parse_case_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    const char known = canonical(c);
    if (alphabet.find(known) == std::string_view::npos) return std::nullopt;
    code += known;
  }
  if (code.size() != payload + 1) return std::nullopt;
  if (check_character(std::string_view(code).substr(0, payload)) != code.back()) {
    return std::nullopt;
  }
  return with_dash(code);
}

std::string make_last4(base::Chance& chance) {
  return fmt::format("{:04}", chance.below(10000));
}

}  // namespace wire
