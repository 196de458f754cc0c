// The searching half of LawStore: ranking over the postings, citations and names, hits for a
// screen.
//
// Score of an article = pairs / best pairs + 0.3 × singles / best singles, each BM25 summed over
// the terms of the question. Cases and amendments are not searched unless asked for; a version that
// is not the front one of its day never; a repealed one comes behind everything that is not.
#include <algorithm>
#include <cmath>

#include "kiosk/law/law_store.h"
#include "kiosk/law/query.h"
#include "platform/base/text.h"

namespace law {
namespace {

using base::Result;

constexpr float single_weight = 0.3F;
// A character that more than this share of the articles has says nothing about any of them.
constexpr double common_share = 0.25;
// The least coverage of a good match.
constexpr double good_coverage = 0.2;
constexpr std::size_t most_laws = 5;

// At most `longest_query` characters, without blanks around.
std::string_view bounded(std::string_view text) {
  text = base::trim(text);
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < longest_query; ++count) {
    base::next_character(text, at);
  }
  return text.substr(0, at);
}

std::string json_array(const std::vector<Term>& terms) {
  std::string text = "[";
  for (const Term each : terms) {
    if (text.size() > 1) text += ',';
    text += std::to_string(each);
  }
  return text + "]";
}

// Each once, with how often the question says it.
std::vector<std::pair<Term, int>> counted(const std::vector<Term>& sorted) {
  std::vector<std::pair<Term, int>> counts;
  for (const Term each : sorted) {
    if (counts.empty() || counts.back().first != each) counts.emplace_back(each, 0);
    ++counts.back().second;
  }
  return counts;
}

void scale(std::vector<float>& scores, float factor) {
  for (float& each : scores) each *= factor;
}

// LIKE's own signs taken literally.
std::string like_pattern(std::string_view words) {
  std::string pattern = "%";
  for (const char c : words) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

}  // namespace

Result<void> LawStore::read_specials() {
  auto rows = TRY(database_->query(
      "SELECT law, kind, effective_day, effective_known_by, repealed, repealed_day,"
      " repealed_known_by, first_article, last_article"
      " FROM versions JOIN laws ON laws.id = versions.law"
      " WHERE searched AND (kind IN (?, ?) OR repealed OR law IN"
      "   (SELECT law FROM versions WHERE searched GROUP BY law HAVING count(*) > 1))"
      " ORDER BY law, position",
      static_cast<int>(Kind::amendment), static_cast<int>(Kind::court_case)));
  while (TRY(rows.step())) {
    Special special;
    special.law = rows.integer(0);
    special.kind = static_cast<Kind>(rows.integer(1));
    special.effective = {base::parse_date(rows.text(2)), base::parse_date(rows.text(3))};
    special.repealed = rows.integer(4) != 0;
    special.repealed_from = {base::parse_date(rows.text(5)), base::parse_date(rows.text(6))};
    special.span = {static_cast<std::uint32_t>(rows.integer(7)),
                    static_cast<std::uint32_t>(rows.integer(8))};
    if (special.span.first > special.span.last || special.span.last > last_article_) {
      return base::fail(base::ErrorKind::storage, "library_damaged",
                        "article numbers out of order");
    }
    specials_.push_back(special);
  }
  return {};
}

// Adds up the postings of the terms; the weight a perfect article would have from the pairs.
Result<double> LawStore::score_terms(const std::vector<Term>& terms) {
  const std::size_t size = last_article_ + std::size_t{1};
  pair_scores_.assign(size, 0);
  single_scores_.assign(size, 0);
  const auto counts = counted(terms);
  double possible = 0;
  for (const auto& [term, count] : counts) {
    if (is_pair(term)) possible += count * inverse_frequency(documents_, 0);
  }
  auto rows =
      TRY(database_->query("SELECT term, frequency, postings FROM terms"
                           " WHERE term IN (SELECT value FROM json_each(?))",
                           json_array(terms)));
  while (TRY(rows.step())) {
    const auto term = static_cast<Term>(rows.integer(0));
    const auto frequency = static_cast<std::uint64_t>(rows.integer(1));
    const auto at = std::lower_bound(counts.begin(), counts.end(), std::pair(term, 0));
    if (at == counts.end() || at->first != term) continue;
    const double weight = at->second * inverse_frequency(documents_, frequency);
    if (is_pair(term)) {
      possible += weight - at->second * inverse_frequency(documents_, 0);
      accumulate(rows.blob(2), static_cast<float>(weight), pair_scores_);
    } else if (static_cast<double>(frequency) < common_share * static_cast<double>(documents_)) {
      accumulate(rows.blob(2), static_cast<float>(weight), single_scores_);
    }
  }
  return possible * (bm25_k1 + 1);
}

void LawStore::clear(Span span) {
  const std::size_t end = std::min<std::size_t>(span.last + std::size_t{1}, pair_scores_.size());
  for (std::size_t i = span.first; i < end; ++i) pair_scores_[i] = 0;
}

Result<void> LawStore::keep_kind(Kind kind) {
  auto rows = TRY(database_->query(
      "SELECT first_article, last_article FROM versions JOIN laws ON laws.id = versions.law"
      " WHERE searched AND kind <> ?",
      static_cast<int>(kind)));
  while (TRY(rows.step())) {
    clear(
        {static_cast<std::uint32_t>(rows.integer(0)), static_cast<std::uint32_t>(rows.integer(1))});
  }
  return {};
}

// Per special version: shown like any other, behind all others, or not at all.
std::vector<LawStore::Treatment> LawStore::treatments(const SearchRequest& request) const {
  std::vector<Treatment> list(specials_.size(), Treatment::hidden);
  for (std::size_t begin = 0; begin < specials_.size();) {
    std::size_t end = begin;
    std::size_t front = begin;
    for (; end < specials_.size() && specials_[end].law == specials_[begin].law; ++end) {
      if (specials_[end].effective.begun(request.day) != false) front = end;
    }
    const Special& shown = specials_[front];
    const bool aside = shown.kind == Kind::amendment || shown.kind == Kind::court_case;
    const bool over = shown.repealed && shown.repealed_from.begun(request.day) == true;
    if (!aside || request.kind) list[front] = over ? Treatment::behind : Treatment::plain;
    begin = end;
  }
  return list;
}

// The best of pair_scores_, which hold the whole score by now and are used up.
Result<std::vector<Ranked>> LawStore::pick(const SearchRequest& request) {
  if (request.kind) TRY(keep_kind(*request.kind));
  const auto treated = treatments(request);
  std::vector<Ranked> behind;
  for (std::size_t i = 0; i < specials_.size(); ++i) {
    const Span span = specials_[i].span;
    if (treated[i] == Treatment::plain) continue;
    for (std::uint32_t id = span.first; id <= span.last; ++id) {
      if (treated[i] == Treatment::behind && pair_scores_[id] > 0) {
        behind.push_back({id, pair_scores_[id]});
      }
      pair_scores_[id] = 0;
    }
  }
  std::vector<Ranked> ranked = best(pair_scores_, request.limit);
  if (ranked.size() >= request.limit || behind.empty()) return ranked;
  std::fill(pair_scores_.begin(), pair_scores_.end(), 0.0F);
  for (const Ranked& each : behind) pair_scores_[each.document] = each.score;
  const auto last = best(pair_scores_, request.limit - ranked.size());
  ranked.insert(ranked.end(), last.begin(), last.end());
  return ranked;
}

Result<LawStore::Ranking> LawStore::ranking(const SearchRequest& request) {
  Ranking ranking;
  const std::string words = without_question_words(bounded(request.text));
  append_terms(words, ranking.terms);
  std::sort(ranking.terms.begin(), ranking.terms.end());
  if (ranking.terms.empty() || documents_ == 0) return ranking;
  const double possible = TRY(score_terms(ranking.terms));
  const float pairs = *std::max_element(pair_scores_.begin(), pair_scores_.end());
  const float singles = *std::max_element(single_scores_.begin(), single_scores_.end());
  if (possible > 0) ranking.coverage = static_cast<double>(pairs) / possible;
  if (pairs > 0) scale(pair_scores_, 1 / pairs);
  const float factor = singles > 0 ? single_weight / singles : 0;
  for (std::size_t i = 0; i < pair_scores_.size(); ++i) {
    pair_scores_[i] += factor * single_scores_[i];
  }
  ranking.articles = TRY(pick(request));
  return ranking;
}

Result<std::vector<RankedArticle>> LawStore::rank(const SearchRequest& request) {
  std::vector<RankedArticle> list;
  if (!present()) return list;
  for (const Ranked& each : TRY(ranking(request)).articles) {
    auto row = TRY(database_->query(
        "SELECT laws.title, articles.label FROM articles"
        " JOIN versions ON versions.id = articles.version JOIN laws ON laws.id = versions.law"
        " WHERE articles.id=?",
        each.document));
    if (TRY(row.step())) list.push_back({each.document, row.string(0), row.string(1)});
  }
  return list;
}

Result<std::optional<Hit>> LawStore::hit(const Ranked& ranked, const std::vector<Term>& terms,
                                         base::Date day) {
  const auto page = TRY(article(ranked.document, day));
  if (!page) return std::optional<Hit>{};
  Hit hit;
  hit.article = page->article.id;
  hit.law = page->law;
  hit.label = page->article.label;
  for (const std::string& each : page->path) hit.path += (hit.path.empty() ? "" : " / ") + each;
  hit.snippet = make_snippet(page->article.text, terms);
  hit.status = page->version.status;
  hit.score = ranked.score;
  return std::optional(std::move(hit));
}

Result<std::optional<Id>> LawStore::cited_article(std::string_view text, base::Date day) {
  const auto citation = parse_citation(text);
  if (!citation) return std::optional<Id>{};
  return find_article(citation->law, citation->article, day);
}

Result<SearchAnswer> LawStore::search(const SearchRequest& request) {
  SearchAnswer answer;
  const std::string_view text = bounded(request.text);
  if (!present() || text.empty()) return answer;
  const auto citation = parse_citation(text);
  const auto key = title_key(citation ? citation->law : text);
  const std::string full = title_key(full_name(key));
  if (base::count_characters(full) >= 2) {
    auto rows = TRY(database_->query(
        "SELECT id, title, short_title, kind, category, region FROM laws"
        " WHERE title_key LIKE ? ESCAPE '\\'"
        " ORDER BY title_key <> ?, title_key NOT LIKE ? ESCAPE '\\', kind, length(title_key), id"
        " LIMIT ?",
        like_pattern(full), full, like_pattern(full).substr(1), most_laws));
    while (TRY(rows.step())) {
      answer.laws.push_back({rows.integer(0), rows.string(1), rows.string(2),
                             static_cast<Kind>(rows.integer(3)), rows.string(4), rows.string(5)});
    }
  }
  const auto cited = TRY(cited_article(text, request.day));
  const Ranking ranked = TRY(ranking(request));
  answer.good_match = cited || !answer.laws.empty() || ranked.coverage >= good_coverage;
  if (cited) {
    const Ranked first{static_cast<std::uint32_t>(*cited), 0};
    if (auto found = TRY(hit(first, ranked.terms, request.day))) answer.hits.push_back(*found);
  }
  for (const Ranked& each : ranked.articles) {
    if (answer.hits.size() >= request.limit) break;
    if (cited && each.document == *cited) continue;
    if (auto found = TRY(hit(each, ranked.terms, request.day))) {
      answer.hits.push_back(std::move(*found));
    }
  }
  return answer;
}

}  // namespace law
