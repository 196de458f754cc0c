// How residents ask for an article, in short lines written for it by hand (assets/law/lay_lines):
// the bridge from "老板不给工钱" to 劳动报酬 that no statute builds. Knows no score of the
// library's own index and no learned question.
//
// Every line is a small document of BM25. An article's score is the length of the vector of its
// lines' scores: several lines that meet a question count, the best one most.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "kiosk/law/index.h"
#include "kiosk/law/learned_file.h"
#include "kiosk/law/pack.h"

namespace law {

class LayLines {
 public:
  // `file` outlives it.
  LayLines(const LearnedFile& file, const Pack& pack);

  // Whatever is asked for afterwards is about this question, given without question words. One
  // thread at a time.
  void weigh(std::string_view question);

  struct Article {
    std::uint32_t document = 0;
    float score = 0;
    float nearest = 0;  // of its best line
  };
  // The articles of the library that were read for lay lines, by document; also those that got none
  // because nobody would ask for them.
  [[nodiscard]] std::span<const Article> articles() const { return articles_; }
  // None: it was never read for lay lines.
  [[nodiscard]] const Article* find(std::uint32_t document) const;
  [[nodiscard]] float highest() const { return highest_; }
  // The score of its best line.
  [[nodiscard]] float nearest() const { return nearest_; }
  // How much of the question its best line says, from 0 to about 1.
  [[nodiscard]] float coverage() const { return coverage(nearest_); }
  // The same of a line with this score.
  [[nodiscard]] float coverage(float nearest) const {
    return possible_ > 0 ? nearest / possible_ : 0;
  }

 private:
  struct Sum {
    float squares = 0;
    float nearest = 0;
  };

  std::span<const LayLine> lines_;
  Index index_;
  std::vector<Article> articles_;
  std::vector<std::uint32_t> names_;  // of article n
  std::vector<Sum> sums_;             // of each name
  std::vector<Term> terms_;
  std::vector<WeightedTerm> weighted_;
  Scores scores_;  // of line n − 1
  float highest_ = 0;
  float nearest_ = 0;
  float possible_ = 0;  // score of a line that says all of the question, about
};

}  // namespace law
