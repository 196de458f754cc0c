// The files of a collection → laws with their versions and what is proven about each. Everything
// an import decides is decided here, in memory; knows no SQL and no index.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/law/import/layout.h"
#include "kiosk/law/import/markdown.h"

namespace law {

// Which article of which text, by position; stays valid as long as the Gathered it belongs to.
struct Place {
  std::size_t law = 0;
  std::size_t version = 0;
  std::size_t unit = 0;
};

struct Version {
  LawText text;
  std::string path;                          // of the file it was read from, the first of several
  std::optional<base::Date> dated;           // last adopted, amended or published
  std::optional<base::Date> says_effective;  // 自…起施行, of the law when it first began
  VersionFacts facts;
  std::optional<Place> repealed_by;
  bool searched = false;  // newest, or still the current one while the newest waits for its day
};

struct Law {
  std::string title;  // of the newest version
  Kind kind = Kind::law;
  std::string category;
  std::string region;             // "" for national law
  std::vector<Version> versions;  // oldest first
};

struct Gathered {
  std::string collection;               // "just-laws", "LawRefBook"
  std::optional<base::Date> collected;  // unknown for a folder that does not say
  std::vector<Law> laws;                // in the order of kind, category and path
  std::vector<LeftOut> left_out;        // archive's and ours, sorted by reason and path
};

// `region` "" reads national law; "北京" adds the local rules of that place.
Gathered gather(Collection collection, std::string_view region);

}  // namespace law
