#include "kiosk/law/help.h"

#include <algorithm>

#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

constexpr std::size_t articles_counted = 10;
// What all the counted articles together may say, in marks of two characters.
constexpr double articles_weight = 1.5;
// Less than this is no topic.
constexpr double least_score = 0.5;

struct Evidence {
  double words = 0;
  double articles = 0;
  [[nodiscard]] double sum() const { return words + articles; }
};

// A longer word says more: of one character .5, of two 1, of three 2, of four and more 3.
double word_weight(string_view word) {
  const std::size_t length = base::count_characters(word);
  return length < 2 ? 0.5 : static_cast<double>(std::min<std::size_t>(length, 4) - 1);
}

// A mark is one word or several, all of which must be there; 0: not in the question.
double mark_weight(string_view mark, string_view question) {
  double weight = 0;
  for (const string_view word : base::split(mark, ' ')) {
    if (question.find(word) == string_view::npos) return 0;
    weight += word_weight(word);
  }
  return weight;
}

bool holds_any(string_view question, const std::vector<std::string>& words) {
  return std::ranges::any_of(
      words, [question](const std::string& mark) { return mark_weight(mark, question) > 0; });
}

double words_evidence(const Topic& topic, string_view question) {
  double evidence = 0;
  for (const std::string& mark : topic.words) evidence += mark_weight(mark, question);
  return evidence;
}

struct KeyedArticle {
  std::string law_key;
  ArticleNumber article;
  double weight = 0;  // the better the place the more; all together articles_weight
};

std::vector<KeyedArticle> weighed(std::span<const FoundArticle> found) {
  std::vector<KeyedArticle> articles;
  double sum = 0;
  for (const FoundArticle& each : found.first(std::min(found.size(), articles_counted))) {
    const double weight = 1 / static_cast<double>(articles.size() + 1);
    articles.push_back({title_key(each.law), each.article, weight});
    sum += weight;
  }
  for (KeyedArticle& each : articles) each.weight *= articles_weight / sum;
  return articles;
}

double articles_evidence(const Topic& topic, const std::vector<KeyedArticle>& articles) {
  double evidence = 0;
  for (const KeyedArticle& each : articles) {
    const bool held = std::ranges::any_of(topic.articles, [&](const ArticleRange& range) {
      return range.holds(each.law_key, each.article);
    });
    if (held) evidence += each.weight;
  }
  return evidence;
}

void append_once(const std::vector<std::string>& more, std::vector<std::string>& list) {
  for (const std::string& each : more) {
    if (std::ranges::find(list, each) == list.end()) list.push_back(each);
  }
}

}  // namespace

Help help_for(const Topics& topics, string_view question, std::span<const FoundArticle> found) {
  const std::vector<KeyedArticle> articles = weighed(found);
  const Topic* best = nullptr;
  Evidence most;
  for (const Topic& topic : topics.topics) {
    const Evidence evidence{words_evidence(topic, question), articles_evidence(topic, articles)};
    if (evidence.sum() < least_score || evidence.sum() <= most.sum()) continue;
    best = &topic;
    most = evidence;
  }
  if (best == nullptr) return {.topic = nullptr, .services = topics.otherwise, .limits = {}};

  Help help{.topic = best, .services = {}, .limits = {}};
  const bool conflict = holds_any(question, topics.conflict);
  if (conflict) append_once(best->in_conflict, help.services);
  append_once(best->services, help.services);
  // Articles alone do not make a limit run: the question itself must be about it.
  if (most.words < 1) return help;
  std::vector<std::string> limits = best->limits;
  if (conflict) append_once(best->limits_in_conflict, limits);
  for (const std::string& id : limits) help.limits.push_back(topics.limit(id));
  return help;
}

}  // namespace law
