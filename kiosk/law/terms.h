// What texts and questions are compared by: single characters and pairs of neighbouring characters.
// Knows no index.
//
// Chinese is written without blanks; pairs find words without a dictionary and single characters
// mend what pairs miss.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace law {

// One character, or first << 32 | second.
using Term = std::uint64_t;
inline bool is_pair(Term term) {
  return term >> 32U != 0;
}

// The terms of a text in order, repeated as they repeat. Letters and digits lose case and width;
// everything else but Han characters divides.
void append_terms(std::string_view text, std::vector<Term>& terms);

struct WeightedTerm {
  Term term = 0;
  double weight = 0;
};
// Each term once, ascending, with the sum of its weights.
std::vector<WeightedTerm> merged(std::vector<WeightedTerm> terms);

}  // namespace law
