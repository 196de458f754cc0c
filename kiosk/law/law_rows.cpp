#include "kiosk/law/law_rows.h"

#include "platform/base/text.h"

namespace law {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string_view each : base::split(text, '\n')) {
    if (!each.empty()) lines.emplace_back(each);
  }
  return lines;
}

}  // namespace

LawSummary law_at(const sql::Statement& row, int column) {
  return {row.integer(column),      row.string(column + 1), row.string(column + 2),
          kind_at(row, column + 3), row.string(column + 4), row.string(column + 5)};
}

VersionRow version_at(const sql::Statement& row, int column) {
  VersionRow version;
  version.id = row.integer(column);
  version.law = row.integer(column + 1);
  version.dated = day_at(row, column + 2);
  version.says_effective = day_at(row, column + 3);
  version.facts.effective = {day_at(row, column + 4), day_at(row, column + 5)};
  version.facts.superseded = row.integer(column + 6) != 0;
  version.facts.superseded_from = {day_at(row, column + 7), day_at(row, column + 8)};
  version.facts.repealed = row.integer(column + 9) != 0;
  version.facts.repealed_from = {day_at(row, column + 10), day_at(row, column + 11)};
  version.repealing_article = row.integer(column + 12);
  version.facts.listed_in_force = day_at(row, column + 13);
  version.first_article = row.integer(column + 14);
  version.last_article = row.integer(column + 15);
  version.history = lines_of(row.text(column + 16));
  return version;
}

// A number that is no kind comes from a damaged file.
Kind kind_at(const sql::Statement& row, int column) {
  const auto number = row.integer(column);
  const bool known = number >= 0 && number <= static_cast<int>(Kind::other);
  return known ? static_cast<Kind>(number) : Kind::other;
}

std::optional<base::Date> day_at(const sql::Statement& row, int column) {
  return base::parse_date(row.text(column));
}

std::string select(std::string_view columns, std::string_view rest) {
  return "SELECT " + std::string(columns) + " FROM " + std::string(rest);
}

}  // namespace law
