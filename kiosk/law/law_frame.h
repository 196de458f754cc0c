// One law with all its versions as a text that stands for itself: what a pack stores, compressed,
// and everything else of a pack is made from. Knows no other law and no compression.
//
//   frame    = "law 1\n" { line }
//   line     = key [ " " value ] "\n"      in this order; unknown keys are skipped, so that more
//                                          can be told later
//   title, kind (a number), category, region           of the law
//   version                                begins a version, oldest first; of it:
//     title, source, path, issuer, adopted, published, dated, says_effective
//     effective, effective_known_by        days: law::Start
//     superseded, superseded_from, superseded_known_by
//     repealed, repealed_from, repealed_known_by
//     repealing_source, repealing_path, repealing_title, repealing_unit
//                                          which version says so, and where in it
//     listed [ day ]                       as law in force; no day: the day of the source
//     searched
//     history                              one line each
//     heading level parent title           parent counts the version's headings, -1 at the top
//     unit number branch heading bytes label     followed by that many bytes of text and "\n"
//
// A source is a collection's name. Days are "2026-11-23". Nothing in a frame depends on the day of
// a collection or on a place in a list: a law that did not change keeps its frame from month to
// month.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/law.h"
#include "platform/base/result.h"

namespace law {

struct FrameHeading {
  int parent = -1;
  int level = 1;
  std::string_view title;
};

struct FrameUnit {
  ArticleNumber number;
  std::string_view label;
  std::string_view text;
  int heading = -1;
};

// Another law's version and the unit of it that ends this one.
struct FrameRepeal {
  std::string_view source;
  std::string_view path;
  std::string_view title;
  std::size_t unit = 0;
};

struct FrameVersion {
  std::string_view title;
  std::string_view source;
  std::string_view path;
  std::string_view issuer;
  std::optional<base::Date> adopted;
  std::optional<base::Date> published;
  std::optional<base::Date> dated;
  std::optional<base::Date> says_effective;
  VersionFacts facts;   // listed_in_force only when it is another day than the source's
  bool listed = false;  // on the day of the source
  std::optional<FrameRepeal> repeal;
  bool searched = false;
  std::vector<std::string_view> history;
  std::vector<FrameHeading> headings;  // a parent stands before its children
  std::vector<FrameUnit> units;
};

// The views are into the text it was parsed from, or into what it was made of.
struct LawFrame {
  std::string_view title;
  Kind kind = Kind::law;
  std::string_view category;
  std::string_view region;
  std::vector<FrameVersion> versions;  // at least one, none without units
};

// A line break inside a value becomes a blank; texts keep theirs.
std::string write_frame(const LawFrame& frame);
// invalid ("law_frame") for anything else than the grammar.
base::Result<LawFrame> parse_frame(std::string_view text);

}  // namespace law
