#include "kiosk/law/query.h"

#include <algorithm>
#include <array>

#include "kiosk/law/lay_words.h"
#include "kiosk/law/numerals.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

constexpr double legal_word_weight = 0.5;

// Longer ones first: 怎么办 before 怎么.
constexpr std::array question_words{
    "可不可以", "能不能够", "应不应该", "该怎么办", "会不会被", "是不是", "能不能", "会不会",
    "要不要",   "有没有",   "算不算",   "该不该",   "怎么办",   "怎么样", "为什么", "什么样",
    "多长时间", "是什么",   "有哪些",   "哪一个",   "请问",     "是否",   "能否",   "可否",
    "怎么",     "怎样",     "如何",     "什么",     "哪些",     "哪个",   "哪里",   "多久",
    "多少",     "应该",     "可以",     "需要",     "如果",     "的话",   "我们",   "自己",
    "你好",     "您好",     "谢谢",     "我",       "你",       "他",     "她",     "吗",
    "呢",       "吧",       "啊",       "么",       "谁",       "想",     "了",     "的"};

// What may stand in or between the article numbers at the end of a citation.
bool belongs_to_number(char32_t c) {
  constexpr std::u32string_view signs = U"第条之. 　、，,-~－—至到和与及§";
  return is_numeral(c) || signs.find(c) != std::u32string_view::npos;
}

// Where the article numbers at the end begin; a numeral in front of the first 第 belongs to the
// name (…的解释一第三条).
std::size_t number_begin(string_view query) {
  std::size_t begin = query.size();
  while (begin > 0) {
    const std::size_t previous = base::previous_boundary(query, begin);
    std::size_t at = previous;
    if (!belongs_to_number(base::next_character(query, at))) break;
    begin = previous;
  }
  const std::size_t first = query.find("第", begin);
  return first == string_view::npos ? begin : first;
}

// Takes 第二款, （三）项, 3项 off the end, and what joined it to one behind it; false when there is
// none.
bool take_detail(string_view& query) {
  string_view rest = base::trim(query);
  const auto take = [&rest](std::initializer_list<string_view> endings) {
    for (const string_view each : endings) {
      if (!rest.ends_with(each)) continue;
      rest.remove_suffix(each.size());
      rest = base::trim(rest);
      return true;
    }
    return false;
  };
  take({"、", "，", ",", "和", "与", "及", "或"});
  if (!take({"款", "项", "目"})) return false;
  take({"）", ")"});
  std::size_t begin = rest.size();
  while (begin > 0) {
    const std::size_t previous = base::previous_boundary(rest, begin);
    std::size_t at = previous;
    if (!is_numeral(base::next_character(rest, at))) break;
    begin = previous;
  }
  if (begin == rest.size()) return false;
  rest = base::trim(rest.substr(0, begin));
  take({"（", "("});
  take({"第"});
  query = rest;
  return true;
}

// The first of 第1165、1166条, 第三条至第五条, without the blanks in 第 1165 条.
std::string first_number(string_view numbers) {
  for (const string_view sign :
       {"、", "，", ",", "-", "~", "－", "—", "至", "到", "和", "与", "及"}) {
    while (numbers.starts_with(sign)) numbers.remove_prefix(sign.size());
    numbers = numbers.substr(0, numbers.find(sign));
  }
  std::string number = base::replace_all(numbers, "§", "");
  for (const string_view part : {"第", "条", "之"}) {
    for (const string_view blank : {" ", "　"}) {
      number = base::replace_all(number, std::string(part) + std::string(blank), part);
      number = base::replace_all(number, std::string(blank) + std::string(part), part);
    }
  }
  return number;
}

}  // namespace

std::string without_question_words(string_view query) {
  std::string text(query);
  for (const string_view word : question_words) text = base::replace_all(text, word, " ");
  return base::trim(text).empty() ? std::string(query) : text;
}

std::vector<WeightedTerm> question_terms(string_view query) {
  std::vector<WeightedTerm> weighted;
  std::vector<Term> terms;
  const auto add = [&](string_view words, double weight) {
    terms.clear();
    append_terms(words, terms);
    for (const Term each : terms) weighted.push_back({each, weight});
  };
  add(without_question_words(query), 1);
  for (const string_view words : legal_words(query)) add(words, legal_word_weight);
  return merged(std::move(weighted));
}

std::optional<CitationQuery> parse_citation(string_view query) {
  query = base::trim(query);
  while (take_detail(query)) {
  }
  const std::size_t begin = number_begin(query);
  const auto article = parse_article_number(first_number(query.substr(begin)));
  string_view name = base::trim(query.substr(0, begin));
  if (name.starts_with("《")) name.remove_prefix(string_view("《").size());
  if (name.ends_with("》")) name.remove_suffix(string_view("》").size());
  if (!article || base::count_characters(name) < 2) return std::nullopt;
  return CitationQuery{std::string(name), *article};
}

}  // namespace law
