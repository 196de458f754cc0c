#include "kiosk/law/citation.h"

#include <algorithm>
#include <array>
#include <optional>

#include "kiosk/law/numerals.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

constexpr string_view ordinal = "第";
constexpr string_view open_mark = "《";
constexpr string_view close_mark = "》";
constexpr std::size_t not_found = string_view::npos;
// The longest law name without 《》 has some thirty characters, the longest title some hundred.
constexpr std::size_t longest_words = 120;  // bytes
constexpr std::size_t longest_title = 600;  // bytes; nothing further back is looked at

bool skip(string_view text, std::size_t& at, string_view word) {
  if (text.substr(at, word.size()) != word) return false;
  at += word.size();
  return true;
}

std::optional<int> number_at(string_view text, std::size_t& at) {
  std::size_t end = at;
  for (std::size_t next = at; next < text.size(); end = next) {
    if (!is_numeral(base::next_character(text, next))) break;
  }
  const auto number = parse_number(text.substr(at, end - at));
  if (!number || *number == 0) return std::nullopt;
  at = end;
  return number;
}

// 第三十八条之一 at `at`, which moves behind it.
std::optional<ArticleNumber> article_at(string_view text, std::size_t& at) {
  std::size_t cursor = at;
  if (!skip(text, cursor, ordinal)) return std::nullopt;
  const auto number = number_at(text, cursor);
  if (!number || !skip(text, cursor, "条")) return std::nullopt;
  ArticleNumber article{*number, 0};
  std::size_t behind = cursor;
  if (skip(text, behind, "之")) {
    if (const auto branch = number_at(text, behind)) {
      article.branch = *branch;
      cursor = behind;
    }
  }
  at = cursor;
  return article;
}

// 第二款 at `at`, which moves behind it; 0 when there is none.
int paragraph_at(string_view text, std::size_t& at) {
  std::size_t cursor = at;
  if (!skip(text, cursor, ordinal)) return 0;
  const auto number = number_at(text, cursor);
  if (!number || !skip(text, cursor, "款")) return 0;
  at = cursor;
  return *number;
}

// Behind a closing bracket at the end of `text`: "《甲法》（2018年修正）" → "《甲法》".
string_view without_bracket_at_end(string_view text) {
  if (!text.ends_with("）") && !text.ends_with(")")) return text;
  int depth = 0;
  for (std::size_t at = text.size(); at > 0;) {
    at = base::previous_boundary(text, at);
    std::size_t next = at;
    const char32_t c = base::next_character(text, next);
    if (c == U'）' || c == U')') ++depth;
    if ((c == U'（' || c == U'(') && --depth == 0) return text.substr(0, at);
  }
  return text;
}

// The title whose 》 ends `text`; titles nest.
std::optional<string_view> title_at_end(string_view text) {
  text = without_bracket_at_end(text);
  if (!text.ends_with(close_mark)) return std::nullopt;
  int depth = 0;
  for (std::size_t at = text.size(); at > 0;) {
    at = base::previous_boundary(text, at);
    if (text.substr(at).starts_with(close_mark)) ++depth;
    if (text.substr(at).starts_with(open_mark) && --depth == 0) {
      const std::size_t begin = at + open_mark.size();
      return text.substr(begin, text.size() - close_mark.size() - begin);
    }
  }
  return std::nullopt;
}

constexpr std::array<string_view, 20> text_words{
    "法",   "条例",     "规定",     "办法",     "解释",     "决定",    "细则",
    "规则", "规范",     "意见",     "安排",     "批复",     "法典",    "章程",
    "准则", "实施条例", "实施细则", "实施办法", "暂行条例", "补充规定"};

// `text` ends in `pronoun` and the word for a text: 本法, 该条例.
bool ends_in_text(string_view text, string_view pronoun) {
  return std::any_of(text_words.begin(), text_words.end(), [&](string_view word) {
    if (!text.ends_with(word)) return false;
    return text.substr(0, text.size() - word.size()).ends_with(pronoun);
  });
}

// The words in front of a number, no further back than the clause.
string_view clause_before(string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && text.size() - begin < longest_words) {
    const std::size_t at = base::previous_boundary(text, begin);
    const string_view c = text.substr(at, begin - at);
    if (c == "，" || c == "。" || c == "；" || c == "：" || c == "\n" || c == close_mark) break;
    begin = at;
  }
  return text.substr(begin);
}

// The end of `text` that may hold a title and its brackets.
string_view reach(string_view text) {
  if (text.size() <= longest_title) return text;
  return text.substr(base::previous_boundary(text, text.size() - longest_title));
}

// What stands between two citations of one list.
bool joins(string_view between) {
  constexpr std::array<string_view, 12> words{"、",   "和", "或", "及",   "与",     "或者",
                                              "以及", "，", "；", "、和", "、或者", "并"};
  return std::find(words.begin(), words.end(), between) != words.end();
}

class Reader {
 public:
  explicit Reader(string_view text) : text_(text) {}

  std::vector<Citation> run() {
    for (std::size_t at = text_.find(ordinal); at != not_found; at = text_.find(ordinal, at)) {
      std::size_t end = at;
      if (const auto number = article_at(text_, end)) {
        add(at, end, *number);
        at = found_.back().end;
      } else {
        at += ordinal.size();
      }
    }
    return std::move(found_);
  }

 private:
  void add(std::size_t begin, std::size_t end, ArticleNumber number) {
    Citation citation;
    citation.begin = begin;
    citation.first = citation.last = number;
    name(citation);
    citation.paragraph = paragraph_at(text_, end);
    take_range(citation, end);
    citation.end = end;
    found_.push_back(citation);
    list_end_ = behind_details(end);
  }

  void take_range(Citation& citation, std::size_t& end) const {
    for (const string_view to : {"至", "到", "—", "－", "-"}) {
      std::size_t at = end;
      if (!skip(text_, at, to)) continue;
      const auto last = article_at(text_, at);
      if (!last || *last < citation.first) return;
      citation.last = *last;
      end = at;
      return;
    }
  }

  // Behind further paragraphs and items: 第三条第一款第二项、第三款.
  [[nodiscard]] std::size_t behind_details(std::size_t end) const {
    for (;;) {
      std::size_t at = end;
      for (const string_view join : {"、", "和", "或者", "或", "及"}) {
        if (skip(text_, at, join)) break;
      }
      if (!skip(text_, at, ordinal)) return end;
      skip(text_, at, "（");
      if (!number_at(text_, at)) return end;
      skip(text_, at, "）");
      if (!skip(text_, at, "款") && !skip(text_, at, "项") && !skip(text_, at, "目")) return end;
      end = at;
    }
  }

  void name(Citation& citation) {
    const string_view before = reach(text_.substr(0, citation.begin));
    if (!found_.empty() && list_end_ <= citation.begin &&
        joins(text_.substr(list_end_, citation.begin - list_end_))) {
      citation.cited = found_.back().cited;
      citation.name = found_.back().name;
    } else if (const auto title = title_at_end(before)) {
      citation.cited = Cited::title;
      citation.name = *title;
    } else if (ends_in_text(before, "本")) {
      citation.cited = Cited::itself;
    } else if (ends_in_text(before, "该") && last_named()) {
      citation.cited = last_named()->cited;
      citation.name = last_named()->name;
    } else {
      citation.name = clause_before(before);
    }
  }

  [[nodiscard]] const Citation* last_named() const {
    for (std::size_t i = found_.size(); i-- > 0;) {
      if (found_[i].cited != Cited::itself) return &found_[i];
    }
    return nullptr;
  }

  string_view text_;
  std::vector<Citation> found_;
  std::size_t list_end_ = 0;  // behind the last citation and its details
};

}  // namespace

std::vector<Citation> read_citations(string_view text) {
  return Reader(text).run();
}

std::vector<Alias> read_aliases(string_view text) {
  std::vector<Alias> aliases;
  constexpr std::array<string_view, 3> words{"以下简称", "以下称", "下称"};
  for (const string_view word : words) {
    for (std::size_t at = text.find(word); at != not_found; at = text.find(word, at)) {
      const std::size_t begin = at;
      at += word.size();
      string_view before = reach(text.substr(0, begin));
      if (!before.ends_with("（") && !before.ends_with("(")) continue;
      before.remove_suffix(before.ends_with("(") ? 1 : string_view("（").size());
      const auto title = title_at_end(before);
      string_view name = text.substr(at, longest_words);
      const std::size_t stop = std::min(name.find("）"), name.find(")"));
      if (!title || stop == not_found) continue;
      name = base::trim(name.substr(0, stop));
      for (const string_view mark : {"《", "“", "\"", "为"}) {
        if (name.starts_with(mark)) name.remove_prefix(mark.size());
      }
      for (const string_view mark : {"》", "”", "\""}) {
        if (name.ends_with(mark)) name.remove_suffix(mark.size());
      }
      if (!name.empty()) aliases.push_back({name, *title});
    }
  }
  return aliases;
}

}  // namespace law
