#include "kiosk/service/calendar_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kiosk/service/fields.h"

namespace service {
namespace {

constexpr std::array<std::pair<std::string_view, int>, 7> weekdays{{{"monday", 0},
                                                                    {"tuesday", 1},
                                                                    {"wednesday", 2},
                                                                    {"thursday", 3},
                                                                    {"friday", 4},
                                                                    {"saturday", 5},
                                                                    {"sunday", 6}}};

Parsed<base::Date> parse_day(Word word) {
  if (const auto day = base::parse_date(word.text)) return *day;
  return tl::unexpected(fmt::format("`{}` is no day: write \"2026-10-01\"", word.text));
}

// From the first to the last day; `words` is the key of what visitors read.
Closure read_closure(Table& table, std::string_view words) {
  Closure closure;
  closure.from = table.parsed("from", Need::required, parse_day);
  closure.to = table.has("to") ? table.parsed("to", Need::optional, parse_day) : closure.from;
  closure.reason = local_text(table, words, Need::required);
  // A day that could not be read has been named already.
  if (closure.from.ok() && closure.to.ok() && closure.to < closure.from) {
    table.wrong("to", fmt::format("`{}` comes before `from`: write the last day off",
                                  base::iso_date(closure.to)));
  }
  return closure;
}

MakeUpDay read_make_up(Table& table) {
  MakeUpDay made_up;
  made_up.day = table.parsed("day", Need::required, parse_day);
  made_up.weekday = table.one_of<int>("hours_of", Need::required, weekdays).value_or(0);
  return made_up;
}

HolidayYear read_year(Table& table) {
  HolidayYear year;
  year.year = table.integer("year", {.from = 2000, .to = 2100});
  year.notice = table.text("notice", Need::optional);
  year.holidays = table.list("holiday", Need::required,
                             [](Table& entry) { return read_closure(entry, "name"); });
  year.make_up = table.list("make_up", Need::optional, [&](Table& entry) {
    MakeUpDay made_up = read_make_up(entry);
    if (find_closure(year.holidays, made_up.day) != nullptr) {
      entry.wrong("day", fmt::format("`{}` is a day off as well: take one of the two away",
                                     base::iso_date(made_up.day)));
    }
    return made_up;
  });
  if (year.notice.empty() && !year.make_up.empty()) {
    table.wrong("make_up",
                "make-up days come from the State Council's notice: name it in `notice`");
  }
  return year;
}

}  // namespace

std::vector<HolidayYear> read_holidays(Table& table) {
  std::vector<HolidayYear> years;
  return table.list("year", Need::required, [&](Table& entry) {
    HolidayYear year = read_year(entry);
    if (std::ranges::find(years, year.year, &HolidayYear::year) != years.end()) {
      entry.wrong("year",
                  fmt::format("`{}` stands here twice: write one [[year]] for it", year.year));
    }
    years.push_back(year);
    return year;
  });
}

std::vector<Closure> read_closures(Table& table) {
  return table.list("closed", Need::optional,
                    [](Table& entry) { return read_closure(entry, "reason"); });
}

}  // namespace service
