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
    "我",       "你",       "他",       "她",       "吗",       "呢",     "吧",     "啊",
    "么",       "谁",       "想",       "了",       "的"};

struct ShortName {
  string_view name;
  string_view full;
};

// As courts and newspapers shorten them.
constexpr std::array<ShortName, 16> short_names{{
    {"民诉法", "民事诉讼法"},
    {"刑诉法", "刑事诉讼法"},
    {"行诉法", "行政诉讼法"},
    {"消法", "消费者权益保护法"},
    {"消保法", "消费者权益保护法"},
    {"消费者保护法", "消费者权益保护法"},
    {"治安处罚法", "治安管理处罚法"},
    {"治安法", "治安管理处罚法"},
    {"道交法", "道路交通安全法"},
    {"交通法", "道路交通安全法"},
    {"未保法", "未成年人保护法"},
    {"反家暴法", "反家庭暴力法"},
    {"劳动仲裁法", "劳动争议调解仲裁法"},
    {"个保法", "个人信息保护法"},
    {"土地承包法", "农村土地承包法"},
    {"复议法", "行政复议法"},
}};

// Where the article number at the end begins: over numerals, 第, 条, 之, '.' and blanks.
std::size_t number_begin(string_view query) {
  std::size_t begin = query.size();
  while (begin > 0) {
    const std::size_t previous = base::previous_boundary(query, begin);
    std::size_t at = previous;
    const char32_t c = base::next_character(query, at);
    const bool part = is_numeral(c) || c == U'第' || c == U'条' || c == U'之' || c == U'.' ||
                      c == U' ' || c == U'　';
    if (!part) break;
    begin = previous;
  }
  return begin;
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
  const std::size_t begin = number_begin(query);
  const auto article = parse_article_number(query.substr(begin));
  string_view name = base::trim(query.substr(0, begin));
  if (name.starts_with("《")) name.remove_prefix(string_view("《").size());
  if (name.ends_with("》")) name.remove_suffix(string_view("》").size());
  if (!article || base::count_characters(name) < 2) return std::nullopt;
  return CitationQuery{std::string(name), *article};
}

string_view full_name(string_view name) {
  const auto found = std::find_if(short_names.begin(), short_names.end(),
                                  [name](const ShortName& each) { return each.name == name; });
  return found == short_names.end() ? name : found->full;
}

}  // namespace law
