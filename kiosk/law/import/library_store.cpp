#include "kiosk/law/import/library_store.h"

#include <limits>

#include "kiosk/law/law_frame.h"
#include "kiosk/law/pack.h"
#include "kiosk/law/pack_builder.h"

namespace law {
namespace {

using base::Result;

constexpr std::size_t progress_step = 100;  // laws

std::string about_text(const Gathered& gathered, std::string_view region) {
  std::string text = "collection " + gathered.collection + '\n';
  if (gathered.collected) text += "collected " + base::iso_date(*gathered.collected) + '\n';
  if (!region.empty()) (text += "region ").append(region) += '\n';
  for (const Source& each : gathered.sources) {
    const std::string day = each.collected ? base::iso_date(*each.collected) : "-";
    text += "source " + day + ' ' + each.collection + '\n';
  }
  return text;
}

// A number that no real article has is no number.
ArticleNumber bounded(ArticleNumber number) {
  constexpr int most = std::numeric_limits<std::uint16_t>::max();
  return number.number > most || number.branch > most ? ArticleNumber{} : number;
}

FrameVersion frame_version(const Gathered& gathered, const std::vector<PackSource>& sources,
                           const Version& version) {
  FrameVersion frame;
  frame.title = version.text.title;
  frame.source = gathered.sources[version.source].collection;
  frame.path = version.path;
  frame.issuer = version.issuer;
  frame.adopted = version.adopted;
  frame.published = version.published;
  frame.dated = version.dated;
  frame.says_effective = version.says_effective;
  frame.facts = version.facts;
  if (version.facts.listed_in_force &&
      version.facts.listed_in_force == day_of_source(sources, frame.source)) {
    frame.facts.listed_in_force.reset();
    frame.listed = true;
  }
  if (version.repealed_by) {
    const Place& by = *version.repealed_by;
    const Version& other = gathered.laws[by.law].versions[by.version];
    frame.repeal = {gathered.sources[other.source].collection, other.path, other.text.title,
                    by.unit};
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

LawFrame frame_of(const Gathered& gathered, const std::vector<PackSource>& sources,
                  const Law& law) {
  LawFrame frame{law.title, law.kind, law.category, law.region, {}};
  for (const Version& each : law.versions) {
    frame.versions.push_back(frame_version(gathered, sources, each));
  }
  return frame;
}

// The id that the pack gives to the first article of each version, by law and version.
std::vector<std::vector<std::uint32_t>> first_articles(const std::vector<Law>& laws) {
  std::vector<std::vector<std::uint32_t>> firsts;
  std::size_t next = 1;
  for (const Law& law : laws) {
    firsts.emplace_back();
    for (const Version& each : law.versions) {
      firsts.back().push_back(static_cast<std::uint32_t>(next));
      next += each.text.units.size();
    }
  }
  return firsts;
}

std::vector<CitationRecord> citation_records(const Gathered& gathered) {
  const auto firsts = first_articles(gathered.laws);
  const auto id = [&](const Place& place) {
    return firsts[place.law][place.version] + static_cast<std::uint32_t>(place.unit);
  };
  std::vector<CitationRecord> records;
  records.reserve(gathered.references.edges.size());
  for (const CitationEdge& each : gathered.references.edges) {
    records.push_back({id(each.to), id(each.from), each.elder ? 1U : 0U});
  }
  return records;
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
  const std::string about = about_text(gathered, region);
  const std::vector<PackSource> sources = read_sources(about);
  PackBuilder builder(about);
  for (std::size_t i = 0; i < gathered.laws.size(); ++i) {
    if (i % progress_step == 0) progress("writing", i, gathered.laws.size());
    TRY(builder.add_text(write_frame(frame_of(gathered, sources, gathered.laws[i]))));
  }
  builder.set_citations(citation_records(gathered));
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
