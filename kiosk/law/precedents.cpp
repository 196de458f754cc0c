#include "kiosk/law/precedents.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "kiosk/law/named_documents.h"

namespace law {
namespace {

constexpr std::uint32_t no_place = std::numeric_limits<std::uint32_t>::max();
constexpr float full_weight = 65535;
// Questions that are less alike have nothing to say.
constexpr float least_likeness = 0.008F;
constexpr float least_weight = 0.003F;

}  // namespace

std::uint32_t hash_of_term(Term term) {
  // The finisher of MurmurHash3.
  term = (term ^ term >> 33U) * 0xff51afd7ed558ccdU;
  term = (term ^ term >> 33U) * 0xc4ceb9fe1a85ec53U;
  return static_cast<std::uint32_t>(term >> 32U);
}

std::vector<std::uint32_t> question_hashes(std::string_view question) {
  std::vector<Term> terms;
  append_terms(question, terms);
  std::vector<std::uint32_t> hashes;
  hashes.reserve(terms.size());
  for (const Term each : terms) hashes.push_back(hash_of_term(each));
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

Precedents::Precedents(const LearnedFile& file, const Pack& pack) : file_(file) {
  likeness_.resize(file.questions());
  squares_.resize(file.questions());
  weights_.resize(file.questions());
  square_weights_.resize(file.questions());
  pair_weights_.resize(file.records<ExpansionPair>(LearnedSection::pairs).size());
  articles_.resize(file.records<ArticleName>(LearnedSection::articles).size());
  place_of_article_.assign(articles_.size(), no_place);
  find_places(pack);
}

void Precedents::find_places(const Pack& pack) {
  const auto names = file_.records<ArticleName>(LearnedSection::articles);
  for (const NamedDocument& each : find_documents(names, pack)) {
    const VersionRecord version = pack.version(each.version);
    if (laws_.empty() || laws_.back().id != version.law) {
      const LawRecord law = pack.law(version.law);
      const VersionRecord first = pack.version(law.first_version);
      const VersionRecord last = pack.version(std::uint64_t{law.first_version} + law.versions - 1);
      laws_.push_back(
          {{}, version.law, first.first_article, last.first_article + last.articles - 1});
    }
    places_.push_back({each.document, each.name, static_cast<std::uint32_t>(laws_.size() - 1),
                       chapter_of(pack, version, each.document)});
  }
  for (std::uint32_t i = static_cast<std::uint32_t>(places_.size()); i-- > 0;) {
    place_of_article_[places_[i].article] = i;
  }
}

// Into chapters_; called in the order of documents.
std::uint32_t Precedents::chapter_of(const Pack& pack, const VersionRecord& version,
                                     std::uint32_t document) {
  const std::uint32_t id = pack.article(document).chapter;
  if (id == 0) return no_place;
  if (chapters_.empty() || chapters_.back().id != id) {
    chapters_.push_back({{}, id, document, document});
    const std::uint32_t stop = version.first_article + version.articles - 1;
    Part& chapter = chapters_.back();
    while (chapter.first > version.first_article && pack.article(chapter.first - 1).chapter == id) {
      --chapter.first;
    }
    while (chapter.last < stop && pack.article(chapter.last + 1).chapter == id) ++chapter.last;
  }
  return static_cast<std::uint32_t>(chapters_.size() - 1);
}

const Precedents::Place* Precedents::place_of(std::uint32_t document) const {
  const auto place = std::lower_bound(
      places_.begin(), places_.end(), document,
      [](const Place& each, std::uint32_t wanted) { return each.document < wanted; });
  return place != places_.end() && place->document == document ? &*place : nullptr;
}

const Precedents::Part* Precedents::find(const std::vector<Part>& parts, std::uint32_t id) {
  const auto part =
      std::lower_bound(parts.begin(), parts.end(), id,
                       [](const Part& each, std::uint32_t wanted) { return each.id < wanted; });
  return part != parts.end() && part->id == id ? &*part : nullptr;
}

void Precedents::read_likeness(std::string_view question) {
  const auto terms = file_.records<QuestionTerm>(LearnedSection::terms);
  const auto uses = file_.records<TermUse>(LearnedSection::uses);
  std::fill(likeness_.begin(), likeness_.end(), 0.0F);
  float length = 0;
  for (const std::uint32_t hash : question_hashes(question)) {
    const auto term = std::lower_bound(
        terms.begin(), terms.end(), hash,
        [](const QuestionTerm& each, std::uint32_t wanted) { return each.hash < wanted; });
    const bool known = term != terms.end() && term->hash == hash;
    const float weight = known ? term->weight : file_.unseen_weight();
    length += weight * weight;
    if (!known) continue;
    for (const TermUse& use : uses.subspan(term->first_use, term->uses)) {
      likeness_[use.question] += weight * static_cast<float>(use.weight);
    }
  }
  const float unit = length > 0 ? 1 / (std::sqrt(length) * full_weight) : 0;
  for (float& each : likeness_) each *= unit;
}

// weights = kernel × likeness; of a question left out, what its own row says of the others, which
// is the same as learning without it.
void Precedents::solve(LearnedSection rows_section, LearnedSection kernel_section,
                       std::optional<std::uint32_t> left_out, std::vector<float>& weights) const {
  const auto rows = file_.records<KernelRow>(rows_section);
  const auto kernel = file_.records<std::int16_t>(kernel_section);
  const std::size_t questions = rows.size();
  const bool square = kernel_section == LearnedSection::square;
  std::fill(weights.begin(), weights.end(), 0.0F);
  const auto add_row = [&](std::size_t row, float factor) {
    const std::int16_t* const numbers = kernel.data() + row * questions;
    float* const sums = weights.data();
    for (std::size_t i = 0; i < questions; ++i) sums[i] += factor * static_cast<float>(numbers[i]);
  };
  if (left_out) {
    add_row(*left_out, -rows[*left_out].unit / rows[*left_out].diagonal);
    return;
  }
  const std::vector<float>& likeness = square ? squares_ : likeness_;
  for (std::size_t row = 0; row < questions; ++row) {
    if (likeness[row] < least_likeness) continue;
    add_row(row, likeness[row] * rows[row].unit);
    weights[row] += likeness[row] * rows[row].diagonal;
  }
}

void Precedents::add_up(std::optional<std::uint32_t> left_out) {
  for (ArticleScore& each : articles_) each = {};
  const auto clear = [](std::vector<Part>& parts) {
    for (Part& each : parts) static_cast<Score&>(each) = {};
  };
  clear(laws_);
  clear(chapters_);
  const std::uint32_t group = left_out ? *left_out % learning_groups : learning_groups;
  const float one = left_out ? static_cast<float>(learning_groups) / (learning_groups - 1) : 1.0F;
  for (const Answer& answer : file_.records<Answer>(LearnedSection::answers)) {
    const float score = weights_[answer.question] * answer.share;
    const float count = answer.question % learning_groups == group ? 0 : one;
    const float near = likeness_[answer.question];
    const auto add = [&](Score& to) {
      to.score += score;
      to.count += count;
      to.nearest = std::max(to.nearest, near);
    };
    ArticleScore& article = articles_[answer.article];
    add(article);
    article.square += square_weights_[answer.question] * answer.share;
    const std::uint32_t at = place_of_article_[answer.article];
    if (at == no_place) continue;
    add(laws_[places_[at].law]);
    if (places_[at].chapter != no_place) add(chapters_[places_[at].chapter]);
  }
}

void Precedents::weigh(std::string_view question, std::optional<std::uint32_t> left_out) {
  read_likeness(question);
  if (left_out) likeness_[*left_out] = 0;
  std::transform(likeness_.begin(), likeness_.end(), squares_.begin(),
                 [](float each) { return each * each; });
  solve(LearnedSection::kernel_rows, LearnedSection::kernel, left_out, weights_);
  solve(LearnedSection::square_rows, LearnedSection::square, left_out, square_weights_);
  nearest_ = likeness_.empty() ? 0 : *std::max_element(likeness_.begin(), likeness_.end());
  add_up(left_out);
}

std::span<const WeightedTerm> Precedents::expansion(std::size_t limit) {
  const auto ranges = file_.records<ExpansionRange>(LearnedSection::expansion_ranges);
  const auto expansions = file_.records<Expansion>(LearnedSection::expansions);
  const auto pairs = file_.records<ExpansionPair>(LearnedSection::pairs);
  std::fill(pair_weights_.begin(), pair_weights_.end(), 0.0F);
  for (std::size_t question = 0; question < weights_.size(); ++question) {
    const float weight = weights_[question];
    if (weight < least_weight && weight > -least_weight) continue;
    for (const Expansion& each :
         expansions.subspan(ranges[question].first, ranges[question].count)) {
      pair_weights_[each.pair] += weight * static_cast<float>(each.weight) / full_weight;
    }
  }
  expansion_.clear();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pair_weights_[i] <= 0) continue;
    const Term term = static_cast<Term>(pairs[i].first) << 32U | pairs[i].second;
    expansion_.push_back({term, static_cast<double>(pair_weights_[i])});
  }
  const auto heavier = [](const WeightedTerm& a, const WeightedTerm& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
  };
  if (expansion_.size() > limit) {
    const auto middle = expansion_.begin() + static_cast<std::ptrdiff_t>(limit);
    std::nth_element(expansion_.begin(), middle, expansion_.end(), heavier);
    expansion_.erase(middle, expansion_.end());
  }
  return expansion_;
}

}  // namespace law
