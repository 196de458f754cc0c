#include "kiosk/law/trees.h"

#include <algorithm>

namespace law {
namespace {

// How many cuts are not above the value. Without branches: which way a value goes is anybody's
// guess, and a wrong one costs more than the step.
std::uint8_t place_among(std::span<const float> cuts, float value) {
  if (cuts.empty()) return 0;
  const float* begin = cuts.data();
  for (std::size_t count = cuts.size(); count > 1;) {
    const std::size_t half = count / 2;
    begin += half * static_cast<std::size_t>(begin[half - 1] <= value);
    count -= half;
  }
  const auto before = static_cast<std::size_t>(begin - cuts.data());
  return static_cast<std::uint8_t>(before + static_cast<std::size_t>(*begin <= value));
}

}  // namespace

Trees::Trees(const LearnedFile& file)
    : cut_ranges_(file.records<Range>(LearnedSection::cut_ranges)),
      cuts_(file.records<float>(LearnedSection::cuts)),
      trees_(file.records<Range>(LearnedSection::tree_ranges)),
      nodes_(file.records<TreeNode>(LearnedSection::nodes)) {
  std::vector<unsigned> depth;
  for (const Range& tree : trees_) {
    depth.assign(tree.count, 0);
    for (std::uint32_t i = 0; i < tree.count; ++i) {
      const TreeNode& node = nodes_[tree.first + i];
      if (node.cut == TreeNode::no_cut) continue;
      depth[node.left] = depth[node.left + std::size_t{1}] = depth[i] + 1;
    }
    depths_.push_back(*std::max_element(depth.begin(), depth.end()));
  }
}

void Trees::score(std::span<const float> rows, std::span<float> scores) {
  const std::size_t features = cut_ranges_.size();
  places_.resize(scores.size() * features);
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const Range range = cut_ranges_[i % features];
    places_[i] = place_among(cuts_.subspan(range.first, range.count), rows[i]);
  }
  std::fill(scores.begin(), scores.end(), 0.0F);
  // Tree by tree: its few nodes stay in the nearest cache for all rows. Without branches a
  // processor walks several rows at once.
  for (std::size_t tree = 0; tree < trees_.size(); ++tree) {
    const TreeNode* const nodes = nodes_.data() + trees_[tree].first;
    const std::uint8_t* places = places_.data();
    for (float& score : scores) {
      std::size_t at = 0;
      for (unsigned step = 0; step < depths_[tree]; ++step) {
        const TreeNode& node = nodes[at];
        at = node.left + std::size_t{places[node.feature] > node.cut};
      }
      score += nodes[at].value;
      places += features;
    }
  }
}

}  // namespace law
