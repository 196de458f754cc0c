// Who cites which article: the citations of every newest text, resolved to laws and articles of
// the import. Pure. What cannot be resolved is counted and named, never guessed.
#pragma once

#include <vector>

#include "kiosk/law/import/gathered.h"

namespace law {

// A citation means the version that was the newest when the citing text was dated; where a later
// version has the same article under another number, the edge leads there.
References resolve_references(const std::vector<Law>& laws);

}  // namespace law
