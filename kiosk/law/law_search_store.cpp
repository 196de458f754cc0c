// The searching half of LawStore: ranking over the postings, citations and names, hits for a
// screen.
//
// Score of an article = pairs / best pairs + 0.5 × singles / best singles, each BM25 summed over
// the terms of the question. Cases and amendments are not searched unless asked for; a version that
// is not the front one of its day never; a repealed one comes behind everything that is not.
#include <algorithm>
#include <cmath>

#include "kiosk/law/law_rows.h"
#include "kiosk/law/law_store.h"
#include "kiosk/law/query.h"
#include "platform/base/text.h"

namespace law {
namespace {

using base::Result;

constexpr float single_weight = 0.5F;
// Beside pairs, a character that more than this share of the articles has says nothing.
constexpr double common_share = 0.25;
// A good match: the best article has as much as one pair that no other article has, or most of what
// a short question says. Real legal questions pass it (1,230 of 1,235), most everyday talk does
// not.
constexpr double good_evidence = 1.1;
constexpr double good_coverage = 0.35;
constexpr float just_below = 0.999F;
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

std::string json_array(const std::vector<WeightedTerm>& terms) {
  std::string text = "[";
  for (const WeightedTerm& each : terms) {
    if (text.size() > 1) text += ',';
    text += std::to_string(each.term);
  }
  return text + "]";
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

Result<LawStore::Span> LawStore::span_at(const sql::Statement& row, int column) const {
  const Span span{static_cast<std::uint32_t>(row.integer(column)),
                  static_cast<std::uint32_t>(row.integer(column + 1))};
  if (span.first > span.last || span.last > last_article_) {
    return base::fail(base::ErrorKind::storage, "library_damaged", "article ids out of order");
  }
  return span;
}

Result<void> LawStore::read_specials() {
  auto rows = TRY(database_->query(
      "SELECT law, kind, effective_day, effective_known_by, first_article, last_article"
      " FROM versions JOIN laws ON laws.id = versions.law"
      " WHERE searched AND (kind IN (?, ?) OR law IN"
      "   (SELECT law FROM versions WHERE searched GROUP BY law HAVING count(*) > 1))"
      " ORDER BY law, position",
      static_cast<int>(Kind::amendment), static_cast<int>(Kind::court_case)));
  while (TRY(rows.step())) {
    specials_.push_back({rows.integer(0),
                         kind_at(rows, 1),
                         {day_at(rows, 2), day_at(rows, 3)},
                         TRY(span_at(rows, 4))});
  }
  return {};
}

Result<void> LawStore::read_repeals() {
  auto rows = TRY(database_->query(
      "SELECT own.repealed_day, own.repealed_known_by, own.first_article, own.last_article,"
      " successor.first_article, successor.last_article"
      " FROM versions own JOIN articles ON articles.id = own.repealing_article"
      " JOIN versions successor ON successor.id = articles.version"
      " WHERE own.searched AND own.repealed ORDER BY own.repealed_day DESC"));
  while (TRY(rows.step())) {
    repeals_.push_back(
        {{day_at(rows, 0), day_at(rows, 1)}, TRY(span_at(rows, 2)), TRY(span_at(rows, 4))});
  }
  return {};
}

// Adds up the postings of the terms; what a perfect article would have from the pairs.
Result<double> LawStore::score_terms(const std::vector<WeightedTerm>& terms) {
  const std::size_t size = last_article_ + std::size_t{1};
  pair_scores_.assign(size, 0);
  single_scores_.assign(size, 0);
  const double unseen = inverse_frequency(documents_, 0);
  const auto most = static_cast<double>(documents_);
  const bool pairs = is_pair(terms.back().term);
  const double common = pairs ? common_share * most : most + 1;
  double possible = 0;
  for (const WeightedTerm& each : terms) {
    if (is_pair(each.term)) possible += each.weight * unseen;
  }
  auto rows =
      TRY(database_->query("SELECT term, frequency, postings FROM terms"
                           " WHERE term IN (SELECT value FROM json_each(?))",
                           json_array(terms)));
  while (TRY(rows.step())) {
    const auto term = static_cast<Term>(rows.integer(0));
    const auto frequency = static_cast<std::uint64_t>(rows.integer(1));
    const auto own =
        std::lower_bound(terms.begin(), terms.end(), term,
                         [](const WeightedTerm& each, Term wanted) { return each.term < wanted; });
    const double weight = own->weight * inverse_frequency(documents_, frequency);
    if (is_pair(term)) {
      possible += weight - own->weight * unseen;
      accumulate(rows.blob(2), static_cast<float>(weight), pair_scores_);
    } else if (static_cast<double>(frequency) < common) {
      accumulate(rows.blob(2), static_cast<float>(weight), single_scores_);
    }
  }
  return possible * (bm25_k1 + 1);
}

void LawStore::clear(Span span) {
  for (std::vector<float>* scores : {&pair_scores_, &single_scores_}) {
    std::fill(scores->begin() + span.first, scores->begin() + span.last + 1, 0.0F);
  }
}

Result<void> LawStore::keep_kind(Kind kind) {
  auto rows = TRY(database_->query(
      "SELECT first_article, last_article FROM versions JOIN laws ON laws.id = versions.law"
      " WHERE searched AND kind <> ?",
      static_cast<int>(kind)));
  while (TRY(rows.step())) clear(TRY(span_at(rows, 0)));
  return {};
}

// Clears versions that do not hold on the day, cases and amendments.
void LawStore::hide_specials(const SearchRequest& request) {
  for (std::size_t begin = 0, end = 0; begin < specials_.size(); begin = end) {
    std::size_t front = begin;
    for (end = begin; end < specials_.size() && specials_[end].law == specials_[begin].law; ++end) {
      if (specials_[end].effective.begun(request.day) != false) front = end;
    }
    const Kind kind = specials_[front].kind;
    const bool aside = kind == Kind::amendment || kind == Kind::court_case;
    for (std::size_t i = begin; i < end; ++i) {
      if (i != front || (aside && !request.kind)) clear(specials_[i].span);
    }
  }
}

// A repealed article never stands above the best article of the text that repealed it.
void LawStore::lower_repealed(base::Date day) {
  const auto at = [this](std::uint32_t id) { return pair_scores_.begin() + id; };
  for (const Repeal& each : repeals_) {
    if (each.from.begun(day) != true) continue;
    const float highest = *std::max_element(at(each.successor.first), at(each.successor.last) + 1);
    const float limit = highest * just_below;
    std::for_each(at(each.span.first), at(each.span.last) + 1,
                  [limit](float& score) { score = std::min(score, limit); });
  }
}

// Joins both scores in pair_scores_, each relative to its best.
void LawStore::join_scores(float best_pairs, float best_singles) {
  const float pair_factor = best_pairs > 0 ? 1 / best_pairs : 0;
  const float single_factor = best_singles > 0 ? single_weight / best_singles : 0;
  for (std::size_t i = 0; i < pair_scores_.size(); ++i) {
    pair_scores_[i] = pair_factor * pair_scores_[i] + single_factor * single_scores_[i];
  }
}

Result<LawStore::Ranking> LawStore::ranking(std::string_view question,
                                            const SearchRequest& request) {
  Ranking ranking;
  const auto terms = question_terms(question);
  if (terms.empty() || documents_ == 0) return ranking;
  for (const WeightedTerm& each : terms) ranking.terms.push_back(each.term);
  const double possible = TRY(score_terms(terms));
  hide_specials(request);
  if (request.kind) TRY(keep_kind(*request.kind));
  const float pairs = *std::max_element(pair_scores_.begin(), pair_scores_.end());
  const float singles = *std::max_element(single_scores_.begin(), single_scores_.end());
  const double evidence = static_cast<double>(pairs) / inverse_frequency(documents_, 0);
  const double coverage = possible > 0 ? static_cast<double>(pairs) / possible : 0;
  const bool one_character = possible == 0 && singles > 0;
  ranking.good = evidence >= good_evidence || coverage >= good_coverage || one_character;
  join_scores(pairs, singles);
  lower_repealed(request.day);
  ranking.articles = best(pair_scores_, request.limit);
  return ranking;
}

Result<std::vector<RankedArticle>> LawStore::rank(const SearchRequest& request) {
  std::vector<RankedArticle> list;
  if (!present()) return list;
  const Ranking ranked = TRY(ranking(bounded(request.text), request));
  auto row = TRY(database_->query(
      "SELECT laws.title, articles.label FROM articles"
      " JOIN versions ON versions.id = articles.version JOIN laws ON laws.id = versions.law"
      " WHERE articles.id=?",
      0));
  for (const Ranked& each : ranked.articles) {
    TRY(database_->rebind(row, each.document));
    if (TRY(row.step())) list.push_back({each.document, row.string(0), row.string(1)});
  }
  return list;
}

Result<std::vector<Hit>> LawStore::hits(const Ranking& ranking, const SearchRequest& request) {
  std::vector<Hit> list;
  auto row =
      TRY(database_->query("SELECT articles.label, articles.text, articles.chapter, " +
                               std::string(law_columns) + ", " + std::string(version_columns) +
                               " FROM articles JOIN versions ON versions.id = articles.version"
                               " JOIN laws ON laws.id = versions.law WHERE articles.id=?",
                           0));
  auto chapter = TRY(database_->query(chapter_path_statement, 0));
  for (const Ranked& each : ranking.articles) {
    if (list.size() == request.limit) break;
    TRY(database_->rebind(row, each.document));
    if (!TRY(row.step())) continue;
    Hit hit;
    hit.article = each.document;
    hit.label = row.string(0);
    hit.snippet = make_snippet(row.text(1), ranking.terms);
    hit.law = law_at(row, 3);
    hit.status = status_on(version_at(row, 3 + law_width).facts, request.day);
    hit.score = each.score;
    TRY(database_->rebind(chapter, row.integer(2)));
    while (TRY(chapter.step())) {
      if (!hit.path.empty()) hit.path += " / ";
      hit.path += chapter.text(0);
    }
    list.push_back(std::move(hit));
  }
  return list;
}

// Laws whose name contains the words, those that are or begin with them first.
Result<std::vector<LawSummary>> LawStore::laws_like(std::string_view name) {
  std::vector<LawSummary> list;
  const std::string key = title_key(full_name(title_key(name)));
  if (base::count_characters(key) < 2) return list;
  const std::string anywhere = like_pattern(key);
  auto rows = TRY(database_->query(
      select(
          law_columns,
          "laws WHERE title_key LIKE ? ESCAPE '\\' AND kind <> ?"
          " ORDER BY title_key <> ?, title_key NOT LIKE ? ESCAPE '\\', kind, length(title_key), id"
          " LIMIT ?"),
      anywhere, static_cast<int>(Kind::court_case), key, anywhere.substr(1), most_laws));
  while (TRY(rows.step())) list.push_back(law_at(rows));
  return list;
}

Result<SearchAnswer> LawStore::search(const SearchRequest& request) {
  SearchAnswer answer;
  const std::string_view text = bounded(request.text);
  if (!present() || text.empty()) return answer;
  const auto citation = parse_citation(text);
  if (citation) answer.laws = TRY(laws_named(citation->law));
  if (answer.laws.empty()) answer.laws = TRY(laws_like(citation ? citation->law : text));
  std::optional<Id> cited;
  if (citation) cited = TRY(find_article(citation->law, citation->article, request.day));
  // Behind a cited article come those that cite it, in the law's own way of writing.
  const std::string question =
      cited ? citation->law + article_label(citation->article) : std::string(full_name(text));
  Ranking ranked = TRY(ranking(question, request));
  answer.good_match = cited || !answer.laws.empty() || ranked.good;
  if (cited) {
    const auto id = static_cast<std::uint32_t>(*cited);
    std::erase_if(ranked.articles, [id](const Ranked& each) { return each.document == id; });
    ranked.articles.insert(ranked.articles.begin(), Ranked{id, 0});
  }
  answer.hits = TRY(hits(ranked, request));
  return answer;
}

}  // namespace law
