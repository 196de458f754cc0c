// Boosted decision trees, as they run: a row of features in, a score out. How they came about is
// not known here.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kiosk/law/learned_file.h"

namespace law {

class Trees {
 public:
  // The file outlives it.
  explicit Trees(const LearnedFile& file);

  // `rows` are scores.size() rows of features, one behind the other.
  void score(std::span<const float> rows, std::span<float> scores);

 private:
  std::span<const Range> cut_ranges_;
  std::span<const float> cuts_;
  std::span<const Range> trees_;
  std::span<const TreeNode> nodes_;
  std::vector<unsigned> depths_;      // of tree n: steps to its deepest leaf
  std::vector<std::uint8_t> places_;  // a byte a feature and row: how many cuts are below it
};

}  // namespace law
