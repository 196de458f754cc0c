// What the trees look at: one row of numbers for each candidate of a question. Learning and the
// kiosk use this same code. Another list here needs another learned file.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "kiosk/law/index.h"
#include "kiosk/law/lay_lines.h"
#include "kiosk/law/pack.h"
#include "kiosk/law/precedents.h"

namespace law {

enum class Feature : std::size_t {
  // Scores of the index, raw, in relation to the best candidate's, and as a place (0 the first).
  pairs,
  pairs_share,
  pairs_place,
  singles,
  singles_share,
  singles_place,
  expansion,
  expansion_share,
  expansion_place,
  fused,
  fused_share,
  fused_place,
  // What questions like this one say of the article, its law, its chapter.
  article,
  article_share,
  article_place,
  article_square,
  article_count,
  article_nearest,
  law,
  law_share,
  law_count,
  law_rate,
  law_nearest,
  chapter,
  chapter_share,
  chapter_count,
  chapter_rate,
  nearest,
  // What its lay lines and the question have in common; below 0 when it was never read for any.
  lay,
  lay_share,
  lay_place,
  lay_nearest,
  lay_nearest_share,
  lay_nearest_place,
  lay_coverage,
  // The articles before and behind it.
  next_article,
  next_fused,
  next_expansion,
  second_next_article,
  previous_article,
  previous_fused,
  previous_expansion,
  second_previous_article,
  // How much of the question the article, the law's title and the chapters' titles say.
  covered_pairs,
  covered_singles,
  title_pairs,
  title_singles,
  path_pairs,
  longest_run,
  run_weight,
  // The candidates around it.
  law_weight,
  chapter_weight,
  place_in_law,
  first_of_law,
  // What it is.
  length,
  kind,
  law_size,
  chapter_size,
  title_length,
  question_length,
};
inline constexpr std::size_t feature_count = static_cast<std::size_t>(Feature::question_length) + 1;
// Of the shape above and of how it is computed; a file learned for another is refused.
inline constexpr std::uint32_t feature_version = 3;
inline constexpr std::uint32_t feature_print = feature_version << 16U | feature_count;

// Scores of all documents for one question.
struct QuestionScores {
  std::string_view question;  // without question words
  const Scores& pairs;
  const Scores& singles;
  const Scores& expansion;
  const Scores& fused;
};

class CandidateFeatures {
 public:
  // All outlive it.
  CandidateFeatures(Pack& pack, const Precedents& precedents, const LayLines& lay_lines)
      : pack_(pack), precedents_(precedents), lay_lines_(lay_lines) {}

  // One row a candidate; candidates are best first by `fused`. Good until the next call.
  const std::vector<float>& rows(const QuestionScores& scores,
                                 const std::vector<Ranked>& candidates);

 private:
  // A term of the question in its order; at most 64 of a kind are looked at.
  struct Asked {
    Term term = 0;
    float weight = 0;  // inverse frequency
  };
  using Mask = std::uint64_t;  // which of the asked terms
  struct Covered {
    Mask pairs = 0;
    Mask singles = 0;
  };
  struct Facts {
    std::uint32_t law = 0;
    std::uint32_t chapter = 0;
    std::uint32_t law_size = 0;
    std::uint32_t first = 0;  // of the version
    std::uint32_t last = 0;
  };
  struct Part {
    std::uint32_t id = 0;
    Covered covered;
    float title_length = 0;
    float weight = 0;  // of its candidates
    float places = 0;  // candidates so far
    float first = 0;   // place of its first candidate
    float size = 0;
  };

  float& at(std::size_t row, Feature feature) {
    return rows_[row * feature_count + static_cast<std::size_t>(feature)];
  }
  void read_question(std::string_view question);
  void read_facts(const std::vector<Ranked>& candidates);
  void set_scores(const QuestionScores& scores, const std::vector<Ranked>& candidates);
  // The two features behind `raw` are its share and its place.
  void set_share_and_place(Feature raw);
  void set_precedents(const std::vector<Ranked>& candidates);
  void set_lay_lines(const std::vector<Ranked>& candidates);
  void set_neighbours(const QuestionScores& scores, const std::vector<Ranked>& candidates);
  void set_coverage(const std::vector<Ranked>& candidates);
  void set_surroundings(const std::vector<Ranked>& candidates);
  void find_covered(const std::vector<Ranked>& candidates);
  void mark(const std::vector<Asked>& asked, Mask Covered::* mask, std::uint64_t& budget);
  [[nodiscard]] Covered covered_by(std::string_view text);
  [[nodiscard]] static float weight_of(const std::vector<Asked>& asked, Mask mask);
  static Part& part(std::vector<Part>& parts, std::uint32_t id, bool& fresh);
  void read_law(Part& law, const Facts& facts);
  void read_chapter(Part& chapter);
  float article_score(std::uint32_t document, const Facts& facts) const;

  Pack& pack_;
  const Precedents& precedents_;
  const LayLines& lay_lines_;
  std::vector<float> rows_;
  std::vector<Asked> pairs_;
  std::vector<Asked> singles_;
  std::vector<Facts> facts_;
  std::vector<Covered> covered_;             // of candidate n
  std::vector<std::uint32_t> documents_;     // of the candidates, ascending …
  std::vector<std::uint32_t> candidate_of_;  // … and which candidate it is
  std::vector<std::uint64_t> marked_;        // a bit a document
  std::vector<Part> laws_;
  std::vector<Part> chapters_;
  std::vector<std::uint32_t> order_;
  std::vector<Term> terms_;
  float question_length_ = 0;
};

}  // namespace law
