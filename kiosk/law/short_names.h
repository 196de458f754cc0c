// How people shorten the names of laws: a table of what courts and newspapers say, and the rule the
// others follow. Pure; knows no library.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/law/law.h"

namespace law {

// "民诉法" → "民事诉讼法", "民诉法解释" → "民事诉讼法解释"; any other name comes back as it is.
std::string full_name(std::string_view name);

// A name that leaves out what its reader knows: 环保法, 社保法 and 北京物业条例 begin and end as
// the title does; 民事诉讼法解释 and 民间借贷规定 say what an interpretation is about and what it
// is.
class Abbreviation {
 public:
  explicit Abbreviation(std::string_view name);
  // False: it ends like no law, or is too short or too long to mean one.
  [[nodiscard]] bool possible() const;
  // The title is without marks, as title_key() gives it.
  [[nodiscard]] bool of(std::string_view title, Kind kind) const;

 private:
  std::u32string words_;
  std::u32string number_;  // of 解释（一）, 解释二
};

}  // namespace law
