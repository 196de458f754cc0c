#include "kiosk/service/contact.h"

#include <doctest/doctest.h>

namespace {

std::string phone(std::string_view typed) {
  const auto parsed = service::parse_phone(typed);
  return parsed ? *parsed : parsed.error().code;
}

std::string name(std::string_view typed) {
  const auto parsed = service::parse_name(typed);
  return parsed ? *parsed : parsed.error().code;
}

std::string reach(std::string_view typed) {
  const auto parsed = service::parse_reach(typed);
  return parsed ? *parsed : parsed.error().code;
}

}  // namespace

TEST_CASE("Mobile numbers, landlines and numbers from abroad are all accepted") {
  CHECK(phone("13800001234") == "13800001234");
  CHECK(phone("138 0000 1234") == "13800001234");
  CHECK(phone("+86 138-0000-1234") == "13800001234");
  CHECK(phone("(010) 6301-6301") == "01063016301");
  CHECK(phone("0755 8888888") == "07558888888");
  CHECK(phone("+852 9123 4567") == "0085291234567");
  CHECK(phone("00886 912 345 678") == "00886912345678");
}

TEST_CASE("A phone number that cannot be one is named by what is wrong with it") {
  CHECK(phone("") == "phone_missing");
  CHECK(phone("  ") == "phone_missing");
  CHECK(phone("138o0001234") == "phone_characters");
  CHECK(phone("1380000123") == "phone_short");
  CHECK(phone("138000012345") == "phone_long");
  CHECK(phone("010630163") == "phone_short");
  CHECK(phone("0106301630112") == "phone_long");
  CHECK(phone("+852123") == "phone_short");
  CHECK(phone("63016301") == "phone_form");
  CHECK(phone("138+0001234") == "phone_characters");
}

TEST_CASE("Names of every script are accepted, control characters are not") {
  CHECK(name("  王小明 ") == "王小明");
  CHECK(name("Anna-Lena O'Neill") == "Anna-Lena O'Neill");
  CHECK(name("买买提·阿不都热合曼") == "买买提·阿不都热合曼");
  CHECK(name("𠮷野") == "𠮷野");
  CHECK(name("") == "name_missing");
  CHECK(name("\xE3\x80\x80") == "name_missing");  // an ideographic blank
  CHECK(name("two\nlines") == "name_characters");
  CHECK(name("broken \xFF") == "name_characters");
}

TEST_CASE("A name has sixty characters at most, counted as people count") {
  std::string sixty;
  for (int i = 0; i < 60; ++i) sixty += "王";
  CHECK(name(sixty) == sixty);
  CHECK(name(sixty + "王") == "name_long");
}

TEST_CASE("Any words may say how to reach somebody else, but not none and not too many") {
  CHECK(reach(" 对门 402 室 ") == "对门 402 室");
  CHECK(reach("138") == "138");
  CHECK(reach("  ") == "contact_missing");
  CHECK(reach("broken \xFF") == "answer_characters");
  CHECK(reach(std::string(120, 'x')) == std::string(120, 'x'));
  CHECK(reach(std::string(121, 'x')) == "answer_long");
}

TEST_CASE("The last four digits are taken from what was understood") {
  CHECK(service::last_four("13800001234") == "1234");
}
