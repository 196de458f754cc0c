// What an import holds in memory between reading the collections and writing the library: laws
// with their versions and what is proven about each, who cites whom, and an account of every file.
// Values only; gather.h fills them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/law/import/markdown.h"
#include "kiosk/law/law.h"

namespace law {

// A collection that was read.
struct Source {
  std::string collection;               // "just-laws", "LawRefBook"
  std::optional<base::Date> collected;  // unknown for a folder that does not say
  bool lists_law_in_force = false;      // what it holds as law was in force on that day
};

// Which article of which text, by position; stays valid as long as the Gathered it belongs to.
struct Place {
  std::size_t law = 0;
  std::size_t version = 0;
  std::size_t unit = 0;
  auto operator<=>(const Place&) const = default;
};

struct Version {
  LawText text;
  std::size_t source = 0;                    // into Gathered::sources
  std::string path;                          // of the file it was read from, the first of several
  std::string issuer;                        // the body that made it; "" when nothing says
  std::optional<base::Date> adopted;         // first adopted (通过)
  std::optional<base::Date> published;       // last published (公布, 发布)
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

// What became of a file. Every markdown file of every collection has exactly one account.
enum class Fate {
  front,     // the newest text of a law, or of several (a page of amendments)
  history,   // an older version of a law
  part,      // joined with others into one text
  merged,    // the same version is there already, from here or from the other collection
  left_out,  // not read, for a reason
};
struct FileAccount {
  std::size_t source = 0;
  std::string path;
  Fate fate = Fate::left_out;
  std::string note;  // of left_out: the reason, snake_case; else the title of the law
};

// A sentence the import has read and could not, or not wholly, use.
struct Finding {
  Place place;
  std::string words;
};
struct Findings {
  std::vector<Finding> unread_effects;   // dates itself in words that give no day
  std::vector<Finding> unread_repeals;   // ends something named, unclear what
  std::vector<Finding> partial_repeals;  // title of which only single articles or rules end
  std::vector<Finding> unknown_repeals;  // title of a repealed text that is in no collection
};

// One article cites another. `from` is in a newest version, `to` in a version of the cited law.
struct CitationEdge {
  Place from;
  Place to;
  bool elder = false;  // the citing text is older than the cited version: numbers may have shifted
  auto operator<=>(const CitationEdge&) const = default;
};
struct References {
  std::vector<CitationEdge> edges;        // sorted by `to`, then `from`; each pair once
  std::size_t found = 0;                  // citations of articles in all newest texts
  std::size_t resolved = 0;               // … whose law and article are in the library
  std::vector<Finding> missing_articles;  // the law is there, the article is not
  std::vector<Finding> unnamed;           // no law named in front of the number: "第三条规定的…"
  std::vector<Finding> unknown_names;     // no text of that name; a finding a name and text
  std::vector<Finding> ambiguous_names;
};

struct Gathered {
  std::vector<Source> sources;  // in the order given
  std::string collection;       // "just-laws", "just-laws + LawRefBook"
  std::optional<base::Date>
      collected;                   // the oldest of the sources' days; empty when one is unknown
  std::vector<Law> laws;           // in the order of kind, category and path
  std::vector<FileAccount> files;  // sorted by source and path
  Findings findings;
  References references;
};

}  // namespace law
