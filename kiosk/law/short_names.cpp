#include "kiosk/law/short_names.h"

#include <algorithm>
#include <array>

#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;
using std::u32string_view;

// Two characters may be anything; the longest in use have some twelve.
constexpr std::size_t shortest = 3;
constexpr std::size_t longest = 20;
// What an interpretation is about is named in one piece: 民间借贷规定, not 民规定.
constexpr std::size_t shortest_subject = 3;
// Said of any text of a court, whatever its title ends with.
constexpr u32string_view court_text = U"司法解释";

struct ShortName {
  string_view name;
  string_view full;
};

// As courts and newspapers shorten them.
constexpr std::array<ShortName, 20> short_names{{
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
    {"家暴法", "反家庭暴力法"},
    {"房地产法", "城市房地产管理法"},
    {"居委会组织法", "城市居民委员会组织法"},
    {"公积金条例", "住房公积金管理条例"},
}};

// What a name can end with: a question does not.
bool ends_like_law(u32string_view name) {
  constexpr std::array endings{U"法",   U"条例", U"法典", U"规定",
                               U"办法", U"解释", U"细则", U"规则"};
  return std::ranges::any_of(endings, [name](u32string_view each) { return name.ends_with(each); });
}

// "解释(一)", "解释一" → "解释", and which one it is.
struct Numbered {
  std::u32string words;
  std::u32string number;
};
Numbered numbered(string_view name) {
  std::u32string words = base::decode_utf8(name);
  std::erase_if(words, [](char32_t c) { return c == U'(' || c == U')'; });
  const std::size_t end = words.find_last_not_of(U"一二三四五六七八九十") + 1;
  std::u32string number = words.substr(end);
  words.resize(end);
  return {std::move(words), std::move(number)};
}

bool holds_in_order(u32string_view title, u32string_view name) {
  std::size_t at = 0;
  for (const char32_t c : name) {
    at = title.find(c, at);
    if (at == u32string_view::npos) return false;
    ++at;
  }
  return true;
}

// Behind the subject, said in one piece, the title goes on with the rest of the name.
bool is_about(u32string_view title, u32string_view name) {
  if (name.ends_with(court_text)) {
    return title.find(name.substr(0, name.size() - court_text.size())) != u32string_view::npos;
  }
  if (title.back() != name.back()) return false;
  for (std::size_t length = name.size() - 1; length >= shortest_subject; --length) {
    const std::size_t at = title.find(name.substr(0, length));
    if (at == u32string_view::npos) continue;
    return holds_in_order(title.substr(at + length), name.substr(length));
  }
  return false;
}

}  // namespace

std::string full_name(string_view name) {
  for (const ShortName& each : short_names) {
    if (name == each.name) return std::string(each.full);
  }
  for (const ShortName& each : short_names) {
    if (!name.starts_with(each.name)) continue;
    const string_view rest = name.substr(each.name.size());
    if (rest.starts_with("解释") || rest.starts_with("司法解释")) {
      return std::string(each.full) + std::string(rest);
    }
  }
  return std::string(name);
}

Abbreviation::Abbreviation(string_view name) {
  Numbered own = numbered(name);
  words_ = std::move(own.words);
  number_ = std::move(own.number);
}

bool Abbreviation::possible() const {
  return words_.size() >= shortest && words_.size() <= longest && ends_like_law(words_);
}

bool Abbreviation::of(string_view title, Kind kind) const {
  if (!possible()) return false;
  const Numbered own = numbered(title);
  if (own.words.empty()) return false;
  // 婚姻家庭编解释 means any of them, 婚姻家庭编解释二 only the second.
  if (!number_.empty() && number_ != own.number) return false;
  if (kind == Kind::interpretation) return is_about(own.words, words_);
  return words_.front() == own.words.front() && words_.back() == own.words.back() &&
         holds_in_order(own.words, words_);
}

}  // namespace law
