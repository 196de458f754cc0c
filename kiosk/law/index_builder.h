// Makes the index of a pack, in memory. The same documents in the same order give the same bytes on
// every machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/terms.h"

namespace law {

// Grammar in index.h.
struct BuiltIndex {
  std::string heads;
  std::string dictionary;
  std::string postings;
};

class IndexBuilder {
 public:
  IndexBuilder();

  // Documents come in ascending order, from 1. The number of terms in the text.
  std::uint32_t add(std::uint32_t document, std::string_view text);
  [[nodiscard]] std::uint32_t documents() const { return documents_; }
  // Once, at the end.
  BuiltIndex finish() &&;

 private:
  // Of one term, as they come: { distance, count in the document (one byte) }.
  struct Occurrences {
    Term term = 0;
    std::string bytes;
    std::uint32_t last = 0;
    std::uint32_t frequency = 0;
  };
  Occurrences& occurrences_of(Term term);
  void grow();
  [[nodiscard]] std::string groups_of(const Occurrences& occurrences);

  std::vector<std::uint32_t> slots_;    // open addressing: 0 free, else 1 + index into terms_
  std::vector<Occurrences> terms_;      // in order of first appearance
  std::vector<std::uint32_t> lengths_;  // of document n, in terms
  std::vector<Term> scratch_;
  std::vector<std::vector<std::uint32_t>> by_level_;  // level - 1 → documents
  std::uint32_t documents_ = 0;
  std::uint64_t total_length_ = 0;
};

}  // namespace law
