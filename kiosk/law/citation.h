// Which articles a piece of law text cites, as written: 《劳动合同法》第三十八条,
// 民法典第一千一百六十五条第二款, 本法第三条至第五条. Pure; knows words, not which laws exist: a
// name without 《》 is handed on as the words in front of the number.
#pragma once

#include <string_view>
#include <vector>

#include "kiosk/law/law.h"

namespace law {

enum class Cited {
  itself,  // 本法, 本条例: the text that speaks
  title,   // 《…》: `name` is the title without the marks
  words,   // `name` is the clause in front of the number and may end in the name of a law
};

// Views into the text that was read.
struct Citation {
  Cited cited = Cited::words;
  std::string_view name;
  ArticleNumber first;
  ArticleNumber last;     // of 第三条至第五条; else the same as `first`
  int paragraph = 0;      // of 第三条第二款; 0 for the whole article
  std::size_t begin = 0;  // bytes, from the first 第 …
  std::size_t end = 0;    // … to behind the last 条 or 款
};

// In the order of the text. Each member of a list is a citation of its own
// (《甲法》第三条、第五条和 第七条), and 该法 means what was named last.
std::vector<Citation> read_citations(std::string_view text);

// "《中华人民共和国民法典》（以下简称民法典）" → {民法典, 中华人民共和国民法典}
struct Alias {
  std::string_view name;
  std::string_view title;
};
std::vector<Alias> read_aliases(std::string_view text);

}  // namespace law
