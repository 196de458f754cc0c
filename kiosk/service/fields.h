// The kinds of values the files of config/ are made of, read from a Table: texts in two languages,
// ids, citations, icons, opening hours. The grammar of each stands in read.h. Knows no service.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/service/catalogue.h"
#include "kiosk/service/read.h"
#include "kiosk/service/table.h"

namespace service {

// What all files are read against, and the citations found on the way.
struct Surroundings {
  const std::optional<std::set<std::string>>& icons;
  std::vector<CitationPlace> citations;
};

bool is_id(std::string_view text);
std::string read_id(Table& table, std::string_view key);
LocalText read_local_text(Table& table);
LocalText local_text(Table& table, std::string_view key, Need need);
// The file stem of an icon; "" when optional and not there.
std::string read_icon(Table& table, Need need, const Surroundings& surroundings);
std::vector<Citation> read_citations(Table& table, std::string_view key, Need need,
                                     Surroundings& surroundings);
Hours read_hours(Table& table);

}  // namespace service
