#include "kiosk/law/glossary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "kiosk/service/document.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

// Say nothing about the matter: "support of my parents" is "support parents".
constexpr std::array<string_view, 27> empty_words{
    "a",    "an",   "the", "my", "our", "your", "his", "her",  "their",
    "me",   "i",    "you", "of", "to",  "in",   "for", "by",   "on",
    "from", "with", "at",  "is", "are", "am",   "was", "were", "be"};

// What may end a word without changing what it means; longer first.
constexpr std::array<string_view, 4> endings{"ing", "ed", "es", "s"};

bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

// "wages", "wage" → "wag"; "stealing" → "steal"; "parties", "party" → "parti". Not the stem of a
// grammar book: only equal for the forms of one word, after M. F. Porter (1980), steps 1a to 1c.
std::string stem(string_view word) {
  constexpr std::size_t shortest = 3;
  std::string form(word);
  for (const string_view ending : endings) {
    const bool left = form.size() >= ending.size() + shortest && form.ends_with(ending);
    if (!left || form.ends_with("ss") || form.ends_with("us")) continue;
    form.erase(form.size() - ending.size());
    const char last = form.back();
    const bool doubled = form[form.size() - 2] == last && !is_vowel(last) && last != 's' &&
                         last != 'l' && ending.size() > 1;
    if (doubled) form.pop_back();
    break;
  }
  if (form.size() > shortest - 1 && form.ends_with('e')) form.pop_back();
  if (form.ends_with('y')) form.back() = 'i';
  return form;
}

// The stems of the words that say something, in order. "driver's" is one word, "non-compete" two.
std::vector<std::string> stems(string_view text) {
  std::vector<std::string> found;
  std::string word;
  const auto finish = [&] {
    if (!word.empty() && std::ranges::find(empty_words, word) == empty_words.end()) {
      found.push_back(stem(word));
    }
    word.clear();
  };
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      word += static_cast<char>(c - 'A' + 'a');
    } else if (c >= 'a' && c <= 'z') {
      word += c;
    } else if (c != '\'') {
      finish();
    }
  }
  finish();
  return found;
}

std::string joined(const std::vector<std::string>& words, std::size_t begin, std::size_t count) {
  const auto first = words.begin() + static_cast<std::ptrdiff_t>(begin);
  return fmt::format("{}", fmt::join(first, first + static_cast<std::ptrdiff_t>(count), " "));
}

bool is_english(string_view term) {
  return std::ranges::all_of(
      term, [](char c) { return (c >= 'a' && c <= 'z') || c == ' ' || c == '-' || c == '\''; });
}

bool is_chinese(string_view word) {
  return !word.empty() && std::ranges::all_of(base::decode_utf8(word), base::is_han);
}

}  // namespace

// Fills a Glossary and notes what is wrong, place by place.
class GlossaryReader {
 public:
  explicit GlossaryReader(string_view file) : file_(file) {}

  void read(const service::Value& document) {
    for (const service::Entry& part : std::get<service::Entries>(document.data)) {
      const auto* entries = std::get_if<service::Entries>(&part.value.data);
      if (entries == nullptr) {
        wrong(part.place, fmt::format("`{}` stands outside a table: write [work] or the like above "
                                      "it",
                                      part.key));
        continue;
      }
      for (const service::Entry& entry : *entries) read_entry(entry);
    }
  }

  GlossaryOutcome finish() {
    GlossaryOutcome outcome;
    outcome.problems = std::move(problems_);
    std::ranges::sort(outcome.problems, {}, [](const service::Problem& problem) {
      return std::tie(problem.line, problem.column);
    });
    if (outcome.problems.empty()) outcome.glossary = std::move(glossary_);
    return outcome;
  }

 private:
  void wrong(service::Place place, std::string message) {
    problems_.push_back(
        {.file = file_, .line = place.line, .column = place.column, .message = std::move(message)});
  }

  void read_entry(const service::Entry& entry) {
    const std::vector<std::string> chinese = read_chinese(entry.value);
    for (const string_view term : base::split(entry.key, ',')) {
      read_term(base::trim(term), entry.place, chinese);
    }
  }

  std::vector<std::string> read_chinese(const service::Value& value) {
    std::vector<std::string> words;
    const auto* text = std::get_if<std::string>(&value.data);
    for (const string_view word :
         text == nullptr ? std::vector<string_view>{""} : base::split(*text, ' ')) {
      if (is_chinese(word)) {
        words.emplace_back(word);
      } else {
        wrong(value.place, "not Chinese words with one blank between: write \"劳动报酬 工资\"");
      }
    }
    return words;
  }

  void read_term(string_view term, service::Place place, const std::vector<std::string>& chinese) {
    const std::vector<std::string> words = stems(term);
    if (words.empty() || !is_english(term)) {
      return wrong(place,
                   fmt::format("`{}` is no English term: write small letters, and terms with "
                               "commas between",
                               term));
    }
    std::string key = joined(words, 0, words.size());
    if (!glossary_.terms_.try_emplace(std::move(key), chinese).second) {
      return wrong(place, fmt::format("`{}` stands here twice: give it one line", term));
    }
    glossary_.longest_ = std::max(glossary_.longest_, words.size());
  }

  std::string file_;
  Glossary glossary_;
  std::vector<service::Problem> problems_;
};

// How many of the words from `at` on make the longest term; 0: none begins here.
std::size_t Glossary::term_length(const std::vector<std::string>& typed, std::size_t at) const {
  for (std::size_t length = std::min(longest_, typed.size() - at); length > 0; --length) {
    if (terms_.contains(joined(typed, at, length))) return length;
  }
  return 0;
}

std::vector<std::string> Glossary::chinese(string_view query) const {
  std::vector<std::string> found;
  const std::vector<std::string> typed = stems(query);
  for (std::size_t at = 0, length = 0; at < typed.size(); at += std::max<std::size_t>(length, 1)) {
    length = term_length(typed, at);
    if (length == 0) continue;
    for (const std::string& word : terms_.find(joined(typed, at, length))->second) {
      if (std::ranges::find(found, word) == found.end()) found.push_back(word);
    }
  }
  return found;
}

bool Glossary::begins_term(string_view query) const {
  const std::vector<std::string> typed = stems(query);
  if (typed.empty()) return false;
  const std::string begin = joined(typed, 0, typed.size()) + " ";
  const auto next = terms_.lower_bound(begin);
  return next != terms_.end() && next->first.starts_with(begin);
}

std::vector<std::string> Glossary::words() const {
  std::set<std::string> all;
  for (const auto& [english, chinese] : terms_) all.insert(chinese.begin(), chinese.end());
  return {all.begin(), all.end()};
}

GlossaryOutcome read_glossary(string_view toml, string_view file) {
  const auto document = service::parse_document(toml, file);
  if (!document) return {.glossary = std::nullopt, .problems = {document.error()}};
  GlossaryReader reader(file);
  reader.read(*document);
  return reader.finish();
}

}  // namespace law
