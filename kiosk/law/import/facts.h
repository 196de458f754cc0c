// What the laws of a collection prove about each other: when a version begins, which newer one
// follows it, which other text repeals it. Pure; nothing is guessed, what is not proven stays
// empty.
#pragma once

#include <optional>
#include <vector>

#include "kiosk/law/import/gather.h"

namespace law {

struct Witness {
  std::optional<base::Date> collected;
  bool lists_law_in_force = false;
};

// Fills Version::says_effective, facts, repealed_by and searched of every law.
void decide_facts(std::vector<Law>& laws, const Witness& witness);

}  // namespace law
