#include "kiosk/law/import/closing.h"

#include <algorithm>
#include <array>

#include "kiosk/law/numerals.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

void skip_blanks(string_view text, std::size_t& at) {
  while (at < text.size() && text[at] == ' ') ++at;
}

bool skip_word(string_view text, std::size_t& at, string_view word) {
  if (text.substr(at, word.size()) != word) return false;
  at += word.size();
  return true;
}

// A number and the unit behind it, "2021 年"; moves `at` only when both are there.
std::optional<int> number_before(string_view text, std::size_t& at, string_view unit) {
  std::size_t cursor = at;
  skip_blanks(text, cursor);
  const std::size_t begin = cursor;
  for (std::size_t next = cursor; next < text.size(); cursor = next) {
    if (!is_numeral(base::next_character(text, next))) break;
  }
  const auto number = parse_number(text.substr(begin, cursor - begin));
  skip_blanks(text, cursor);
  if (!number || !skip_word(text, cursor, unit)) return std::nullopt;
  at = cursor;
  return number;
}

std::optional<WrittenDay> day_at(string_view text, std::size_t begin) {
  std::size_t at = begin;
  const auto year = number_before(text, at, "年");
  if (!year || *year < 1949 || *year > 2199) return std::nullopt;
  const auto month = number_before(text, at, "月");
  const auto day = month ? number_before(text, at, "日") : std::nullopt;
  if (!day) return std::nullopt;
  const base::Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                        std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return WrittenDay{date, begin, at};
}

std::vector<string_view> sentences(string_view text) {
  std::vector<string_view> parts;
  constexpr std::array ends{string_view("。"), string_view("；"), string_view("\n")};
  while (!text.empty()) {
    std::size_t stop = text.size();
    std::size_t width = 0;
    for (const string_view end : ends) {
      if (const std::size_t found = text.find(end); found < stop) stop = found, width = end.size();
    }
    parts.push_back(text.substr(0, stop));
    text.remove_prefix(stop + width);
  }
  return parts;
}

std::string without_brackets(string_view text) {
  std::string kept;
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = base::next_character(text, at);
    if (c == U'（' || c == U'(') ++depth;
    if (depth == 0) kept += text.substr(begin, at - begin);
    if ((c == U'）' || c == U')') && depth > 0) --depth;
  }
  return kept;
}

// "本法", "本条例", "本决定" and nothing else, or nothing at all: the text speaks of itself.
bool speaks_of_itself(string_view subject) {
  subject = base::trim(subject);
  if (subject.empty()) return true;
  return subject.starts_with("本") && base::count_characters(subject) <= 8 &&
         subject.find("第") == string_view::npos && subject.find("章") == string_view::npos;
}

Effect effect_of_sentence(string_view original) {
  const std::string bare = without_brackets(original);
  const string_view sentence = bare;
  const std::size_t from = sentence.find("自");
  if (from == string_view::npos || !speaks_of_itself(sentence.substr(0, from))) return {};
  std::size_t at = from + string_view("自").size();
  Effect effect;
  if (const auto day = day_at(sentence, at)) {
    effect.day = day->day;
    at = day->end;
  } else if (skip_word(sentence, at, "公布之日") || skip_word(sentence, at, "发布之日") ||
             skip_word(sentence, at, "颁布之日")) {
    effect.on_publication = true;
  } else {
    return {};
  }
  skip_word(sentence, at, "起");
  constexpr std::array verbs{"施行", "实施", "生效", "正式施行", "执行"};
  const bool begins = std::any_of(verbs.begin(), verbs.end(), [&](string_view verb) {
    return sentence.substr(at).starts_with(verb);
  });
  return begins ? effect : Effect{};
}

// The end of the title whose 《 is at `open`, behind its 》; titles nest.
std::size_t title_end(string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size();) {
    const char32_t c = base::next_character(text, at);
    if (c == U'《') ++depth;
    if (c == U'》' && --depth == 0) return at;
  }
  return string_view::npos;
}

// The title is a whole member of the list that ends in 废止, not the owner of single articles.
bool whole_text_follows(string_view rest) {
  rest = base::trim(rest);
  if (rest.starts_with("（")) {  // （法释〔2009〕4号）
    const std::size_t close = rest.find("）");
    if (close == string_view::npos) return false;
    rest = base::trim(rest.substr(close + string_view("）").size()));
  }
  constexpr std::array followers{"、",   "，",   "和", "及", "与",   "以及", "《",
                                 "同时", "即行", "自", "均", "一并", "废止", "予以"};
  return std::any_of(followers.begin(), followers.end(),
                     [rest](string_view each) { return rest.starts_with(each); });
}

}  // namespace

std::vector<WrittenDay> written_days(string_view text) {
  std::vector<WrittenDay> days;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const bool starts = is_numeral(base::next_character(text, next));
    const auto day = starts ? day_at(text, at) : std::nullopt;
    if (day) days.push_back(*day);
    // The rest of a run of numerals that is no day would only be read as a shorter number.
    while (starts && !day && next < text.size()) {
      std::size_t after = next;
      if (!is_numeral(base::next_character(text, after))) break;
      next = after;
    }
    at = day ? day->end : next;
  }
  return days;
}

Effect read_effect(string_view article) {
  for (const string_view sentence : sentences(article)) {
    // 本法自…起施行，《…》同时废止
    if (const Effect effect = effect_of_sentence(sentence); effect.said()) return effect;
  }
  return {};
}

std::vector<std::string> read_repeals(string_view article) {
  std::vector<std::string> titles;
  for (const string_view sentence : sentences(article)) {
    const std::size_t verb = sentence.rfind("废止");
    if (verb == string_view::npos) continue;
    const string_view list = sentence.substr(0, verb + string_view("废止").size());
    std::size_t open = list.find("《");
    while (open != string_view::npos) {
      const std::size_t end = title_end(list, open);
      if (end == string_view::npos) break;
      const std::size_t mark = string_view("《").size();
      if (whole_text_follows(list.substr(end))) {
        titles.emplace_back(list.substr(open + mark, end - open - 2 * mark));
      }
      open = list.find("《", end);
    }
  }
  return titles;
}

History read_history(const std::vector<std::string>& lines) {
  History history;
  const auto later = [](std::optional<base::Date>& slot, base::Date day) {
    if (!slot || *slot < day) slot = day;
  };
  for (const string_view line : lines) {
    for (const WrittenDay& each : written_days(line)) {
      const string_view before = base::trim(line.substr(0, each.begin));
      const string_view after = base::trim(line.substr(each.end));
      const bool begins = before.ends_with("自") || after.starts_with("施行") ||
                          after.starts_with("起施行") || after.starts_with("实施") ||
                          after.starts_with("起实施") || after.starts_with("起生效");
      if (begins) {
        later(history.effective, each.day);
        continue;
      }
      later(history.newest, each.day);
      const std::size_t verb = std::min(after.find("公布"), after.find("发布"));
      if (verb != string_view::npos && verb < after.find("通过")) {
        later(history.published, each.day);
      }
    }
  }
  return history;
}

}  // namespace law
