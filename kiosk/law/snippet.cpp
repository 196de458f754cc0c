#include "kiosk/law/snippet.h"

#include <algorithm>
#include <numeric>

#include "platform/base/text.h"

namespace law {
namespace {

constexpr std::string_view ellipsis = "…";

// For each character of the text: 1 when it is part of a match.
std::vector<int> mark(const std::u32string& text, const std::vector<Term>& terms) {
  std::vector<int> marks(text.size(), 0);
  const bool pairs = !terms.empty() && is_pair(terms.back());
  std::vector<Term> own;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t width = pairs ? 2 : 1;
    if (i + width > text.size()) break;
    own.clear();
    append_terms(base::encode_utf8(std::u32string_view(text).substr(i, width)), own);
    const bool whole = own.size() == (pairs ? 3U : 1U);  // a pair comes with its two characters
    if (!whole || !std::binary_search(terms.begin(), terms.end(), own.back())) continue;
    for (std::size_t k = 0; k < width; ++k) marks[i + k] = 1;
  }
  return marks;
}

// Where the window with the most marks begins; the earliest of equals.
std::size_t best_window(const std::vector<int>& marks, std::size_t length) {
  if (marks.size() <= length) return 0;
  int sum = std::accumulate(marks.begin(), marks.begin() + static_cast<std::ptrdiff_t>(length), 0);
  int most = sum;
  std::size_t begin = 0;
  for (std::size_t i = length; i < marks.size(); ++i) {
    sum += marks[i] - marks[i - length];
    if (sum > most) most = sum, begin = i - length + 1;
  }
  return begin;
}

bool ends_clause(char32_t c) {
  return c == U'，' || c == U'。' || c == U'；' || c == U'：' || c == U'、' || c == U'\n';
}

// Moves the begin back to the clause it cuts, as long as marks at the end stay inside.
std::size_t at_clause(const std::u32string& text, std::size_t begin, std::size_t spare) {
  for (std::size_t step = 0; step <= spare && step < begin; ++step) {
    if (ends_clause(text[begin - step - 1])) return begin - step;
  }
  return begin;
}

}  // namespace

Snippet make_snippet(std::string_view article, const std::vector<Term>& terms, std::size_t length) {
  const std::u32string text = base::decode_utf8(article);
  const std::vector<int> marks = mark(text, terms);
  std::size_t begin = best_window(marks, length);
  std::size_t end = std::min(begin + length, text.size());
  std::size_t spare = 0;
  while (spare + begin < end && marks[end - 1 - spare] == 0) ++spare;
  const std::size_t moved = at_clause(text, begin, spare);
  end -= end == text.size() ? 0 : begin - moved;
  begin = moved;

  Snippet snippet;
  if (begin > 0) snippet.text = ellipsis;
  for (std::size_t i = begin; i < end; ++i) {
    const std::size_t at = snippet.text.size();
    base::append_utf8(snippet.text, text[i] == U'\n' ? U' ' : text[i]);
    if (marks[i] == 0) continue;
    if (!snippet.matches.empty() && snippet.matches.back().end == at) {
      snippet.matches.back().end = snippet.text.size();
    } else {
      snippet.matches.push_back({at, snippet.text.size()});
    }
  }
  if (end < text.size()) snippet.text += ellipsis;
  return snippet;
}

}  // namespace law
