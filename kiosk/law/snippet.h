// The part of an article that shows why it was found, with the matching places. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/terms.h"

namespace law {

struct MatchRange {
  std::size_t begin = 0;  // bytes into Snippet::text
  std::size_t end = 0;
};

struct Snippet {
  std::string text;                 // one line; "…" where the article goes on
  std::vector<MatchRange> matches;  // ascending, apart
};

// The stretch of at most `length` characters with the most matching characters. `terms` are those
// of the query, sorted; pairs are marked, single characters only when there is no pair among them.
Snippet make_snippet(std::string_view article, const std::vector<Term>& terms,
                     std::size_t length = 80);

}  // namespace law
