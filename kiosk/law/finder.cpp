#include "kiosk/law/finder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "kiosk/law/characters.h"
#include "kiosk/law/query.h"
#include "platform/base/text.h"

namespace law {
namespace {

using base::Result;

constexpr std::size_t laws_by_sound = 5;
constexpr std::size_t most_suggestions = 2;

bool holds_han(std::string_view text) {
  return std::ranges::any_of(base::decode_utf8(text), base::is_han);
}

bool is_latin(char each) {
  return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
}

// What people mean when they type by sound: the law's words and the topics' own.
std::vector<std::string> known_words(const LawContent& content) {
  std::vector<std::string> words = content.glossary.words();
  for (const Topic& topic : content.topics.topics) {
    for (const std::string& mark : topic.words) {
      for (const std::string_view word : base::split(mark, ' ')) words.emplace_back(word);
    }
  }
  return words;
}

// "Civil Code 1165" cites an article as 民法典 1165 does; other numbers say nothing to the law.
std::string in_chinese(const std::vector<std::string>& words, std::string_view english) {
  std::string question = fmt::format("{}", fmt::join(words, " "));
  constexpr std::string_view digits = "0123456789";
  const std::size_t begin = english.find_first_of(digits);
  if (words.size() != 1 || begin == std::string_view::npos) return question;
  const std::size_t end = std::min(english.find_first_not_of(digits, begin), english.size());
  const std::string cited = fmt::format("{} {}", question, english.substr(begin, end - begin));
  const bool alone = english.find_first_of(digits, end) == std::string_view::npos;
  return alone && parse_citation(cited) ? cited : question;
}

}  // namespace

Finder::Finder(LawStore& store, const LawContent& content, const Suggestions& suggestions)
    : store_(store),
      content_(content),
      suggestions_(suggestions),
      homophones_(known_words(content)),
      names_(store.short_titles()) {}

Result<Found> Finder::find(std::string_view typed, base::Date day, std::size_t limit) {
  if (const auto code = parse_article_code(typed)) return find_printed(*code, day);
  std::string question = simplified(base::trim(typed));
  const bool latin = std::ranges::any_of(question, is_latin);
  std::vector<std::string> chinese;
  if (latin) chinese = content_.glossary.chinese(question);
  const bool english = latin && !holds_han(question);
  if (english && chinese.empty()) return find_by_pinyin(question, day);
  std::vector<std::string> suggestions;
  if (!english) suggestions = suggestions_.find(question, most_suggestions);
  question = english ? in_chinese(chinese, question)
                     : fmt::format("{} {}", question, fmt::join(chinese, " "));

  Found found;
  if (!store_.names_law(question)) {
    found.slips = homophones_.slips(
        question, [this](std::string_view word) { return store_.occurrences(word); });
  }
  std::string wider = question;
  for (const Slip& slip : found.slips) wider += " " + slip.meant;
  const auto search = [&](std::string_view words) {
    return store_.search({.text = words, .day = day, .limit = limit, .kind = {}});
  };
  found.answer = TRY(search(wider));
  const Topic* topic = help_for(content_.topics, wider, {}).topic;
  // What speaks of a topic is a question about the law, however little it says, and the topic's
  // name is a word of the law.
  if (!found.answer.good_match && topic != nullptr) {
    if (!found.answer.words_match) {
      found.answer = TRY(search(wider + " " + topic->name.in("zh-Hans")));
    }
    found.answer.good_match = found.answer.words_match;
  }
  found.help = help(wider, found.answer);
  found.letters_meant = english;
  found.chinese = std::move(chinese);
  found.suggestions = std::move(suggestions);
  return found;
}

Result<Found> Finder::find_printed(const ArticleCode& code, base::Date day) {
  Found found;
  const std::vector<PrintedArticle> printed = TRY(store_.find_code(code, day));
  if (!printed.empty()) found.printed = printed.front();
  for (const PrintedArticle& each : printed) {
    found.answer.hits.push_back(TRY(store_.hit(each.now != 0 ? each.now : each.was, day)));
    found.answer.hits.back().reason = Reason::printed;
  }
  found.answer.good_match = !printed.empty();
  found.help = help({}, found.answer);
  return found;
}

Result<Found> Finder::find_by_pinyin(std::string_view letters, base::Date day) {
  Found found;
  std::vector<LawSummary> laws;
  for (const std::size_t place : names_by_pinyin(names_, letters, laws_by_sound)) {
    laws.push_back(store_.summary(static_cast<Id>(place + 1)));
  }
  found.letters_meant = content_.glossary.begins_term(letters) ||
                        std::ranges::any_of(laws, [letters](const LawSummary& each) {
                          return base::count_characters(each.short_title) == letters.size();
                        });
  found.answer.laws = store_.named(laws, day);
  found.answer.good_match = !found.answer.laws.empty();
  found.help.services = content_.topics.otherwise;
  return found;
}

// Articles that answer nothing well say nothing about the topic either.
Help Finder::help(std::string_view question, const SearchAnswer& answer) const {
  std::vector<FoundArticle> found;
  if (answer.good_match) {
    for (const Hit& hit : answer.hits) found.push_back({hit.law.title, hit.number});
  }
  return help_for(content_.topics, question, found);
}

}  // namespace law
