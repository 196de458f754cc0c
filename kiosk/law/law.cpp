#include "kiosk/law/law.h"

#include <algorithm>
#include <array>

#include "kiosk/law/numerals.h"
#include "platform/base/text.h"

namespace law {
namespace {

constexpr std::string_view republic = "中华人民共和国";

bool strip_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// The run of numerals `text` begins with, taken off it.
std::string_view take_numerals(std::string_view& text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size() && is_numeral(base::next_character(text, at));) {
    end = at;
  }
  const std::string_view numerals = text.substr(0, end);
  text.remove_prefix(end);
  return numerals;
}

// What may stand in the last brackets of a title and only names a version: "2023-12-29",
// "2021修正", "2021年修订版", "修正".
bool names_version(std::string_view words) {
  std::string rest;
  for (const char c : words) {
    if ((c < '0' || c > '9') && c != '-') rest += c;
  }
  const bool digits = rest.size() < words.size();
  constexpr std::array known{"修正",   "修订",   "修正版",   "修订版",
                             "年修正", "年修订", "年修正版", "年修订版"};
  return (digits && rest.empty()) ||
         std::find(known.begin(), known.end(), std::string_view(rest)) != known.end();
}

// `title` has ASCII brackets.
void drop_version_suffix(std::string& title) {
  if (!title.ends_with(')')) return;
  const std::size_t open = title.rfind('(');
  if (open == std::string::npos || open == 0) return;
  const std::string words = title.substr(open + 1, title.size() - open - 2);
  if (names_version(words)) title.erase(open);
}

bool is_item(std::string_view line) {
  if (strip_prefix(line, "（") || strip_prefix(line, "(")) {
    const std::string_view numerals = take_numerals(line);
    return !numerals.empty() && (line.starts_with("）") || line.starts_with(")"));
  }
  const std::size_t digits = line.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos || digits > 2) return false;
  line.remove_prefix(digits);
  return line.starts_with(".") || line.starts_with("．") || line.starts_with("、");
}

}  // namespace

std::string_view kind_name(Kind kind) {
  constexpr std::array names{"law",   "regulation", "interpretation", "rule",
                             "local", "amendment",  "case",           "other"};
  return names[static_cast<std::size_t>(kind)];
}

std::optional<ArticleNumber> parse_article_number(std::string_view text) {
  text = base::trim(text);
  strip_prefix(text, "第");
  const auto number = parse_number(take_numerals(text));
  if (!number || *number == 0) return std::nullopt;
  text = base::trim(text);
  const bool named = strip_prefix(text, "条");
  text = base::trim(text);
  if (text.empty()) return ArticleNumber{*number, 0};
  if (!strip_prefix(text, "之") && (named || !strip_prefix(text, "."))) return std::nullopt;
  const auto branch = parse_number(take_numerals(text));
  if (!branch || *branch == 0 || !text.empty()) return std::nullopt;
  return ArticleNumber{*number, *branch};
}

std::string article_label(ArticleNumber number) {
  if (number.number == 0) return {};
  std::string label = "第" + chinese_number(number.number) + "条";
  if (number.branch > 0) label += "之" + chinese_number(number.branch);
  return label;
}

std::string short_title(std::string_view title) {
  std::string text(base::trim(title));
  text = base::replace_all(text, "（", "(");
  text = base::replace_all(text, "）", ")");
  drop_version_suffix(text);
  text = base::replace_all(text, republic, "");
  text = base::replace_all(text, "(", "（");
  text = base::replace_all(text, ")", "）");
  return text;
}

std::string title_key(std::string_view title) {
  std::string text(title);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> brackets{
      {{"（", "("}, {"）", ")"}}};
  for (const auto& [from, to] : brackets) text = base::replace_all(text, from, to);
  constexpr std::array dropped{"《", "》", "〈",     "〉",     "<",      ">",     "“",
                               "”",  "\"", "、",     "，",     ",",      "·",     "　",
                               " ",  "\t", "\u00A0", "\u2002", "\u2003", "\u200B"};
  for (const std::string_view each : dropped) text = base::replace_all(text, each, "");
  drop_version_suffix(text);
  text = base::replace_all(text, republic, "");
  return text;
}

std::vector<Paragraph> paragraphs(std::string_view text) {
  std::vector<Paragraph> parts;
  for (const std::string_view line : base::split(text, '\n')) {
    if (!line.empty()) parts.push_back({line, is_item(line)});
  }
  return parts;
}

std::string_view status_name(StatusKind kind) {
  constexpr std::array names{"in_force", "not_yet", "amended", "repealed", "unknown"};
  return names[static_cast<std::size_t>(kind)];
}

std::optional<bool> Start::begun(base::Date on) const {
  if (day) return *day <= on;
  if (known_by && *known_by <= on) return true;
  return std::nullopt;
}

Status status_on(const VersionFacts& facts, base::Date day) {
  if (facts.repealed && facts.repealed_from.begun(day) == true) {
    return {StatusKind::repealed, facts.repealed_from.day, {}};
  }
  if (facts.superseded && facts.superseded_from.begun(day) == true) {
    return {StatusKind::amended, facts.superseded_from.day, {}};
  }
  if (facts.effective.begun(day) == false) return {StatusKind::not_yet, facts.effective.day, {}};

  // An end that may already have come leaves nothing proven.
  const bool end_open = (facts.repealed && !facts.repealed_from.begun(day)) ||
                        (facts.superseded && !facts.superseded_from.begun(day));
  const bool listed = facts.listed_in_force && day >= *facts.listed_in_force &&
                      base::days_between(*facts.listed_in_force, day) <= listing_trusted_days;
  if (end_open || !listed) return {StatusKind::unknown, {}, {}};
  Status status{StatusKind::in_force, facts.effective.day, {}};
  if (facts.repealed) status.until = facts.repealed_from.day;
  if (facts.superseded && (!status.until || facts.superseded_from.day < status.until)) {
    status.until = facts.superseded_from.day;
  }
  return status;
}

}  // namespace law
