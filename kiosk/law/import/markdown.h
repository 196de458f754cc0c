// One markdown file of a collection → a law text: title, history, chapters, articles. Knows both
// real layouts' habits (listed in markdown.cpp), no folders, no archive, no other file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/law.h"
#include "platform/base/result.h"

namespace law {

struct Heading {
  int parent = -1;  // index into LawText::headings; -1 at the top
  int level = 1;    // depth as marked in the file, 1 to 6
  std::string title;
};

// An article, or in a text without articles a section, a numbered point or the plain text.
struct Unit {
  ArticleNumber number;
  std::string label;  // "第三十八条", "一、", "3.", "序言", "附件一", "正文"
  std::string text;   // lines divided by '\n', see paragraphs()
  int heading = -1;   // index into LawText::headings
};

struct LawText {
  std::string title;                 // as set in the file: "中华人民共和国民法典"
  std::vector<std::string> history;  // adopted, amended, published, in force: one line each
  std::vector<Heading> headings;
  std::vector<Unit> units;
  int unreadable = 0;  // private-use characters, each shown as 〓

  [[nodiscard]] std::size_t count_articles() const;  // units with a number
  // "第一编 总则 / 第二章 自然人", joined by `separator`.
  [[nodiscard]] std::string path(int heading, std::string_view separator) const;
};

enum class FileRole {
  whole,  // begins with the title of the law
  part,   // a piece of a law whose title stands in another file: every heading is a chapter
  told,   // as `whole`, of a case: it quotes articles and has none of its own
};

// invalid: "not_utf8", "binary", "no_title" (index pages). The units are empty when the file holds
// a title and nothing else.
base::Result<LawText> read_law_text(std::string_view markdown, FileRole role = FileRole::whole);

// The title alone: the first "# …" line behind the front matter; "" when there is none.
std::string read_title(std::string_view markdown);

// Puts a part behind what is there.
void append_part(LawText& text, LawText part);

}  // namespace law
