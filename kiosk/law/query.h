// What a visitor types, understood without a library: question words taken out, a citation
// recognised. Nothing of it is ever kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/law.h"
#include "kiosk/law/terms.h"

namespace law {

// Longer input is cut here: it is pasted text, not a question. Characters.
inline constexpr std::size_t longest_query = 200;

// The query without the words every question has (怎么办, 是否, 请问 …), a blank in place of each.
// A query of nothing else stays as it is.
std::string without_question_words(std::string_view query);

// What to look for: the terms of the query with weight 1, those of the law's words for its everyday
// words (lay_words.h) with less. Ascending, each once.
std::vector<WeightedTerm> question_terms(std::string_view query);

struct CitationQuery {
  std::string law;  // as typed, without marks: "劳动合同法"
  ArticleNumber article;
};
// "劳动合同法 第三十八条", "《民法典》第1165条第二款", "民法典1165", "刑法二百六十四条", of several
// articles the first. Nothing when the query is not a law's name followed by a number.
std::optional<CitationQuery> parse_citation(std::string_view query);

}  // namespace law
