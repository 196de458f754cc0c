// One collection's files → the texts in them, parts joined, each still on its own: no versions, no
// merging, no facts. Knows the two layouts and what becomes of each file.
#pragma once

#include <string_view>
#include <vector>

#include "kiosk/law/import/gathered.h"
#include "kiosk/law/import/layout.h"

namespace law {

struct Draft {
  Placement placement;
  Version version;
  std::vector<std::size_t> files;  // positions in CollectionDrafts::files, the first one leads
};

struct CollectionDrafts {
  Source source;
  std::vector<Draft> drafts;
  // Every file of the collection. Fate::left_out with its reason is final; the fate of files that
  // gave drafts is for the caller to set.
  std::vector<FileAccount> files;
};

// `region`: "" for national law only, "all" for everything, else also that place's rules.
CollectionDrafts read_drafts(Collection collection, std::size_t source, std::string_view region);

// "北京" and "北京市" are the same place.
bool same_region(std::string_view a, std::string_view b);

}  // namespace law
