#include "kiosk/law/ranker.h"

#include <algorithm>
#include <cmath>

#include "kiosk/law/query.h"

namespace law {
namespace {

// Shares of the candidates' sum; found by trying on the learning questions, and not sensitive.
constexpr float singles_share = 0.5F;
constexpr float expansion_share = 1.0F;
constexpr float article_share = 0.7F;
constexpr float lay_share = 0.5F;
// More when a lay line says most of the question, as one of a few words often has.
constexpr float covered_lay_share = 1.5F;
constexpr float law_share = 0.25F;
constexpr float chapter_share = 0.15F;
constexpr float rate_share = 0.04F;
constexpr float usual_rate = 0.3F / 80;  // of a law nobody asked about

constexpr std::size_t expansion_terms = 60;
// Bytes of postings, see Index::add.
constexpr std::uint64_t expansion_budget = 80'000;

float inverse(float best) {
  return best > 0 ? 1 / best : 0;
}

template <typename Parts>
float best_score(const Parts& parts) {
  float best = 0;
  for (const auto& each : parts) best = std::max(best, each.score);
  return best;
}

}  // namespace

Ranker::Ranker(const LearnedFile& file, Pack& pack)
    : pack_(pack),
      precedents_(file, pack),
      lay_lines_(file, pack),
      features_(pack, precedents_, lay_lines_),
      trees_(file) {}

void Ranker::score_expansion(const RankingQuestion& question) {
  Index& index = pack_.index();
  terms_.clear();
  for (const WeightedTerm& each : precedents_.expansion(expansion_terms)) {
    const auto entry = index.find(each.term);
    if (!entry) continue;
    const double weight = each.weight * inverse_frequency(index.documents(), entry->frequency);
    terms_.push_back({*entry, static_cast<float>(weight)});
  }
  expansion_.reset(index.last());
  index.add(terms_, expansion_budget, expansion_);
  for (const DocumentSpan& each : question.hidden) expansion_.clear(each.first, each.last);
}

void Ranker::fuse(const RankingQuestion& question) {
  fused_.reset(pack_.index().last());
  fused_.add(question.pairs, inverse(question.best_pairs));
  fused_.add(question.singles, singles_share * inverse(question.best_singles));
  fused_.add(expansion_, expansion_share * inverse(expansion_.highest()));
  const float article_factor = article_share * inverse(best_score(precedents_.articles()));
  for (const auto& place : precedents_.places()) {
    const float score = precedents_.article(place.article).score;
    if (score > 0) fused_.touch(place.document) += article_factor * score;
  }
  const float covered = std::min(lay_lines_.coverage(), 1.0F);
  const float lay_factor =
      (lay_share + covered_lay_share * covered * covered) * inverse(lay_lines_.highest());
  for (const LayLines::Article& each : lay_lines_.articles()) {
    if (each.score > 0) fused_.touch(each.document) += lay_factor * each.score;
  }
  const auto lift = [this](const Precedents::Part& part, float amount) {
    for (std::uint32_t id = part.first; id <= part.last; ++id) {
      if (const float before = fused_.at(id); before > 0) {
        fused_.touch(id) = std::max(before + amount, 0.0F);
      }
    }
  };
  const float law_factor = law_share * inverse(best_score(precedents_.laws()));
  for (const auto& law : precedents_.laws()) {
    const float size = static_cast<float>(law.last - law.first + 1);
    const float rate = std::log((law.count + 0.3F) / (size + 20) / usual_rate);
    lift(law, law_factor * std::max(law.score, 0.0F) + rate_share * rate);
  }
  const float chapter_factor = chapter_share * inverse(best_score(precedents_.chapters()));
  for (const auto& chapter : precedents_.chapters()) {
    if (chapter.score > 0) lift(chapter, chapter_factor * chapter.score);
  }
  for (const DocumentSpan& each : question.hidden) fused_.clear(each.first, each.last);
}

bool Ranker::familiar() const {
  constexpr float likeness_weight = 40;
  constexpr float long_question = 15.5F;
  constexpr float short_question = 0.48F;
  return likeness_weight * precedents_.nearest() + lay_lines_.nearest() >= long_question ||
         precedents_.nearest() + lay_lines_.coverage() >= short_question;
}

const std::vector<float>& Ranker::features(const RankingQuestion& question) {
  precedents_.weigh(question.text, question.left_out);
  const std::string asked = without_question_words(question.text);
  lay_lines_.weigh(asked);
  score_expansion(question);
  fuse(question);
  candidates_ = fused_.best(candidate_count);
  return features_.rows({asked, question.pairs, question.singles, expansion_, fused_}, candidates_);
}

const std::vector<Candidate>& Ranker::rank(const RankingQuestion& question) {
  const std::vector<float>& rows = features(question);
  tree_scores_.resize(candidates_.size());
  trees_.score(rows, tree_scores_);
  ranked_.clear();
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const float* const row = rows.data() + i * feature_count;
    const auto value = [row](Feature feature) { return row[static_cast<std::size_t>(feature)]; };
    const auto example = [this](std::uint32_t document) {
      const LayLines::Article* const lines = lay_lines_.find(document);
      return lines == nullptr ? 0 : std::min(lay_lines_.coverage(lines->nearest), 1.0F);
    };
    const float score = 1 / (1 + std::exp(-tree_scores_[i]));
    ranked_.push_back({candidates_[i].document,
                       score,
                       {value(Feature::pairs_share), value(Feature::article_share),
                        value(Feature::expansion_share), example(candidates_[i].document)}});
  }
  std::stable_sort(ranked_.begin(), ranked_.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  return ranked_;
}

}  // namespace law
