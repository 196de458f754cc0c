// Line breaking for Chinese and Latin text in one paragraph. Pure: widths come from the caller.
// Rules: break between Han characters, at blanks between words; no line starts with closing
// punctuation and none ends with an opening one (GB/T 15834-2011, 5.1; look: Type).
#pragma once

#include <functional>
#include <string_view>
#include <vector>

namespace ui {

struct Line {
  std::size_t begin = 0;  // byte offsets into the text
  std::size_t end = 0;    // without the blank or newline the line was broken at
  float width = 0;
};

// `advance` gives one character's width in the unit of `width`. '\n' ends a line.
// An empty text has one empty line. A word wider than the line is broken inside.
std::vector<Line> break_lines(std::string_view text, float width,
                              const std::function<float(char32_t)>& advance);

// Some line of `text` ends inside a word of letters or digits: the lines are too short for it.
bool breaks_a_word(std::string_view text, const std::vector<Line>& lines);

}  // namespace ui
