// The files of one or several collections → laws with their versions and what is proven about
// each. Everything an import decides is decided here, in memory; knows no SQL and no index.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/import/archive.h"
#include "kiosk/law/import/gathered.h"
#include "platform/base/result.h"

namespace law {

// `region`: "" reads national law, "北京" (or "北京市") adds the rules of that place, "all" of
// every place. Collections are merged law by law: the newest text is in front whichever it comes
// from, other texts become older versions, and of a version that is there twice the text of the
// younger collection stays.
Gathered gather(std::vector<Collection> collections, std::string_view region);
Gathered gather(Collection collection, std::string_view region);

// The places whose rules the collections hold, sorted.
std::vector<std::string> regions_of(const std::vector<Collection>& collections);

// invalid ("region_unknown", the known places in its words) unless the collections know `region`.
base::Result<void> check_region(const std::vector<Collection>& collections,
                                std::string_view region);

}  // namespace law
