// What the laws of the collections prove about each other: when a version begins, which newer one
// follows it, which other text repeals it. Pure; nothing is guessed, what is not proven stays
// empty and what was not understood is handed back.
#pragma once

#include <vector>

#include "kiosk/law/import/gathered.h"

namespace law {

// Fills Version::says_effective, facts, repealed_by and searched of every law. A version knows its
// source, whose day and promise count for it.
Findings decide_facts(std::vector<Law>& laws, const std::vector<Source>& sources);

}  // namespace law
