#include "kiosk/law/topics.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "kiosk/service/fields.h"
#include "kiosk/service/table.h"

namespace law {
namespace {

using service::Need;
using service::Parsed;
using service::Table;
using service::Word;
using std::string_view;

// "703", the whole of the text.
std::optional<int> parse_digits(string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

class TopicsReader {
 public:
  TopicsReader(const std::set<std::string>& services,
               std::vector<service::CitationPlace>& citations)
      : services_(services),
        surroundings_{.icons = no_icons_, .citations = {}},
        citations_(citations) {}

  Topics read(Table& table) {
    Topics topics;
    topics.unbuilt =
        table.list("unbuilt", Need::optional, [this](Table& entry) { return read_unbuilt(entry); });
    topics.otherwise = table.table("otherwise", Need::required, [this](Table& entry) {
      return read_services(entry, "services", Need::required);
    });
    topics.conflict = table.table("conflict", Need::required,
                                  [](Table& entry) { return read_words(entry, Need::required); });
    topics.limits =
        table.list("limit", Need::required, [this](Table& entry) { return read_limit(entry); });
    topics.topics =
        table.list("topic", Need::required, [this](Table& entry) { return read_topic(entry); });
    std::ranges::move(surroundings_.citations, std::back_inserter(citations_));
    return topics;
  }

 private:
  static std::vector<std::string> read_words(Table& table, Need need) {
    return table.parsed_list("words", need, [](Word word) -> Parsed<std::string> {
      if (!word.text.empty()) return std::string(word.text);
      return tl::unexpected(std::string("an empty word is in every question: take it away"));
    });
  }

  UnbuiltService read_unbuilt(Table& table) {
    UnbuiltService service{.id = service::read_id(table, "id"),
                           .name = service::local_text(table, "name", Need::required)};
    if (!services_.insert(service.id).second) {
      table.wrong("id", fmt::format("`{}` is built: take it away here", service.id));
    }
    return service;
  }

  std::vector<std::string> read_services(Table& table, string_view key, Need need) {
    return table.parsed_list(key, need, service::one_of_known(services_, "service"));
  }

  TimeLimit read_limit(Table& table) {
    TimeLimit limit{
        .id = service::read_id(table, "id"),
        .name = service::local_text(table, "name", Need::required),
        .sources = service::read_citations(table, "sources", Need::required, surroundings_)};
    limits_.insert(limit.id);
    return limit;
  }

  std::vector<std::string> read_limits(Table& table, string_view key) {
    return table.parsed_list(key, Need::optional, service::one_of_known(limits_, "limit"));
  }

  void cite(string_view law, int article, Table& table, Word word) {
    citations_.push_back({.citation = {std::string(law), article_label({article, 0})},
                          .file = table.report().file(),
                          .line = word.place.line,
                          .column = word.place.column});
  }

  // "中华人民共和国民法典 703-734", or a law alone.
  Parsed<ArticleRange> parse_range(Table& table, Word word) {
    const auto blank = word.text.rfind(' ');
    const string_view law = word.text.substr(0, blank);
    if (blank == string_view::npos) return ArticleRange{.law_key = title_key(law)};
    const string_view range = word.text.substr(blank + 1);
    const auto dash = range.find('-');
    const auto first = parse_digits(range.substr(0, dash));
    const auto last = dash == string_view::npos ? first : parse_digits(range.substr(dash + 1));
    if (!first || !last || *last < *first) {
      return tl::unexpected(
          fmt::format("`{}` names no articles: write \"中华人民共和国民法典 703-734\"", word.text));
    }
    cite(law, *first, table, word);
    if (*last != *first) cite(law, *last, table, word);
    return ArticleRange{.law_key = title_key(law), .first = *first, .last = *last};
  }

  Topic read_topic(Table& table) {
    return {.id = service::read_id(table, "id"),
            .name = service::local_text(table, "name", Need::required),
            .words = read_words(table, Need::required),
            .articles = table.parsed_list("articles", Need::optional,
                                          [&](Word word) { return parse_range(table, word); }),
            .services = read_services(table, "services", Need::required),
            .in_conflict = read_services(table, "in_conflict", Need::optional),
            .limits = read_limits(table, "limits"),
            .limits_in_conflict = read_limits(table, "limits_in_conflict"),
            .ask_safety = table.boolean("ask_safety", false),
            .discreet = table.boolean("discreet", false)};
  }

  std::set<std::string> services_;  // and the unbuilt ones
  std::set<std::string> limits_;
  const std::optional<std::set<std::string>> no_icons_;
  service::Surroundings surroundings_;
  std::vector<service::CitationPlace>& citations_;
};

}  // namespace

bool ArticleRange::holds(string_view key, ArticleNumber article) const {
  return key == law_key && (last == 0 || (article.number >= first && article.number <= last));
}

const TimeLimit* Topics::limit(string_view id) const {
  const auto found = std::ranges::find(limits, id, &TimeLimit::id);
  return found == limits.end() ? nullptr : &*found;
}

const UnbuiltService* Topics::unbuilt_service(string_view id) const {
  const auto found = std::ranges::find(unbuilt, id, &UnbuiltService::id);
  return found == unbuilt.end() ? nullptr : &*found;
}

TopicsOutcome read_topics(string_view toml, const std::set<std::string>& services,
                          string_view file) {
  TopicsOutcome outcome;
  const auto document = service::parse_document(toml, file);
  if (!document) {
    outcome.problems.push_back(document.error());
    return outcome;
  }
  service::Report report{std::string(file)};
  TopicsReader reader(services, outcome.citations);
  Topics topics =
      service::read_table(*document, report, [&](Table& table) { return reader.read(table); });
  outcome.problems = std::move(report.problems());
  if (outcome.problems.empty()) outcome.topics = std::move(topics);
  return outcome;
}

}  // namespace law
