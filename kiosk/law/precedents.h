// What questions like this one were answered with: kernel ridge regression from a question to the
// articles, laws and chapters of its answer, and to the words of their texts (Saunders, Gammerman
// and Vovk 1998, "Ridge Regression Learning Algorithm in Dual Variables"). Knows no score of the
// index and no tree.
//
// weigh() gives every learned question a weight; whatever is asked for afterwards is a sum over
// these weights. One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "kiosk/law/learned_file.h"
#include "kiosk/law/pack.h"
#include "kiosk/law/terms.h"

namespace law {

// Learned questions are left out of counts by groups of every eighth, when one of them is asked.
inline constexpr std::uint32_t learning_groups = 8;

// The term as it stands in the file.
std::uint32_t hash_of_term(Term term);
// The terms of a question, hashed: ascending, each once.
std::vector<std::uint32_t> question_hashes(std::string_view question);

class Precedents {
 public:
  // Both outlive it.
  Precedents(const LearnedFile& file, const Pack& pack);

  // `left_out`: this learned question is asked, so that nothing may be known of it: for learning.
  void weigh(std::string_view question, std::optional<std::uint32_t> left_out);

  // A learned article as it stands in the library.
  struct Place {
    std::uint32_t document = 0;
    std::uint32_t article = 0;  // in the file
    std::uint32_t law = 0;      // into laws()
    std::uint32_t chapter = 0;  // into chapters()
  };
  struct Score {
    float score = 0;    // what questions like this one say
    float count = 0;    // answers it gave to any question
    float nearest = 0;  // likeness of the likest question it answered
  };
  struct ArticleScore : Score {
    float square = 0;  // score by the second kernel
  };
  // A law or chapter that has a learned article; its documents are first … last.
  struct Part : Score {
    std::uint32_t id = 0;  // in the pack
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  [[nodiscard]] std::span<const Place> places() const { return places_; }  // by document
  [[nodiscard]] const Place* place_of(std::uint32_t document) const;
  [[nodiscard]] const ArticleScore& article(std::uint32_t article) const {
    return articles_[article];
  }
  [[nodiscard]] std::span<const ArticleScore> articles() const { return articles_; }
  [[nodiscard]] std::span<const Part> laws() const { return laws_; }
  [[nodiscard]] std::span<const Part> chapters() const { return chapters_; }
  [[nodiscard]] const Part* law(std::uint32_t id) const { return find(laws_, id); }
  [[nodiscard]] const Part* chapter(std::uint32_t id) const { return find(chapters_, id); }
  // Likeness of the likest learned question.
  [[nodiscard]] float nearest() const { return nearest_; }
  // The pairs that answers of questions like this one have, the heaviest `limit`.
  [[nodiscard]] std::span<const WeightedTerm> expansion(std::size_t limit);

 private:
  void find_places(const Pack& pack);
  std::uint32_t chapter_of(const Pack& pack, const VersionRecord& version, std::uint32_t document);
  void read_likeness(std::string_view question);
  void solve(LearnedSection rows, LearnedSection kernel, std::optional<std::uint32_t> left_out,
             std::vector<float>& weights) const;
  void add_up(std::optional<std::uint32_t> left_out);
  static const Part* find(const std::vector<Part>& parts, std::uint32_t id);

  const LearnedFile& file_;
  std::vector<Place> places_;
  std::vector<Part> laws_;      // by id
  std::vector<Part> chapters_;  // by id
  std::vector<ArticleScore> articles_;
  std::vector<std::uint32_t> place_of_article_;  // the first one, into places_; none: no_place

  std::vector<float> likeness_;  // of every learned question
  std::vector<float> squares_;   // likeness², for the second kernel
  std::vector<float> weights_;
  std::vector<float> square_weights_;
  float nearest_ = 0;
  std::vector<float> pair_weights_;
  std::vector<WeightedTerm> expansion_;
};

}  // namespace law
