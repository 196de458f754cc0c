#include "kiosk/law/written_days.h"

#include "kiosk/law/numerals.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

void skip_blanks(string_view text, std::size_t& at) {
  while (at < text.size() && text[at] == ' ') ++at;
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
  if (!number || text.substr(cursor, unit.size()) != unit) return std::nullopt;
  at = cursor + unit.size();
  return number;
}

}  // namespace

std::optional<WrittenDay> written_day_at(string_view text, std::size_t begin) {
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

std::vector<WrittenDay> written_days(string_view text) {
  std::vector<WrittenDay> days;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const bool starts = is_numeral(base::next_character(text, next));
    const auto day = starts ? written_day_at(text, at) : std::nullopt;
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

}  // namespace law
