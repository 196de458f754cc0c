// Full text by single characters and pairs of neighbouring characters: taking a text apart,
// postings as bytes, BM25 over them. Knows no law, no SQL: whoever stores the postings hands them
// over.
//
// Chinese is written without blanks; pairs find words without a dictionary and single characters
// mend what pairs miss. Everything is scored: on 150,000 articles that is faster than skipping.
//
//   postings = { posting }      posting = delta impact
//   delta    = LEB128 of the distance to the previous document (the first: to 0)
//   impact   = one byte, BM25's term weight without idf, 255 = saturated (k1 + 1)
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/base/result.h"

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

// Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond".
inline constexpr double bm25_k1 = 1.2;
inline constexpr double bm25_b = 0.75;
double inverse_frequency(std::uint64_t documents, std::uint64_t frequency);

class IndexBuilder {
 public:
  using Sink = std::function<base::Result<void>(Term, std::uint32_t frequency, std::string_view)>;

  // Documents come in ascending order, from 1.
  void add(std::uint32_t document, std::string_view text);
  // Gives every term once, ascending; the builder is empty afterwards.
  base::Result<void> finish(const Sink& sink);
  [[nodiscard]] std::uint64_t documents() const { return documents_; }

 private:
  struct Postings {
    std::string bytes;  // as in the grammar, with the count of the term instead of its impact
    std::uint32_t last = 0;
    std::uint32_t frequency = 0;
  };
  void weigh(std::string& bytes) const;

  std::unordered_map<Term, Postings> terms_;
  std::vector<std::uint32_t> lengths_;  // of document n, in terms
  std::vector<Term> scratch_;
  std::uint64_t documents_ = 0;
  std::uint64_t total_length_ = 0;
};

// Adds weight × impact to the score of every document of the postings; documents beyond the end of
// `scores` are ignored, so damaged postings do no harm.
void accumulate(std::string_view postings, float weight, std::span<float> scores);

struct Ranked {
  std::uint32_t document = 0;
  float score = 0;
};
// The best documents with a score above 0, best first; equal scores in document order.
std::vector<Ranked> best(std::span<const float> scores, std::size_t limit);

}  // namespace law
