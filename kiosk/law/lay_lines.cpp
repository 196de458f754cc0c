#include "kiosk/law/lay_lines.h"

#include <algorithm>
#include <cmath>

#include "kiosk/law/named_documents.h"

namespace law {
namespace {

// Found by trying on the learning questions, and not sensitive.
constexpr double singles_weight = 0.7;
// Bytes of postings, see Index::add.
constexpr std::uint64_t budget = 60'000;

}  // namespace

LayLines::LayLines(const LearnedFile& file, const Pack& pack)
    : lines_(file.records<LayLine>(LearnedSection::lay_lines)),
      index_({file.bytes(LearnedSection::lay_heads), file.bytes(LearnedSection::lay_dictionary),
              file.bytes(LearnedSection::lay_postings)},
             static_cast<std::uint32_t>(lines_.size()), static_cast<std::uint32_t>(lines_.size())) {
  const auto names = file.records<ArticleName>(LearnedSection::lay_articles);
  sums_.resize(names.size());
  for (const NamedDocument& each : find_documents(names, pack)) {
    articles_.push_back({each.document});
    names_.push_back(each.name);
  }
}

void LayLines::weigh(std::string_view question) {
  terms_.clear();
  append_terms(question, terms_);
  std::sort(terms_.begin(), terms_.end());
  terms_.erase(std::unique(terms_.begin(), terms_.end()), terms_.end());
  weighted_.clear();
  double possible = 0;
  for (const Term term : terms_) {
    const auto entry = index_.find(term);
    const double rarity = inverse_frequency(index_.documents(), entry ? entry->frequency : 0);
    const double weight = is_pair(term) ? rarity : singles_weight * rarity;
    possible += weight;
    if (entry) weighted_.push_back({term, weight});
  }
  scores_.reset(index_.last());
  index_.add(std::span<const WeightedTerm>(weighted_), budget, scores_);

  std::fill(sums_.begin(), sums_.end(), Sum{});
  for (std::uint32_t line = 0; line < lines_.size(); ++line) {
    const float score = scores_.at(line + 1);
    Sum& sum = sums_[lines_[line]];
    sum.squares += score * score;
    sum.nearest = std::max(sum.nearest, score);
  }
  highest_ = 0;
  nearest_ = 0;
  for (std::size_t i = 0; i < articles_.size(); ++i) {
    const Sum& sum = sums_[names_[i]];
    articles_[i].score = std::sqrt(sum.squares);
    articles_[i].nearest = sum.nearest;
    highest_ = std::max(highest_, articles_[i].score);
    nearest_ = std::max(nearest_, sum.nearest);
  }
  possible_ = static_cast<float>(possible);
}

const LayLines::Article* LayLines::find(std::uint32_t document) const {
  const auto found = std::lower_bound(
      articles_.begin(), articles_.end(), document,
      [](const Article& each, std::uint32_t wanted) { return each.document < wanted; });
  return found != articles_.end() && found->document == document ? &*found : nullptr;
}

}  // namespace law
