// 事项: what people come about, how a question and its articles show it, and what helps: services
// and legal time limits. Values read from config/law/topics.toml, whose head tells its grammar;
// help.h decides with them. Knows no library: whether a cited article exists is checked elsewhere
// (TopicsOutcome::citations).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/law.h"
#include "kiosk/service/catalogue.h"
#include "kiosk/service/read.h"

namespace law {

// A legal time limit that may run. The name says when it ends at the latest and from when it
// counts; that exceptions may apply is for the screen to add (care 3).
struct TimeLimit {
  std::string id;
  service::LocalText name;
  std::vector<service::Citation> sources;
};

// A whole law, or its articles `first` to `last`.
struct ArticleRange {
  std::string law_key;  // title_key() of the law
  int first = 0;
  int last = 0;  // 0: the whole law
  [[nodiscard]] bool holds(std::string_view key, ArticleNumber article) const;
};

struct Topic {
  std::string id;
  service::LocalText name;
  std::vector<std::string> words;        // any of them in the question speaks for the topic
  std::vector<ArticleRange> articles;    // and so do these among the results
  std::vector<std::string> services;     // ids, the first suggestion first
  std::vector<std::string> in_conflict;  // the order when two sides are in conflict; or empty
  std::vector<std::string> limits;       // ids of Topics::limits
  std::vector<std::string> limits_in_conflict;
  bool ask_safety = false;  // care 10
  bool discreet = false;    // care 11
};

// A service of the center that the kiosk cannot open yet: the desk, the hotline and a person
// answer.
struct UnbuiltService {
  std::string id;
  service::LocalText name;
};

struct Topics {
  std::vector<std::string> conflict;   // words that tell of two sides in conflict
  std::vector<std::string> otherwise;  // services when no topic is recognised
  std::vector<TimeLimit> limits;
  std::vector<UnbuiltService> unbuilt;
  std::vector<Topic> topics;
  [[nodiscard]] const TimeLimit* limit(std::string_view id) const;
  [[nodiscard]] const UnbuiltService* unbuilt_service(std::string_view id) const;
};

struct TopicsOutcome {
  std::optional<Topics> topics;  // only when there is no problem
  std::vector<service::Problem> problems;
  std::vector<service::CitationPlace> citations;  // of limits, and both ends of every range
};

// Pure. `services` are the ids of the catalogue; `file` is the name used in problems.
TopicsOutcome read_topics(std::string_view toml, const std::set<std::string>& services,
                          std::string_view file = "law/topics.toml");

}  // namespace law
