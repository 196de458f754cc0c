#include "kiosk/law/import/library_store.h"

#include <limits>

#include "kiosk/law/law_frame.h"
#include "kiosk/law/pack_builder.h"

namespace law {
namespace {

using base::Result;

constexpr std::size_t progress_step = 100;  // laws

std::string about_text(const Gathered& gathered, std::string_view region) {
  std::string text = "collection " + gathered.collection + '\n';
  if (gathered.collected) text += "collected " + base::iso_date(*gathered.collected) + '\n';
  if (!region.empty()) (text += "region ").append(region) += '\n';
  return text;
}

// A number that no real article has is no number.
ArticleNumber bounded(ArticleNumber number) {
  constexpr int most = std::numeric_limits<std::uint16_t>::max();
  return number.number > most || number.branch > most ? ArticleNumber{} : number;
}

FrameVersion frame_version(const Gathered& gathered, const Version& version) {
  FrameVersion frame;
  frame.title = version.text.title;
  frame.path = version.path;
  frame.dated = version.dated;
  frame.says_effective = version.says_effective;
  frame.facts = version.facts;
  if (version.facts.listed_in_force && version.facts.listed_in_force == gathered.collected) {
    frame.facts.listed_in_force.reset();
    frame.listed = true;
  }
  if (version.repealed_by) {
    const Place& by = *version.repealed_by;
    const Version& other = gathered.laws[by.law].versions[by.version];
    frame.repeal = {other.path, other.text.title, by.unit};
  }
  frame.searched = version.searched;
  frame.history.assign(version.text.history.begin(), version.text.history.end());
  for (const Heading& each : version.text.headings) {
    frame.headings.push_back({each.parent, each.level, each.title});
  }
  for (const Unit& each : version.text.units) {
    frame.units.push_back({bounded(each.number), each.label, each.text, each.heading});
  }
  return frame;
}

LawFrame frame_of(const Gathered& gathered, const Law& law) {
  LawFrame frame{law.title, law.kind, law.category, law.region, {}};
  for (const Version& each : law.versions) {
    frame.versions.push_back(frame_version(gathered, each));
  }
  return frame;
}

}  // namespace

LibraryCounts count_library(const Gathered& gathered) {
  LibraryCounts counts;
  counts.laws = gathered.laws.size();
  for (const Law& law : gathered.laws) {
    counts.versions += law.versions.size();
    counts.newest_articles += law.versions.back().text.units.size();
    for (const Version& each : law.versions) counts.articles += each.text.units.size();
  }
  return counts;
}

Result<std::string> make_pack(const Gathered& gathered, std::string_view region,
                              const Progress& progress) {
  PackBuilder builder(about_text(gathered, region));
  for (std::size_t i = 0; i < gathered.laws.size(); ++i) {
    if (i % progress_step == 0) progress("writing", i, gathered.laws.size());
    TRY(builder.add_text(write_frame(frame_of(gathered, gathered.laws[i]))));
  }
  progress("writing", gathered.laws.size(), gathered.laws.size());
  return std::move(builder).finish();
}

Result<LibraryCounts> write_library(const Gathered& gathered, std::string_view region,
                                    const base::Path& file, const Progress& progress) {
  const std::string pack = TRY(make_pack(gathered, region, progress));
  // Law text is for everyone: whoever imports it, the kiosk's own user may read it.
  TRY(base::replace_file(file, pack, 0644));
  return count_library(gathered);
}

}  // namespace law
