// The index of a law pack: which documents have a term, and how much each weighs there. Knows
// terms and document numbers, no law and no file; index_builder makes what is read here.
//
// The documents of a term stand in groups of equal impact, the heaviest group first (Lin and
// Trotman 2015, "Anytime Ranking for Impact-Ordered Indexes"): a group needs no impact a document,
// and a long question can stop at a budget, having read what weighs most.
//
//   heads      = { head }            one for each block of 32 terms, ascending
//   head       = first term (u64)  where its block begins in the dictionary (u32)
//                where the groups of its first term begin in the postings (u32)   little-endian
//   dictionary = { entry }
//   entry      = term, as distance to the one before (the first of a block: to the head's)
//                documents that have it   bytes of its groups
//   postings   = { group }           of the first term, of the second, …
//   group      = documents × 16 + (16 − level)   [ bytes ]   { distance }
//                level 16 … 1; `bytes` of the distances, when there are 8 documents or more
//   distance   = to the document before it in the group, the first: to 0
//
// All other numbers are LEB128 (varint.h). Damaged bytes give wrong answers, never a read or write
// outside of what was handed over.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "kiosk/law/terms.h"

namespace law {

// The impact of a document for a term is BM25's weight without idf, between 0 and 1 (k1 + 1 left
// out), in sixteenths: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework".
inline constexpr double bm25_k1 = 1.2;
inline constexpr double bm25_b = 0.75;
inline constexpr unsigned impact_levels = 16;
inline float impact_of(unsigned level) {
  return static_cast<float>(level) / impact_levels;
}
// Robertson's idf, above 0 for any frequency.
double inverse_frequency(std::uint64_t documents, std::uint64_t frequency);

struct Ranked {
  std::uint32_t document = 0;
  float score = 0;
};

// A number a document, 0 at first. Costs what is touched, not what could be: blocks of documents
// are cleared when first written to.
class Scores {
 public:
  // All 0 again, for documents up to `last`. Memory is kept from use to use.
  void reset(std::uint32_t last);
  [[nodiscard]] std::uint32_t last() const { return last_; }

  // `document` ≤ last().
  [[nodiscard]] float at(std::uint32_t document) const {
    return touched_[document >> block_bits] != 0 ? values_[document] : 0.0F;
  }
  float& touch(std::uint32_t document) {
    const std::uint32_t block = document >> block_bits;
    if (touched_[block] == 0) open_block(block);
    return values_[document];
  }
  // Of the documents first … last; parts beyond last() do not exist.
  void clear(std::uint32_t first, std::uint32_t last);
  void cap(std::uint32_t first, std::uint32_t last, float limit);
  [[nodiscard]] float highest(std::uint32_t first, std::uint32_t last) const;
  [[nodiscard]] float highest() const;
  void scale(float factor);
  // += factor × the other's, of the same documents.
  void add(const Scores& other, float factor);

  // The best documents with a score above 0, best first; equal scores in document order.
  [[nodiscard]] std::vector<Ranked> best(std::size_t limit) const;

 private:
  friend class Index;
  static constexpr unsigned block_bits = 9;
  static constexpr std::uint32_t block_size = 1U << block_bits;
  void open_block(std::uint32_t block);
  // The blocks from one document to the other.
  void open(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t block = first >> block_bits; block <= last >> block_bits; ++block) {
      if (touched_[block] == 0) open_block(block);
    }
  }
  [[nodiscard]] float highest_of(std::uint32_t block) const;

  std::vector<float> values_;           // whole blocks; garbage where not touched
  std::vector<unsigned char> touched_;  // of block n
  std::vector<std::uint32_t> blocks_;   // the touched ones, in order of touching
  std::uint32_t last_ = 0;
};

class Index {
 public:
  struct Bytes {
    std::string_view heads;
    std::string_view dictionary;
    std::string_view postings;
  };
  static constexpr std::uint64_t no_budget = std::numeric_limits<std::uint64_t>::max();

  Index() = default;  // of no documents
  // `documents` are in the index, numbered from 1 to `last` with gaps. The bytes outlive it.
  Index(const Bytes& bytes, std::uint32_t documents, std::uint32_t last)
      : bytes_(bytes), documents_(documents), last_(last) {}

  [[nodiscard]] std::uint32_t documents() const { return documents_; }
  [[nodiscard]] std::uint32_t last() const { return last_; }

  struct Group {
    std::uint64_t documents = 0;
    unsigned level = 0;  // 1 … impact_levels
    std::string_view distances;
  };
  struct Entry {
    std::uint32_t frequency = 0;
    std::string_view groups;
  };
  // Nothing when no document has the term.
  [[nodiscard]] std::optional<Entry> find(Term term) const;
  // Takes the first group off; nothing at the end.
  static std::optional<Group> take_group(std::string_view& groups);
  // Calls visit(document, level) for every document of an entry.
  template <typename Visit>
  static void for_each(const Entry& entry, const Visit& visit);

  struct Weighted {
    Entry entry;
    float weight = 0;  // above 0, with idf in it
  };
  // For every document: += the sum of weight × impact over its entries, the heaviest products first
  // until `budget` bytes of postings are used up; a document takes one to three. How many were.
  std::size_t add(std::span<const Weighted> entries, std::uint64_t budget, Scores& scores);
  // The same for terms that have not been looked up.
  std::size_t add(std::span<const WeightedTerm> terms, std::uint64_t budget, Scores& scores);

 private:
  struct Step {
    float value = 0;
    Group group;
  };
  static void add_group(const Group& group, float value, Scores& scores);

  Bytes bytes_;
  std::uint32_t documents_ = 0;
  std::uint32_t last_ = 0;
  std::vector<Step> steps_;  // both kept so that a search allocates little
  std::vector<Weighted> found_;
};

// A distance at `at`; false at the end of the bytes. `at` moves behind it.
inline bool next_document(std::string_view distances, std::size_t& at, std::uint32_t& document) {
  std::uint32_t distance = 0;
  for (unsigned shift = 0; at < distances.size() && shift < 32; shift += 7) {
    const auto byte = static_cast<unsigned char>(distances[at++]);
    distance |= static_cast<std::uint32_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) {
      document += distance;
      return true;
    }
  }
  return false;
}

template <typename Visit>
void Index::for_each(const Entry& entry, const Visit& visit) {
  std::string_view groups = entry.groups;
  while (const auto group = take_group(groups)) {
    std::uint32_t document = 0;
    for (std::size_t at = 0; next_document(group->distances, at, document);) {
      visit(document, group->level);
    }
  }
}

}  // namespace law
