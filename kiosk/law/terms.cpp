#include "kiosk/law/terms.h"

#include <algorithm>

#include "platform/base/text.h"

namespace law {
namespace {

// The character as it is indexed; 0 divides.
char32_t index_character(char32_t c) {
  if (c >= U'０' && c <= U'９') return c - U'０' + U'0';
  if (c >= U'Ａ' && c <= U'Ｚ') return c - U'Ａ' + U'a';
  if (c >= U'ａ' && c <= U'ｚ') return c - U'ａ' + U'a';
  if (c >= U'A' && c <= U'Z') return c - U'A' + U'a';
  const bool plain = (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z');
  return plain || base::is_han(c) ? c : 0;
}

}  // namespace

void append_terms(std::string_view text, std::vector<Term>& terms) {
  char32_t previous = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = index_character(base::next_character(text, at));
    if (c != 0) {
      terms.push_back(c);
      if (previous != 0) terms.push_back(static_cast<Term>(previous) << 32U | c);
    }
    previous = c;
  }
}

std::vector<WeightedTerm> merged(std::vector<WeightedTerm> terms) {
  std::sort(terms.begin(), terms.end(),
            [](const WeightedTerm& a, const WeightedTerm& b) { return a.term < b.term; });
  std::vector<WeightedTerm> sums;
  for (const WeightedTerm& each : terms) {
    if (sums.empty() || sums.back().term != each.term) {
      sums.push_back(each);
    } else {
      sums.back().weight += each.weight;
    }
  }
  return sums;
}

}  // namespace law
