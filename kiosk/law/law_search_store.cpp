// The searching half of LawStore: ranking over the postings, citations and names, hits for a
// screen.
//
// Score of an article = pairs / best pairs + 0.5 × singles / best singles, each BM25 summed over
// the terms of the question. Cases and amendments are not searched unless asked for; a version that
// is not the front one of its day never; a repealed one comes behind everything that is not.
#include <algorithm>
#include <cmath>

#include "kiosk/law/law_store.h"
#include "kiosk/law/query.h"
#include "kiosk/law/short_names.h"
#include "platform/base/text.h"

namespace law {
namespace {

using base::Result;

constexpr float single_weight = 0.5F;
// Beside pairs, a character that more than this share of the articles has says nothing.
constexpr double common_share = 0.25;
// A good match: the best article has as much as one pair that no other article has, or most of what
// a short question says; with a learned ranking the question must also be like what people ask
// about the law (Ranker::familiar). How many legal questions and how much everyday talk pass is a
// row of tests/bench/law/run.
constexpr double good_evidence = 1.1;
constexpr double good_coverage = 0.35;
constexpr float just_below = 0.999F;
// What words alone give, beside a candidate of the learned ranking: always less.
constexpr float behind_candidates = 1e-3F;
// Bytes of postings a search reads at most: below half a millisecond, however large the library.
// In the national laws a question's pairs have 26,000 bytes, its single characters 98,000; the
// lightest of these change no result that anybody sees.
constexpr std::uint64_t pair_budget = 200'000;
constexpr std::uint64_t single_budget = 40'000;
// Mapped memory is given back after so many bytes of postings, every few searches: the system maps
// up to two megabytes around what is read.
constexpr std::size_t most_touched = 160'000;

// At most `longest_query` characters, without blanks around.
std::string_view bounded(std::string_view text) {
  text = base::trim(text);
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < longest_query; ++count) {
    base::next_character(text, at);
  }
  return text.substr(0, at);
}

// A number alone, a phone's or a case's, is no question, though annexes may hold its digits.
bool says_something(std::string_view text) {
  return std::ranges::any_of(base::decode_utf8(text), [](char32_t c) {
    return base::is_han(c) || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  });
}

// What is claimed must be there to be seen: without a marked word nothing is said of words.
Reason reason_of(const Evidence& evidence, const Hit& hit, const std::vector<Term>& terms) {
  constexpr float plain = 0.4F;
  const bool marked = !hit.snippet.matches.empty();
  const float words = marked ? evidence.words : 0;
  if (evidence.asked >= plain && evidence.asked >= words) return Reason::asked;
  if (evidence.like_text >= plain && evidence.like_text > words) return Reason::alike;
  if (marked) return Reason::words;
  if (evidence.example >= plain) return Reason::example;
  const std::string headings = hit.law.short_title + "\n" + hit.path;
  return make_snippet(headings, terms).matches.empty() ? Reason::near : Reason::heading;
}

bool aside(Kind kind) {
  return kind == Kind::amendment || kind == Kind::court_case;
}

}  // namespace

void LawStore::read_specials() {
  for (std::uint32_t id = 1; id <= pack_->laws(); ++id) {
    const LawRecord law = pack_->law(id);
    const std::size_t before = specials_.size();
    for (std::uint64_t i = 0; i < std::min(law.versions, pack_->versions()); ++i) {
      const VersionRecord version = pack_->version(law.first_version + i);
      if ((version.flags & VersionRecord::searched) == 0) continue;
      specials_.push_back({id, kind_of(law), facts_of(version).effective, span_of(version)});
    }
    if (specials_.size() == before + 1 && !aside(kind_of(law))) specials_.pop_back();
  }
}

void LawStore::read_repeals() {
  for (std::uint32_t id = 1; id <= pack_->versions(); ++id) {
    const VersionRecord version = pack_->version(id);
    const VersionFacts facts = facts_of(version);
    const std::uint32_t by = pack_->version_of(version.repealing_article);
    if ((version.flags & VersionRecord::searched) == 0 || !facts.repealed || by == 0) continue;
    repeals_.push_back({facts.repealed_from, span_of(version), span_of(pack_->version(by))});
  }
  std::stable_sort(repeals_.begin(), repeals_.end(),
                   [](const Repeal& a, const Repeal& b) { return a.from.day > b.from.day; });
}

// Adds up the postings of the terms; what a perfect article would have from the pairs.
double LawStore::score_terms(const std::vector<WeightedTerm>& terms) {
  Index& index = pack_->index();
  hidden_.clear();
  pair_scores_.reset(index.last());
  single_scores_.reset(index.last());
  const double unseen = inverse_frequency(index.documents(), 0);
  const bool with_pairs = is_pair(terms.back().term);
  const double common = with_pairs ? common_share * index.documents() : index.documents();
  std::vector<Index::Weighted> pairs;
  std::vector<Index::Weighted> singles;
  double possible = 0;
  for (const WeightedTerm& each : terms) {
    const auto entry = index.find(each.term);
    const double weight =
        each.weight * (entry ? inverse_frequency(index.documents(), entry->frequency) : unseen);
    const bool pair = is_pair(each.term);
    if (pair) possible += weight;
    if (!entry || (!pair && entry->frequency > common)) continue;
    (pair ? pairs : singles).push_back({*entry, static_cast<float>(weight * (bm25_k1 + 1))});
  }
  touched_ += index.add(pairs, pair_budget, pair_scores_);
  touched_ += index.add(singles, single_budget, single_scores_);
  return possible * (bm25_k1 + 1);
}

void LawStore::clear(Span span) {
  hidden_.push_back(span);
  pair_scores_.clear(span.first, span.last);
  single_scores_.clear(span.first, span.last);
}

void LawStore::keep_kind(Kind kind) {
  for (std::uint32_t id = 1; id <= pack_->versions(); ++id) {
    const VersionRecord version = pack_->version(id);
    if (kind_of(pack_->law(version.law)) != kind) clear(span_of(version));
  }
}

// Clears versions that do not hold on the day, cases and amendments.
void LawStore::hide_specials(const SearchRequest& request) {
  for (std::size_t begin = 0, end = 0; begin < specials_.size(); begin = end) {
    std::size_t front = begin;
    for (end = begin; end < specials_.size() && specials_[end].law == specials_[begin].law; ++end) {
      if (specials_[end].effective.begun(request.day) != false) front = end;
    }
    const bool hidden = aside(specials_[front].kind) && !request.kind;
    for (std::size_t i = begin; i < end; ++i) {
      if (i != front || hidden) clear(specials_[i].span);
    }
  }
}

// A repealed article never stands above the best article of the text that repealed it.
void LawStore::lower_repealed(base::Date day) {
  for (const Repeal& each : repeals_) {
    if (each.from.begun(day) != true) continue;
    const float highest = pair_scores_.highest(each.successor.first, each.successor.last);
    pair_scores_.cap(each.span.first, each.span.last, highest * just_below);
  }
}

RankingQuestion LawStore::ranking_question(std::string_view text) const {
  return {
      text, pair_scores_, single_scores_, pair_scores_.highest(), single_scores_.highest(), hidden_,
      {}};
}

LawStore::Ranking LawStore::ranking(std::string_view text, const SearchRequest& request) {
  Ranking ranking;
  const auto terms = question_terms(text);
  if (terms.empty() || pack_->indexed() == 0) return ranking;
  for (const WeightedTerm& each : terms) ranking.terms.push_back(each.term);
  const double possible = score_terms(terms);
  hide_specials(request);
  if (request.kind) keep_kind(*request.kind);
  const RankingQuestion question = ranking_question(text);
  const double best = static_cast<double>(question.best_pairs);
  const double evidence = best / inverse_frequency(pack_->indexed(), 0);
  const double coverage = possible > 0 ? best / possible : 0;
  const bool one_character = possible == 0 && question.best_singles > 0;
  ranking.words = says_something(text) &&
                  (evidence >= good_evidence || coverage >= good_coverage || one_character);
  ranking.good = ranking.words;
  if (ranker_) {
    order_by_learning(question);
    ranking.good = ranking.words && (one_character || ranker_->familiar());
  } else {
    join_scores(question, 1);
  }
  lower_repealed(request.day);
  ranking.articles = pair_scores_.best(request.limit);
  if (ranker_) ranking.evidence = evidence_of(ranking.articles);
  if (touched_ > most_touched) {
    pack_->release();
    touched_ = 0;
  }
  return ranking;
}

void LawStore::join_scores(const RankingQuestion& question, float scale) {
  pair_scores_.scale(question.best_pairs > 0 ? scale / question.best_pairs : 0);
  pair_scores_.add(single_scores_,
                   question.best_singles > 0 ? scale * single_weight / question.best_singles : 0);
}

// What the trees have not looked at follows in the order of words.
void LawStore::order_by_learning(const RankingQuestion& question) {
  const std::vector<Candidate>& candidates = ranker_->rank(question);
  join_scores(question, behind_candidates);
  for (const Candidate& each : candidates) {
    pair_scores_.touch(each.document) = 2 * behind_candidates + each.score;
  }
}

std::vector<Evidence> LawStore::evidence_of(const std::vector<Ranked>& articles) const {
  std::vector<Evidence> list;
  const std::vector<Candidate>& candidates = ranker_->ranked();
  for (const Ranked& each : articles) {
    const auto own = std::find_if(
        candidates.begin(), candidates.end(),
        [&each](const Candidate& candidate) { return candidate.document == each.document; });
    list.push_back(own != candidates.end() ? own->evidence : Evidence{1, 0, 0, 0});
  }
  return list;
}

void LawStore::show_scores(const SearchRequest& request,
                           const std::function<void(const RankingQuestion&)>& visit) {
  const std::string_view text = bounded(request.text);
  const auto terms = question_terms(text);
  if (!present() || terms.empty()) return;
  score_terms(terms);
  hide_specials(request);
  visit(ranking_question(text));
}

Result<std::vector<RankedArticle>> LawStore::rank(const SearchRequest& request) {
  std::vector<RankedArticle> list;
  if (!present()) return list;
  for (const Ranked& each : ranking(bounded(request.text), request).articles) {
    const LawRecord law = pack_->law(pack_->version(pack_->version_of(each.document)).law);
    list.push_back({each.document, std::string(pack_->string(law.title)),
                    label_of(pack_->article(each.document))});
  }
  return list;
}

Result<Hit> LawStore::hit(const Ranked& ranked, const Ranking& ranking, base::Date day) {
  const ArticleRecord article = pack_->article(ranked.document);
  const VersionRecord version = pack_->version(pack_->version_of(ranked.document));
  Hit hit;
  hit.article = ranked.document;
  hit.number = {article.number, article.branch};
  hit.label = label_of(article);
  hit.snippet = make_snippet(TRY(pack_->article_text(ranked.document)), ranking.terms);
  hit.law = law_summary(version.law);
  hit.status = status_on(facts_of(version), day);
  hit.score = ranked.score;
  for (const std::string& each : chapter_path(article.chapter)) {
    if (!hit.path.empty()) hit.path += " / ";
    hit.path += each;
  }
  return hit;
}

Result<Hit> LawStore::hit(Id article, base::Date day) {
  return hit(Ranked{static_cast<std::uint32_t>(article), 0}, Ranking{}, day);
}

std::uint64_t LawStore::occurrences(std::string_view word) {
  if (!present()) return 0;
  std::vector<Term> terms;
  append_terms(word, terms);
  const bool longer = std::ranges::any_of(terms, is_pair);
  std::optional<std::uint64_t> rarest;
  for (const Term term : terms) {
    if (longer && !is_pair(term)) continue;
    const auto entry = pack_->index().find(term);
    const std::uint64_t frequency = entry ? entry->frequency : 0;
    rarest = std::min(rarest.value_or(frequency), frequency);
  }
  return rarest.value_or(0);
}

std::vector<std::string> LawStore::short_titles() const {
  std::vector<std::string> titles;
  if (!present()) return titles;
  for (std::uint32_t id = 1; id <= pack_->laws(); ++id) {
    titles.emplace_back(pack_->string(pack_->law(id).short_title));
  }
  return titles;
}

LawSummary LawStore::summary(Id law) const {
  return law_summary(static_cast<std::uint64_t>(law));
}

Result<SearchAnswer> LawStore::search(const SearchRequest& request) {
  SearchAnswer answer;
  const std::string_view text = bounded(request.text);
  if (!present() || text.empty()) return answer;
  const auto citation = parse_citation(text);
  const std::string_view name = citation ? std::string_view(citation->law) : text;
  std::vector<LawSummary> laws = laws_meant(name);
  // A number in a law that has ended is no number in the law that ended it.
  const auto ending = TRY(ending_of(name, request.day));
  std::optional<Id> cited;
  if (citation && !ending) cited = article_of(laws, citation->article, request.day);
  // Behind a cited article come those that cite it, in the law's own way of writing.
  const std::string question =
      cited ? law_of(*cited).short_title + article_label(citation->article) : full_name(text);
  if (!citation || laws.empty()) add_laws_like(name, laws);
  answer.laws = named(laws, request.day);
  if (ending) put_successor_first(*ending, request.day, answer.laws);
  Ranking ranked = ranking(question, request);
  answer.words_match = ranked.words;
  answer.good_match = cited || !answer.laws.empty() || ranked.good;
  // What was named, or what ended it, stands in front.
  std::uint32_t in_front = 0;
  if (cited || ending) {
    in_front = static_cast<std::uint32_t>(cited ? *cited : ending->article);
    answer.hits.push_back(TRY(hit(Ranked{in_front, 0}, ranked, request.day)));
    answer.hits.back().reason = cited ? Reason::cited : Reason::ended;
  }
  for (std::size_t i = 0; i < ranked.articles.size() && answer.hits.size() < request.limit; ++i) {
    if (ranked.articles[i].document == in_front) continue;
    Hit next = TRY(hit(ranked.articles[i], ranked, request.day));
    const Evidence evidence = ranked.evidence.empty() ? Evidence{} : ranked.evidence[i];
    next.reason = reason_of(evidence, next, ranked.terms);
    answer.hits.push_back(std::move(next));
  }
  return answer;
}

}  // namespace law
