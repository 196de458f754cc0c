#include "kiosk/wire/case_code.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/support/world.h"

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

TEST_CASE("a case code reads back as itself, however it is typed") {
  test::SeededChance chance;
  for (int i = 0; i < 500; ++i) {
    const std::string code = wire::make_case_code(chance);
    CHECK(code.size() == 11);
    CHECK(wire::parse_case_code(code) == code);
    std::string typed = " " + code + " ";
    std::replace(typed.begin(), typed.end(), '-', ' ');
    std::replace(typed.begin(), typed.end(), '0', 'o');
    std::replace(typed.begin(), typed.end(), '1', i % 2 == 0 ? 'l' : 'I');
    for (char& c : typed) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    CHECK(wire::parse_case_code(typed) == code);
  }
}

TEST_CASE("every single wrong character in a case code is found") {
  test::SeededChance chance;
  for (int i = 0; i < 20; ++i) {
    const std::string code = wire::make_case_code(chance);
    for (std::size_t at = 0; at < code.size(); ++at) {
      if (code[at] == '-') continue;
      for (const char other : alphabet) {
        if (other == code[at]) continue;
        std::string wrong = code;
        wrong[at] = other;
        CHECK_FALSE(wire::parse_case_code(wrong));
      }
    }
  }
}

TEST_CASE("two neighbours typed in the wrong order are found, but for 0 and Z") {
  test::SeededChance chance;
  for (int i = 0; i < 200; ++i) {
    const std::string code = wire::make_case_code(chance);
    for (std::size_t at = 0; at + 1 < code.size(); ++at) {
      const std::set<char> pair{code[at], code[at + 1]};
      if (pair.size() == 1 || pair.contains('-') || pair == std::set<char>{'0', 'Z'}) continue;
      std::string wrong = code;
      std::swap(wrong[at], wrong[at + 1]);
      CHECK_FALSE(wire::parse_case_code(wrong));
    }
  }
}

TEST_CASE("what is too short, too long or of other letters is no case code") {
  for (const std::string_view typed : {"", "-", "7K4M2-9QXR", "7K4M2-9QXRCC", "7K4M2-9QXRU",
                                       "7K4M2_9QXRC", "办理码7K4M29", "\xff\xfe"}) {
    CHECK_FALSE(wire::parse_case_code(typed));
  }
}

TEST_CASE("case codes do not repeat and the four digits are always four") {
  test::SeededChance chance;
  std::set<std::string> codes;
  for (int i = 0; i < 2000; ++i) {
    codes.insert(wire::make_case_code(chance));
    const std::string last4 = wire::make_last4(chance);
    CHECK(last4.size() == 4);
    CHECK(std::all_of(last4.begin(), last4.end(), [](char c) { return c >= '0' && c <= '9'; }));
  }
  CHECK(codes.size() == 2000);
}

}  // namespace
