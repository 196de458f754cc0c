#include "kiosk/law/candidate_features.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "platform/base/text.h"

namespace law {
namespace {

constexpr std::size_t most_asked = 64;
// A character that more than this share of the articles has says nothing.
constexpr double common_share = 0.25;
// Postings read to see what candidates cover: the rarest terms first.
constexpr std::uint64_t coverage_budget = 120'000;
constexpr float sharpness = 3;  // of the weights of candidates

constexpr float share(float value, float best) {
  return best > 0 ? value / best : 0;
}

}  // namespace

const std::vector<float>& CandidateFeatures::rows(const QuestionScores& scores,
                                                  const std::vector<Ranked>& candidates) {
  rows_.assign(candidates.size() * feature_count, 0);
  read_question(scores.question);
  read_facts(candidates);
  set_scores(scores, candidates);
  set_precedents(candidates);
  set_lay_lines(candidates);
  set_neighbours(scores, candidates);
  set_coverage(candidates);
  set_surroundings(candidates);
  return rows_;
}

void CandidateFeatures::read_question(std::string_view question) {
  pairs_.clear();
  singles_.clear();
  terms_.clear();
  append_terms(question, terms_);
  const Index& index = pack_.index();
  for (const Term term : terms_) {
    std::vector<Asked>& asked = is_pair(term) ? pairs_ : singles_;
    const auto same = [term](const Asked& each) { return each.term == term; };
    if (asked.size() == most_asked || std::any_of(asked.begin(), asked.end(), same)) continue;
    const auto entry = index.find(term);
    const std::uint32_t frequency = entry ? entry->frequency : 0;
    asked.push_back({term, static_cast<float>(inverse_frequency(index.documents(), frequency))});
  }
  question_length_ = static_cast<float>(base::count_characters(question));
}

void CandidateFeatures::read_facts(const std::vector<Ranked>& candidates) {
  facts_.clear();
  for (const Ranked& each : candidates) {
    const VersionRecord version = pack_.version(pack_.version_of(each.document));
    facts_.push_back({version.law, pack_.article(each.document).chapter, version.articles,
                      version.first_article, version.first_article + version.articles - 1});
  }
}

void CandidateFeatures::set_share_and_place(Feature raw) {
  const auto value = static_cast<std::size_t>(raw);
  order_.resize(facts_.size());
  float best = 0;
  for (std::uint32_t i = 0; i < order_.size(); ++i) {
    order_[i] = i;
    best = std::max(best, rows_[i * feature_count + value]);
  }
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const float first = rows_[a * feature_count + value];
    const float second = rows_[b * feature_count + value];
    return first != second ? first > second : a < b;
  });
  for (std::uint32_t place = 0; place < order_.size(); ++place) {
    float* const row = rows_.data() + order_[place] * feature_count + value;
    row[1] = share(row[0], best);
    row[2] = static_cast<float>(place);
  }
}

void CandidateFeatures::set_scores(const QuestionScores& scores,
                                   const std::vector<Ranked>& candidates) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::uint32_t document = candidates[i].document;
    at(i, Feature::pairs) = scores.pairs.at(document);
    at(i, Feature::singles) = scores.singles.at(document);
    at(i, Feature::expansion) = scores.expansion.at(document);
    at(i, Feature::fused) = candidates[i].score;
  }
  for (const Feature each :
       {Feature::pairs, Feature::singles, Feature::expansion, Feature::fused}) {
    set_share_and_place(each);
  }
}

void CandidateFeatures::set_precedents(const std::vector<Ranked>& candidates) {
  float best_law = 0;
  float best_chapter = 0;
  for (const auto& each : precedents_.laws()) best_law = std::max(best_law, each.score);
  for (const auto& each : precedents_.chapters()) best_chapter = std::max(best_chapter, each.score);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (const auto* place = precedents_.place_of(candidates[i].document)) {
      const auto& article = precedents_.article(place->article);
      at(i, Feature::article) = article.score;
      at(i, Feature::article_square) = article.square;
      at(i, Feature::article_count) = article.count;
      at(i, Feature::article_nearest) = article.nearest;
    }
    Precedents::Score law;
    if (const auto* part = precedents_.law(facts_[i].law)) law = *part;
    at(i, Feature::law) = law.score;
    at(i, Feature::law_share) = share(law.score, best_law);
    at(i, Feature::law_count) = std::round(std::log2(law.count + 1) * 2);
    at(i, Feature::law_rate) =
        std::log((law.count + 0.3F) / (static_cast<float>(facts_[i].law_size) + 20));
    at(i, Feature::law_nearest) = law.nearest;
    Precedents::Score chapter;
    if (const auto* part = precedents_.chapter(facts_[i].chapter)) chapter = *part;
    at(i, Feature::chapter) = chapter.score;
    at(i, Feature::chapter_share) = share(chapter.score, best_chapter);
    at(i, Feature::chapter_count) = std::round(std::log2(chapter.count + 1) * 2);
    at(i, Feature::nearest) = precedents_.nearest();
  }
  set_share_and_place(Feature::article);
}

void CandidateFeatures::set_lay_lines(const std::vector<Ranked>& candidates) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto* article = lay_lines_.find(candidates[i].document);
    at(i, Feature::lay) = article != nullptr ? article->score : -1;
    at(i, Feature::lay_nearest) = article != nullptr ? article->nearest : -1;
    at(i, Feature::lay_coverage) = article != nullptr ? lay_lines_.coverage(article->nearest) : -1;
  }
  set_share_and_place(Feature::lay);
  set_share_and_place(Feature::lay_nearest);
}

float CandidateFeatures::article_score(std::uint32_t document, const Facts& facts) const {
  if (document < facts.first || document > facts.last) return 0;
  const auto* place = precedents_.place_of(document);
  return place != nullptr ? precedents_.article(place->article).score : 0;
}

void CandidateFeatures::set_neighbours(const QuestionScores& scores,
                                       const std::vector<Ranked>& candidates) {
  const auto within = [](const Scores& of, std::uint32_t document, const Facts& facts) {
    return document < facts.first || document > facts.last ? 0.0F : of.at(document);
  };
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::uint32_t document = candidates[i].document;
    const Facts& facts = facts_[i];
    at(i, Feature::next_article) = article_score(document + 1, facts);
    at(i, Feature::second_next_article) = article_score(document + 2, facts);
    at(i, Feature::next_fused) = within(scores.fused, document + 1, facts);
    at(i, Feature::next_expansion) = within(scores.expansion, document + 1, facts);
    at(i, Feature::previous_article) = article_score(document - 1, facts);
    at(i, Feature::second_previous_article) = article_score(document - 2, facts);
    at(i, Feature::previous_fused) = within(scores.fused, document - 1, facts);
    at(i, Feature::previous_expansion) = within(scores.expansion, document - 1, facts);
  }
}

// Which candidates have the asked terms, for the rarest terms that fit in the budget.
void CandidateFeatures::mark(const std::vector<Asked>& asked, Mask Covered::* mask,
                             std::uint64_t& budget) {
  order_.resize(asked.size());
  for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
  std::sort(order_.begin(), order_.end(), [&asked](std::uint32_t a, std::uint32_t b) {
    return asked[a].weight != asked[b].weight ? asked[a].weight > asked[b].weight : a < b;
  });
  const Index& index = pack_.index();
  for (const std::uint32_t i : order_) {
    const auto entry = index.find(asked[i].term);
    if (!entry) continue;
    if (entry->groups.size() > budget) return;
    budget -= entry->groups.size();
    Index::for_each(*entry, [&](std::uint32_t document, unsigned) {
      const std::size_t word = document / 64;
      if (word >= marked_.size() || (marked_[word] >> document % 64 & 1U) == 0) return;
      const auto found = std::lower_bound(documents_.begin(), documents_.end(), document);
      covered_[candidate_of_[static_cast<std::size_t>(found - documents_.begin())]].*mask |= Mask{1}
                                                                                             << i;
    });
  }
}

void CandidateFeatures::find_covered(const std::vector<Ranked>& candidates) {
  covered_.assign(candidates.size(), {});
  candidate_of_.resize(candidates.size());
  documents_.resize(candidates.size());
  marked_.resize(pack_.index().last() / 64 + std::size_t{1});
  for (std::uint32_t i = 0; i < candidates.size(); ++i) candidate_of_[i] = i;
  std::sort(candidate_of_.begin(), candidate_of_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return candidates[a].document < candidates[b].document;
  });
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    documents_[i] = candidates[candidate_of_[i]].document;
    marked_[documents_[i] / 64] |= std::uint64_t{1} << documents_[i] % 64;
  }
  std::uint64_t budget = coverage_budget;
  mark(pairs_, &Covered::pairs, budget);
  const double common =
      inverse_frequency(pack_.index().documents(),
                        static_cast<std::uint64_t>(common_share * pack_.index().documents()));
  std::erase_if(singles_,
                [common](const Asked& each) { return static_cast<double>(each.weight) < common; });
  mark(singles_, &Covered::singles, budget);
  for (const std::uint32_t each : documents_) marked_[each / 64] = 0;
}

float CandidateFeatures::weight_of(const std::vector<Asked>& asked, Mask mask) {
  float sum = 0;
  for (; mask != 0; mask &= mask - 1) {
    sum += asked[static_cast<std::size_t>(std::countr_zero(mask))].weight;
  }
  return sum;
}

CandidateFeatures::Covered CandidateFeatures::covered_by(std::string_view text) {
  Covered covered;
  terms_.clear();
  append_terms(text, terms_);
  for (const Term term : terms_) {
    const std::vector<Asked>& asked = is_pair(term) ? pairs_ : singles_;
    const auto found = std::find_if(asked.begin(), asked.end(),
                                    [term](const Asked& each) { return each.term == term; });
    if (found == asked.end()) continue;
    Mask& mask = is_pair(term) ? covered.pairs : covered.singles;
    mask |= Mask{1} << (found - asked.begin());
  }
  return covered;
}

CandidateFeatures::Part& CandidateFeatures::part(std::vector<Part>& parts, std::uint32_t id,
                                                 bool& fresh) {
  const auto found =
      std::find_if(parts.begin(), parts.end(), [id](const Part& each) { return each.id == id; });
  fresh = found == parts.end();
  if (!fresh) return *found;
  parts.push_back({});
  parts.back().id = id;
  return parts.back();
}

void CandidateFeatures::read_law(Part& law, const Facts& facts) {
  const std::string_view title = pack_.string(pack_.law(facts.law).short_title);
  law.covered = covered_by(title);
  law.title_length = static_cast<float>(base::count_characters(title));
  law.size = static_cast<float>(facts.law_size);
}

void CandidateFeatures::read_chapter(Part& chapter) {
  // The size of a chapter is told by where the next one begins.
  const std::uint32_t first = pack_.chapter(chapter.id).first_article;
  const std::uint32_t next = pack_.chapter(std::uint64_t{chapter.id} + 1).first_article;
  chapter.size = next > first ? static_cast<float>(next - first) : 0;
  std::uint32_t id = chapter.id;
  for (int depth = 0; id != 0 && depth < 8; ++depth) {
    const ChapterRecord record = pack_.chapter(id);
    const Covered covered = covered_by(pack_.string(record.title));
    chapter.covered.pairs |= covered.pairs;
    id = record.parent;
  }
}

void CandidateFeatures::set_coverage(const std::vector<Ranked>& candidates) {
  find_covered(candidates);
  float all_pairs = 1e-6F;
  float all_singles = 1e-6F;
  for (const Asked& each : pairs_) all_pairs += each.weight;
  for (const Asked& each : singles_) all_singles += each.weight;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Covered& own = covered_[i];
    at(i, Feature::covered_pairs) = weight_of(pairs_, own.pairs) / all_pairs;
    at(i, Feature::covered_singles) = weight_of(singles_, own.singles) / all_singles;
    int run = 0;
    for (Mask mask = own.pairs; mask != 0; mask &= mask << 1U) ++run;
    at(i, Feature::longest_run) = static_cast<float>(run);
    // Pairs that follow each other stand for longer words.
    at(i, Feature::run_weight) = weight_of(pairs_, own.pairs & own.pairs << 1U) / all_pairs;
  }
  laws_.clear();
  chapters_.clear();
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    bool fresh = false;
    Part& law = part(laws_, facts_[i].law, fresh);
    if (fresh) read_law(law, facts_[i]);
    at(i, Feature::title_pairs) = weight_of(pairs_, law.covered.pairs) / all_pairs;
    at(i, Feature::title_singles) = weight_of(singles_, law.covered.singles) / all_singles;
    Part& chapter = part(chapters_, facts_[i].chapter, fresh);
    if (fresh) read_chapter(chapter);
    at(i, Feature::path_pairs) = weight_of(pairs_, chapter.covered.pairs) / all_pairs;
    at(i, Feature::chapter_rate) =
        std::log((std::exp2(at(i, Feature::chapter_count) / 2) - 0.7F) / (chapter.size + 5));
  }
}

void CandidateFeatures::set_surroundings(const std::vector<Ranked>& candidates) {
  float all = 1e-6F;
  const auto weight = [&candidates](std::size_t i) {
    return std::exp((candidates[i].score - candidates[0].score) * sharpness);
  };
  bool fresh = false;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    all += weight(i);
    for (Part* each :
         {&part(laws_, facts_[i].law, fresh), &part(chapters_, facts_[i].chapter, fresh)}) {
      each->weight += weight(i);
    }
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Part& law = part(laws_, facts_[i].law, fresh);
    Part& chapter = part(chapters_, facts_[i].chapter, fresh);
    if (law.places == 0) law.first = static_cast<float>(i);
    at(i, Feature::law_weight) = law.weight / all;
    at(i, Feature::chapter_weight) = chapter.weight / all;
    at(i, Feature::place_in_law) = law.places++;
    at(i, Feature::first_of_law) = law.first;
    at(i, Feature::law_size) = law.size;
    at(i, Feature::chapter_size) = chapter.size;
    at(i, Feature::title_length) = law.title_length;
    at(i, Feature::length) = static_cast<float>(pack_.article(candidates[i].document).length);
    at(i, Feature::kind) = static_cast<float>(pack_.law(facts_[i].law).kind);
    at(i, Feature::question_length) = question_length_;
  }
}

}  // namespace law
