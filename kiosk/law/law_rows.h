// Rows of the library's tables as values, shared by the two halves of LawStore and by nobody else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/law.h"
#include "kiosk/law/law_store.h"
#include "platform/sql/database.h"

namespace law {

struct VersionRow {
  Id id = 0;
  Id law = 0;
  VersionFacts facts;
  std::optional<base::Date> dated;
  std::optional<base::Date> says_effective;
  Id repealing_article = 0;
  Id first_article = 0;
  Id last_article = 0;
  std::vector<std::string> history;
};

// To be selected together, read from the given column on.
inline constexpr std::string_view law_columns =
    "laws.id, laws.title, laws.short_title, laws.kind, laws.category, laws.region";
inline constexpr int law_width = 6;
LawSummary law_at(const sql::Statement& row, int column = 0);

inline constexpr std::string_view version_columns =
    "versions.id, versions.law, versions.dated, versions.says_effective, versions.effective_day,"
    " versions.effective_known_by, versions.superseded, versions.superseded_day,"
    " versions.superseded_known_by, versions.repealed, versions.repealed_day,"
    " versions.repealed_known_by, versions.repealing_article, versions.listed_in_force,"
    " versions.first_article, versions.last_article, versions.history";
inline constexpr int version_width = 17;
VersionRow version_at(const sql::Statement& row, int column = 0);

Kind kind_at(const sql::Statement& row, int column);
std::optional<base::Date> day_at(const sql::Statement& row, int column);

// Titles from the top down to the chapter given; depths make even a damaged file come to an end.
inline constexpr std::string_view chapter_path_statement =
    "WITH RECURSIVE up AS (SELECT parent, depth, title FROM chapters WHERE id=? UNION ALL"
    " SELECT above.parent, above.depth, above.title FROM chapters above"
    " JOIN up ON above.id = up.parent AND above.depth < up.depth)"
    " SELECT title FROM up ORDER BY depth";

// "SELECT " columns " FROM " rest
std::string select(std::string_view columns, std::string_view rest);

}  // namespace law
