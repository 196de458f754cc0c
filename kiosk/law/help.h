// From results to help: which services a question leads to and which legal time limits may run, by
// the topics of config/law/topics.toml. Pure; keeps nothing of the question. Informs, never
// advises: what is not clearly a topic gets the usual services and no limit.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/law.h"
#include "kiosk/law/topics.h"

namespace law {

struct FoundArticle {
  std::string_view law;  // its title, any form title_key() understands
  ArticleNumber article;
};

struct Help {
  const Topic* topic = nullptr;          // of the given Topics; none recognised: nullptr
  std::vector<std::string> services;     // ids, the first suggestion first, each once
  std::vector<const TimeLimit*> limits;  // of the given Topics; often none
};

// `question` in simplified characters (characters.h), after the glossary for English; `found` are
// the articles of the search, best first, of which the first ten count.
Help help_for(const Topics& topics, std::string_view question, std::span<const FoundArticle> found);

}  // namespace law
