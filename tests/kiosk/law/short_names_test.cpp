#include "kiosk/law/short_names.h"

#include <doctest/doctest.h>

using law::Abbreviation;
using law::full_name;
using law::Kind;

TEST_CASE("Common short names are spelled out, also in front of 解释") {
  CHECK(full_name("民诉法") == "民事诉讼法");
  CHECK(full_name("民诉法解释") == "民事诉讼法解释");
  CHECK(full_name("借伞法") == "借伞法");
}

TEST_CASE("A law's name may leave characters out, but begins and ends as the law's does") {
  CHECK(Abbreviation("环保法").of("环境保护法", Kind::law));
  CHECK(Abbreviation("村委会组织法").of("村民委员会组织法", Kind::law));
  CHECK(Abbreviation("北京物业条例").of("北京市物业管理条例", Kind::local));
  CHECK_FALSE(Abbreviation("环保法").of("海洋环境保护法", Kind::law));
  CHECK_FALSE(Abbreviation("环保法").of("环境保护税法实施条例", Kind::regulation));
  CHECK_FALSE(Abbreviation("环法").possible());
  CHECK_FALSE(Abbreviation("环保怎么办").possible());
}

TEST_CASE("An interpretation is named by what it is about, and by its number") {
  constexpr std::string_view procedure = "最高人民法院关于适用民事诉讼法的解释";
  CHECK(Abbreviation("民事诉讼法解释").of(procedure, Kind::interpretation));
  CHECK_FALSE(Abbreviation("民法解释").of(procedure, Kind::interpretation));
  CHECK_FALSE(Abbreviation("民事诉讼法规定").of(procedure, Kind::interpretation));
  constexpr std::string_view loans = "最高人民法院关于审理民间借贷案件适用法律若干问题的规定";
  CHECK(Abbreviation("民间借贷规定").of(loans, Kind::interpretation));
  CHECK(Abbreviation("民间借贷司法解释").of(loans, Kind::interpretation));
  constexpr std::string_view family = "最高人民法院关于适用民法典婚姻家庭编的解释(一)";
  CHECK(Abbreviation("婚姻家庭编解释").of(family, Kind::interpretation));
  CHECK(Abbreviation("婚姻家庭编解释一").of(family, Kind::interpretation));
  CHECK(Abbreviation("婚姻家庭编的解释(一)").of(family, Kind::interpretation));
  CHECK_FALSE(Abbreviation("婚姻家庭编解释二").of(family, Kind::interpretation));
}

TEST_CASE("Broken and empty names shorten nothing") {
  for (const char* name : {"", "(一)", "\xFF\xFE", "法"}) {
    CHECK_FALSE(Abbreviation(name).of("环境保护法", Kind::law));
    CHECK_FALSE(Abbreviation("环保法").of(name, Kind::law));
  }
}
