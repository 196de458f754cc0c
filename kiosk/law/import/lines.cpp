#include "kiosk/law/import/lines.h"

#include <algorithm>

#include "kiosk/law/numerals.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

constexpr string_view unreadable_mark = "〓";  // U+3013, the printer's mark for a missing sign

bool is_private(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

bool is_odd_blank(char32_t c) {
  return c == '\t' || c == 0xA0 || (c >= 0x2002 && c <= 0x200A) || c == 0x202F;
}

// Characters without a picture: zero-width signs, byte order marks, controls, and the signs that
// turn the order of what follows around on a phone.
bool is_invisible(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

std::string clean_characters(string_view line, int& unreadable) {
  std::string text;
  text.reserve(line.size());
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = at;
    const char32_t c = base::next_character(line, at);
    if (is_private(c)) {
      text += unreadable_mark;
      ++unreadable;
    } else if (is_odd_blank(c)) {
      text += ' ';
    } else if (!is_invisible(c)) {
      text += line.substr(begin, at - begin);
    }
  }
  return text;
}

// <td>1.5</td> → "1.5"; a lone '<' that opens no tag stays.
std::string without_tags(const std::string& line) {
  std::string text;
  std::size_t close = line.find('>');  // the first one that is not behind us; npos: none is left
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '<' && close != std::string::npos && close < at) close = line.find('>', at);
    const char after = at + 1 < line.size() ? line[at + 1] : ' ';
    const bool tag = line[at] == '<' && close != std::string::npos && close > at &&
                     (after == '/' || after == '!' || (after >= 'a' && after <= 'z'));
    if (!tag) {
      text += line[at];
      continue;
    }
    if (!text.empty() && text.back() != ' ') text += ' ';
    at = close;
  }
  return text;
}

// "| 一级 | 3% |" → "一级　3%"; the frame line gives "".
std::string table_row(const std::string& line) {
  if (line.find_first_not_of("|-: ") == std::string::npos) return {};
  std::string row;
  for (const string_view cell : base::split(line, '|')) {
    const string_view words = base::trim(cell);
    if (words.empty()) continue;
    if (!row.empty()) row += "　";
    row += words;
  }
  return row;
}

// "第一编　总 则" → "第一编 总则": the blank in the words is typography.
std::string numbered_heading(string_view title) {
  if (!title.starts_with("第")) return std::string(title);
  std::size_t at = string_view("第").size();
  for (std::size_t next = at; next < title.size(); at = next) {
    if (!is_numeral(base::next_character(title, next))) break;
  }
  for (const string_view part : {"编", "分编", "章", "节", "部分"}) {
    if (!title.substr(at).starts_with(part)) continue;
    at += part.size();
    std::string words(title.substr(at));
    words = base::replace_all(words, " ", "");
    words = base::replace_all(words, "　", "");
    return std::string(title.substr(0, at)) + (words.empty() ? "" : " ") + words;
  }
  return std::string(title);
}

int heading_level(string_view line) {
  const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
  if (marks == 0 || marks > 6) return 0;
  return marks == line.size() || line[marks] == ' ' ? static_cast<int>(marks) : 0;
}

// Front matter stands between "---" lines at the very start.
void skip_front_matter(string_view& markdown) {
  if (markdown.starts_with("\xEF\xBB\xBF")) markdown.remove_prefix(3);
  if (!markdown.starts_with("---\n") && !markdown.starts_with("---\r\n")) return;
  const std::size_t end = markdown.find("\n---", 3);
  if (end == string_view::npos) return;
  const std::size_t line_end = markdown.find('\n', end + 1);
  markdown = line_end == string_view::npos ? string_view{} : markdown.substr(line_end + 1);
}

class Cleaner {
 public:
  void line(string_view raw) {
    if (raw.find("<style") != string_view::npos) in_style_ = true;
    const bool style = in_style_;
    if (raw.find("</style>") != string_view::npos) in_style_ = false;
    if (style) return;
    if (raw.find("<!-- INFO END") != string_view::npos) {
      result.lines.push_back({{}, 0, true});
      return;
    }
    std::string text = clean_characters(raw, result.unreadable);
    if (text.find('<') != std::string::npos) text = without_tags(text);
    text = base::replace_all(text, "**", "");
    string_view words = base::trim(text);
    while (words.starts_with("> ")) words = base::trim(words.substr(2));
    if (words.size() > 2 && words.starts_with('*') && words.ends_with('*')) {
      words = words.substr(1, words.size() - 2);
    }
    add(words);
  }

  CleanLines result;

 private:
  void add(string_view words) {
    if (const int level = heading_level(words); level > 0) {
      words = base::trim(words.substr(static_cast<std::size_t>(level)));
      if (!words.empty()) result.lines.push_back({numbered_heading(words), level});
      return;
    }
    std::string text = words.starts_with('|') ? table_row(std::string(words)) : std::string(words);
    if (!text.empty()) result.lines.push_back({std::move(text)});
  }

  bool in_style_ = false;
};

}  // namespace

CleanLines read_lines(string_view markdown) {
  skip_front_matter(markdown);
  Cleaner cleaner;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    cleaner.line(markdown.substr(0, end));
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
  }
  return std::move(cleaner.result);
}

}  // namespace law
