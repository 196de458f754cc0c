// What the files look like (both collections, checked on every line of them):
//
//   file    = [front] "# " title { line }            front = "---" … "---"
//   LawRefBook:  history lines up to <!-- INFO END -->, a second "# " is the part (民法典),
//                第三十八条 text
//   just-laws:   history lines begin with a date or 根据, 　**第三十八条**　text
//   article = number 条 [之 number] blank text    blanks: ASCII, U+3000, U+00A0, U+2002, U+200B
//           | number blank 条 text                eight lines of LawRefBook
//   A line that begins 第三人主张 or 第三十条第二款规定的 is neither.
//   83 files have no article: sections 一、, points 1., or plain text.
#include "kiosk/law/import/markdown.h"

#include <algorithm>
#include <array>
#include <optional>

#include "kiosk/law/import/lines.h"
#include "kiosk/law/numerals.h"
#include "platform/base/text.h"

namespace law {
namespace {

using base::ErrorKind;
using base::fail;
using std::string_view;

// A plain text is cut at the line that fills a piece: an article's worth of reading.
constexpr std::size_t plain_piece_bytes = 1'500;

struct UnitStart {
  ArticleNumber number;
  std::string label;
  string_view rest;
};

// "第三十八条之一　用人单位…"
std::optional<UnitStart> article_start(string_view line) {
  if (!line.starts_with("第")) return std::nullopt;
  std::size_t at = string_view("第").size();
  const std::size_t numerals = at;
  std::size_t next = at;
  while (next < line.size() && is_numeral(base::next_character(line, next))) at = next;
  const auto number = parse_number(line.substr(numerals, at - numerals));
  if (!number || *number == 0) return std::nullopt;
  string_view rest = base::trim(line.substr(at));
  const bool blank_before = rest.data() != line.data() + at;
  if (!rest.starts_with("条")) return std::nullopt;
  rest.remove_prefix(string_view("条").size());
  ArticleNumber article{*number, 0};
  if (rest.starts_with("之")) {
    std::size_t end = string_view("之").size();
    const std::size_t begin = end;
    for (std::size_t cursor = end; cursor < rest.size(); end = cursor) {
      if (!is_numeral(base::next_character(rest, cursor))) break;
    }
    const auto branch = parse_number(rest.substr(begin, end - begin));
    if (branch && *branch > 0) {
      article.branch = *branch;
      rest.remove_prefix(end);
    }
  }
  const string_view text = base::trim(rest);
  const bool blank_behind = rest.empty() || text.data() != rest.data();
  if (!blank_behind && !blank_before) return std::nullopt;
  return UnitStart{article, article_label(article), text};
}

// "一、…", "十二、…"
std::optional<UnitStart> section_start(string_view line) {
  std::size_t end = 0;
  for (std::size_t next = 0; next < line.size(); end = next) {
    if (!is_numeral(base::next_character(line, next))) break;
  }
  const bool ascii = !line.empty() && line[0] >= '0' && line[0] <= '9';
  if (end == 0 || ascii || !line.substr(end).starts_with("、")) return std::nullopt;
  const std::size_t label = end + string_view("、").size();
  return UnitStart{{}, std::string(line.substr(0, label)), base::trim(line.substr(label))};
}

// "3.…", "12．…", "3、…"
std::optional<UnitStart> point_start(string_view line) {
  const std::size_t digits = line.find_first_not_of("0123456789");
  if (digits == 0 || digits == string_view::npos || digits > 3) return std::nullopt;
  for (const string_view mark : {string_view("."), string_view("．"), string_view("、")}) {
    if (!line.substr(digits).starts_with(mark)) continue;
    const string_view rest = line.substr(digits + mark.size());
    if (!rest.empty() && rest[0] >= '0' && rest[0] <= '9') return std::nullopt;  // 2.5 米
    return UnitStart{{}, std::string(line.substr(0, digits)) + ".", base::trim(rest)};
  }
  return std::nullopt;
}

enum class Cut { articles, sections, points, plain };

Cut choose_cut(const std::vector<Line>& lines, FileRole role) {
  int sections = 0;
  int points = 0;
  for (const Line& each : lines) {
    if (each.level > 0) continue;
    if (role != FileRole::told && article_start(each.text)) return Cut::articles;
    sections += section_start(each.text) ? 1 : 0;
    points += point_start(each.text) ? 1 : 0;
  }
  if (sections >= 2) return Cut::sections;
  return points >= 2 ? Cut::points : Cut::plain;
}

std::optional<UnitStart> unit_start(Cut cut, string_view line) {
  switch (cut) {
    case Cut::articles: return article_start(line);
    case Cut::sections: return section_start(line);
    case Cut::points: return point_start(line);
    case Cut::plain: break;
  }
  return std::nullopt;
}

class Builder {
 public:
  Builder(LawText& text, Cut cut) : text_(text), cut_(cut) {}

  void heading(int level, string_view title) {
    while (heading_ >= 0 && text_.headings[index(heading_)].level >= level) {
      heading_ = text_.headings[index(heading_)].parent;
    }
    text_.headings.push_back({heading_, level, std::string(title)});
    heading_ = static_cast<int>(text_.headings.size()) - 1;
    open_ = false;
  }

  void line(string_view line) {
    if (auto start = unit_start(cut_, line)) {
      text_.units.push_back(
          {start->number, std::move(start->label), std::string(start->rest), heading_});
      open_ = true;
      return;
    }
    const bool full =
        cut_ == Cut::plain && open_ && text_.units.back().text.size() > plain_piece_bytes;
    if (!open_ || full) {
      text_.units.push_back({{}, plain_label(), {}, heading_});
      open_ = true;
    }
    std::string& unit = text_.units.back().text;
    if (!unit.empty()) unit += '\n';
    unit += line;
  }

 private:
  static std::size_t index(int heading) { return static_cast<std::size_t>(heading); }

  // Text that belongs to no article: 序言, 附件一, what a court says before its first article.
  [[nodiscard]] std::string plain_label() const {
    if (heading_ >= 0) return text_.headings[index(heading_)].title;
    return cut_ == Cut::plain ? "正文" : "引言";
  }

  LawText& text_;
  Cut cut_;
  int heading_ = -1;
  bool open_ = false;
};

// just-laws has no end mark: history is what stands between title and text and begins with a day.
bool is_history(string_view line) {
  if (line.starts_with("根据")) line.remove_prefix(string_view("根据").size());
  std::size_t at = 0;
  int digits = 0;
  while (at < line.size() && line[at] >= '0' && line[at] <= '9') ++at, ++digits;
  return digits == 4 && base::trim(line.substr(at)).starts_with("年");
}

// Takes the title and the history off the front of `lines`.
base::Result<void> take_head(std::vector<Line>& lines, bool marked_end, LawText& text) {
  const auto title =
      std::find_if(lines.begin(), lines.end(), [](const Line& each) { return each.level == 1; });
  if (title == lines.end() || title->text.empty()) return fail(ErrorKind::invalid, "no_title");
  text.title = title->text;
  std::vector<Line> body;
  bool in_head = true;
  for (auto each = title + 1; each != lines.end(); ++each) {
    if (each->info_end) {
      in_head = false;
    } else if (!in_head) {
      body.push_back(std::move(*each));
    } else if (each->level > 0) {
      if (!marked_end) in_head = false;
      body.push_back(std::move(*each));
    } else if (marked_end || is_history(each->text)) {
      text.history.push_back(std::move(each->text));
    } else {
      in_head = false;
      body.push_back(std::move(*each));
    }
  }
  lines = std::move(body);
  return {};
}

}  // namespace

std::size_t LawText::count_articles() const {
  return static_cast<std::size_t>(std::count_if(
      units.begin(), units.end(), [](const Unit& each) { return each.number.number > 0; }));
}

std::string LawText::path(int heading, string_view separator) const {
  std::string path;
  for (int at = heading; at >= 0; at = headings[static_cast<std::size_t>(at)].parent) {
    const std::string& name = headings[static_cast<std::size_t>(at)].title;
    path = path.empty() ? name : name + std::string(separator) + path;
  }
  return path;
}

std::string read_title(string_view markdown) {
  for (const Line& each : read_lines(markdown).lines) {
    if (each.level == 1) return each.text;
  }
  return {};
}

base::Result<LawText> read_law_text(string_view markdown, FileRole role) {
  if (markdown.find('\0') != string_view::npos) return fail(ErrorKind::invalid, "binary");
  if (!base::valid_utf8(markdown)) return fail(ErrorKind::invalid, "not_utf8");
  LawText text;
  CleanLines clean = read_lines(markdown);
  text.unreadable = clean.unreadable;
  const bool marked_end = std::any_of(clean.lines.begin(), clean.lines.end(),
                                      [](const Line& each) { return each.info_end; });
  if (role != FileRole::part) TRY(take_head(clean.lines, marked_end, text));
  Builder builder(text, choose_cut(clean.lines, role));
  for (const Line& each : clean.lines) {
    if (each.info_end) continue;
    if (each.level > 0) {
      builder.heading(each.level, each.text);
    } else {
      builder.line(each.text);
    }
  }
  return text;
}

void append_part(LawText& text, LawText part) {
  const int offset = static_cast<int>(text.headings.size());
  for (Heading& each : part.headings) {
    if (each.parent >= 0) each.parent += offset;
    text.headings.push_back(std::move(each));
  }
  for (Unit& each : part.units) {
    if (each.heading >= 0) each.heading += offset;
    text.units.push_back(std::move(each));
  }
  text.unreadable += part.unreadable;
}

}  // namespace law
