// The learned ranking: from the plain scores of a question and from what questions like it were
// answered with to the best articles, in two steps: candidates by a sum of scores, then trees over
// their features. Knows no day: whoever asks says which documents are hidden.
//
// Costs the same for a library of any size, but for reading the postings, which has a budget. One
// thread at a time; a question allocates little.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "kiosk/law/candidate_features.h"
#include "kiosk/law/index.h"
#include "kiosk/law/lay_lines.h"
#include "kiosk/law/learned_file.h"
#include "kiosk/law/pack.h"
#include "kiosk/law/precedents.h"
#include "kiosk/law/trees.h"

namespace law {

struct DocumentSpan {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

struct RankingQuestion {
  std::string_view text;
  const Scores& pairs;    // of the question's terms, without hidden documents
  const Scores& singles;  // the same
  float best_pairs = 0;   // the highest of each
  float best_singles = 0;
  std::span<const DocumentSpan> hidden;
  // For learning: this learned question is asked as if it had not been learned.
  std::optional<std::uint32_t> left_out;
};

// Why an article stands where it does: what its place comes from, each from 0 to 1.
struct Evidence {
  float words = 0;      // it says what the question says
  float asked = 0;      // it answered questions like this one
  float like_text = 0;  // its words are those of such answers
  float example = 0;    // how much of the question its best lay line says
};

struct Candidate {
  std::uint32_t document = 0;
  float score = 0;  // by the trees, best first; above 0
  Evidence evidence;
};

class Ranker {
 public:
  // Both outlive it and stay where they are.
  Ranker(const LearnedFile& file, Pack& pack);

  // Best first, at most `candidate_count`. Good until the next call.
  const std::vector<Candidate>& rank(const RankingQuestion& question);
  [[nodiscard]] const std::vector<Candidate>& ranked() const { return ranked_; }
  // Whether the question of the last rank() is like what people ask about the law: like a learned
  // question or a lay line, in all it says or, when it says little, in most of it. Thresholds are
  // measured, see tests/bench/law/README.md.
  [[nodiscard]] bool familiar() const;
  // The features of the candidates of a question, in the order of rank() before the trees.
  const std::vector<float>& features(const RankingQuestion& question);
  [[nodiscard]] const std::vector<Ranked>& candidates() const { return candidates_; }

  static constexpr std::size_t candidate_count = 190;

 private:
  void score_expansion(const RankingQuestion& question);
  void fuse(const RankingQuestion& question);

  Pack& pack_;
  Precedents precedents_;
  LayLines lay_lines_;
  CandidateFeatures features_;
  Trees trees_;
  Scores expansion_;
  Scores fused_;
  std::vector<Index::Weighted> terms_;
  std::vector<Ranked> candidates_;
  std::vector<float> tree_scores_;
  std::vector<Candidate> ranked_;
};

}  // namespace law
