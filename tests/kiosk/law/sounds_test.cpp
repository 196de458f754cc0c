#include "kiosk/law/sounds.h"

#include <doctest/doctest.h>

#include <map>

using law::Homophones;
using law::match_pinyin;
using law::PinyinMatch;
using law::Slip;

namespace {

const std::vector<std::string> law_names = {"劳动合同法", "劳动合同法实施条例", "劳动法", "民法典",
                                            "行政处罚法", "银行业监督管理法",   "律师法"};

// A library in which words occur as often as told and nothing else occurs.
law::Occurrences counted(std::map<std::string, std::uint64_t, std::less<>> words) {
  return [words = std::move(words)](std::string_view word) -> std::uint64_t {
    const auto found = words.find(word);
    return found == words.end() ? 0 : found->second;
  };
}

const std::vector<std::string> vocabulary = {"押金", "工资", "公证", "公正", "劳动合同", "提供"};

}  // namespace

TEST_CASE("a law is named by the first letters of its pinyin") {
  CHECK(match_pinyin("劳动合同法", "ldhtf") == PinyinMatch::whole);
  CHECK(match_pinyin("劳动合同法", "LDHTF") == PinyinMatch::whole);
  CHECK(match_pinyin("劳动合同法实施条例", "ldhtf") == PinyinMatch::begins);
  CHECK(match_pinyin("民法典", "ldhtf") == PinyinMatch::none);
}

TEST_CASE("a law is named by its full pinyin, with or without blanks, and by a mixture") {
  CHECK(match_pinyin("劳动合同法", "laodonghetongfa") == PinyinMatch::whole);
  CHECK(match_pinyin("劳动合同法", "lao dong he tong fa") == PinyinMatch::whole);
  CHECK(match_pinyin("劳动合同法", "laodonghtf") == PinyinMatch::whole);
  CHECK(match_pinyin("治安管理处罚法", "zhagl") == PinyinMatch::begins);
}

TEST_CASE("while a syllable is being typed the law already matches") {
  CHECK(match_pinyin("劳动合同法", "laod") == PinyinMatch::begins);
  CHECK(match_pinyin("劳动合同法", "laodonghet") == PinyinMatch::begins);
  CHECK(match_pinyin("劳动合同法", "laodonghex") == PinyinMatch::none);
}

TEST_CASE("a character with several readings matches by each") {
  CHECK(match_pinyin("行政处罚法", "xzcff") == PinyinMatch::whole);
  CHECK(match_pinyin("银行业监督管理法", "yhyjdglf") == PinyinMatch::whole);
}

TEST_CASE("signs in a name do not count, and one letter names nothing") {
  CHECK(match_pinyin("土地管理法（修正）", "tdglfxz") == PinyinMatch::whole);
  CHECK(match_pinyin("律师法", "l") == PinyinMatch::none);
  CHECK(match_pinyin("律师法", "") == PinyinMatch::none);
  CHECK(match_pinyin("律师法", "老板") == PinyinMatch::none);
}

TEST_CASE("whole names come first, then the shorter ones, and no more than asked for") {
  CHECK(law::names_by_pinyin(law_names, "ldhtf", 9) == std::vector<std::size_t>{0, 1});
  CHECK(law::names_by_pinyin(law_names, "ld", 9) == std::vector<std::size_t>{2, 0, 1});
  CHECK(law::names_by_pinyin(law_names, "ld", 1) == std::vector<std::size_t>{2});
  CHECK(law::names_by_pinyin(law_names, "xyz", 9).empty());
}

TEST_CASE("a word written with the wrong characters is understood by its sound") {
  const Homophones words(vocabulary);
  const auto count = counted({{"押金", 12}, {"工资", 241}, {"劳动合同", 900}});
  CHECK(words.slips("房东不退压金", count) == std::vector<Slip>{{"压金", "押金"}});
  CHECK(words.slips("老动和同没签", count) == std::vector<Slip>{{"老动和同", "劳动合同"}});
  CHECK(law::without_slips("房东不退压金", words.slips("房东不退压金", count)) == "房东不退押金");
}

TEST_CASE("a word of the law is never taken for a slip of another") {
  const Homophones words(vocabulary);
  const auto count = counted({{"公证", 800}, {"公正", 2}});
  CHECK(words.slips("公正审理", count).empty());
}

TEST_CASE("what the library itself says often is no slip") {
  const Homophones words(vocabulary);
  CHECK(words.slips("公政", counted({{"公证", 90}, {"公正", 3}, {"公政", 9}})) ==
        std::vector<Slip>{{"公政", "公证"}});
  CHECK(words.slips("公政", counted({{"公证", 90}, {"公正", 3}, {"公政", 10}})).empty());
}

TEST_CASE("characters that belong to their neighbours are no slip: 提供资料 holds no 工资") {
  const Homophones words(vocabulary);
  CHECK(words.slips("提供资料", counted({{"工资", 241}, {"供资", 20}, {"资料", 300}})).empty());
  const Homophones wages({{"工资"}});
  CHECK(wages.slips("提供资料", counted({{"工资", 241}, {"提供", 700}, {"资料", 300}})).empty());
  CHECK(wages.slips("拖欠供资", counted({{"工资", 241}})) == std::vector<Slip>{{"供资", "工资"}});
}

TEST_CASE("a word the library does not have corrects nothing") {
  const Homophones words(vocabulary);
  CHECK(words.slips("房东不退压金", counted({})).empty());
  CHECK(words.slips("", counted({{"押金", 12}})).empty());
}
