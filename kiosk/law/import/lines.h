// Markdown down to clean lines: no front matter, comments, emphasis, tags, table frames, odd
// blanks. Knows nothing of laws.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace law {

struct Line {
  std::string text;       // trimmed; never empty unless info_end
  int level = 0;          // of a heading, 1 to 6; 0 for text
  bool info_end = false;  // LawRefBook's <!-- INFO END -->
};

struct CleanLines {
  std::vector<Line> lines;
  int unreadable = 0;  // private-use characters (a font's own signs), each replaced by 〓
};

// Headings without words are left out; the blank inside "总 则" of a numbered heading goes too.
CleanLines read_lines(std::string_view markdown);

}  // namespace law
