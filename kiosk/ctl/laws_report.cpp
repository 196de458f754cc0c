#include "kiosk/ctl/laws_report.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <ostream>
#include <sstream>
#include <vector>

namespace ctl {
namespace {

using law::FileAccount;
using law::Gathered;
using std::string_view;

// Reasons that need no list of files: they are as many as the collection has such pages.
bool expected(string_view reason) {
  return reason == "index_page" || reason == "template" || reason == "other_region";
}

// A name from a collection may hold anything; none of it moves the terminal or the columns.
std::string one_line(string_view text) {
  std::string line(text);
  for (char& c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
  }
  return line;
}

string_view fate_name(law::Fate fate) {
  constexpr std::array names{"newest", "older", "part", "merged", "left_out"};
  return names[static_cast<std::size_t>(fate)];
}

std::string day_or(const std::optional<base::Date>& day, string_view otherwise) {
  return day ? base::iso_date(*day) : std::string(otherwise);
}

void print_collections(const Gathered& gathered, std::ostream& out) {
  string_view label = "collection";
  for (const law::Source& each : gathered.sources) {
    out << fmt::format(
        "{:<13}{}, {}\n", label, each.collection,
        each.collected ? "as of " + base::iso_date(*each.collected) : std::string("day not known"));
    label = "";
  }
}

void print_laws(const Gathered& gathered, std::ostream& out) {
  struct Count {
    std::size_t laws = 0;
    std::size_t articles = 0;
    std::size_t other = 0;
    std::size_t older = 0;
  };
  std::map<law::Kind, Count> counts;
  Count all;
  int unreadable = 0;
  for (const law::Law& each : gathered.laws) {
    const law::LawText& newest = each.versions.back().text;
    for (Count* count : {&counts[each.kind], &all}) {
      ++count->laws;
      count->articles += newest.count_articles();
      count->other += newest.units.size() - newest.count_articles();
      count->older += each.versions.size() - 1;
    }
    unreadable += newest.unreadable;
  }
  constexpr string_view row = "{:<16}{:>8}{:>10}{:>14}{:>16}\n";
  out << '\n'
      << fmt::format(fmt::runtime(row), "read", "laws", "articles", "other pieces",
                     "older versions");
  const auto line = [&](string_view name, const Count& count) {
    out << fmt::format(fmt::runtime(row), name, count.laws, count.articles, count.other,
                       count.older);
  };
  for (const auto& [kind, count] : counts) line(law::kind_name(kind), count);
  line("all", all);
  if (unreadable > 0) out << fmt::format("signs shown as 〓: {}\n", unreadable);
}

void print_statuses(const Gathered& gathered, base::Date day, std::ostream& out) {
  std::map<law::StatusKind, std::size_t> newest;
  std::map<law::StatusKind, std::size_t> older;
  for (const law::Law& law : gathered.laws) {
    for (const law::Version& each : law.versions) {
      const bool front = &each == &law.versions.back();
      ++(front ? newest : older)[law::status_on(each.facts, day).kind];
    }
  }
  out << fmt::format("\n{:<16}{:>8}{:>16}\n", base::iso_date(day), "newest", "older versions");
  for (const auto kind :
       {law::StatusKind::in_force, law::StatusKind::not_yet, law::StatusKind::amended,
        law::StatusKind::repealed, law::StatusKind::unknown}) {
    out << fmt::format("{:<16}{:>8}{:>16}\n", law::status_name(kind), newest[kind], older[kind]);
  }
}

void print_fates(const Gathered& gathered, std::ostream& out) {
  constexpr string_view row = "{:<16}{:>8}{:>8}{:>8}{:>8}{:>8}{:>10}\n";
  out << '\n'
      << fmt::format(fmt::runtime(row), "files", "all", "newest", "older", "part", "merged",
                     "left out");
  for (std::size_t source = 0; source < gathered.sources.size(); ++source) {
    std::array<std::size_t, 5> fates{};
    std::size_t all = 0;
    for (const FileAccount& each : gathered.files) {
      if (each.source != source) continue;
      ++fates[static_cast<std::size_t>(each.fate)];
      ++all;
    }
    out << fmt::format(fmt::runtime(row), gathered.sources[source].collection, all, fates[0],
                       fates[1], fates[2], fates[3], fates[4]);
  }
}

void print_left_out(const Gathered& gathered, std::ostream& out) {
  std::map<string_view, std::vector<string_view>> by_reason;
  std::size_t all = 0;
  for (const FileAccount& each : gathered.files) {
    if (each.fate != law::Fate::left_out) continue;
    by_reason[each.note].push_back(each.path);
    ++all;
  }
  out << fmt::format("\nleft out     {} files\n", all);
  for (const auto& [reason, paths] : by_reason) {
    out << fmt::format("{:<16}{:>8}\n", reason, paths.size());
    if (expected(reason)) continue;
    for (const string_view path : paths) out << "    " << one_line(path) << '\n';
  }
}

struct Section {
  string_view name;
  string_view meaning;
  const std::vector<law::Finding>* findings;
};

std::array<Section, 8> sections_of(const Gathered& gathered) {
  return {
      {{"unread_effects", "dates itself in words that give no day",
        &gathered.findings.unread_effects},
       {"unread_repeals", "ends something named, unclear what", &gathered.findings.unread_repeals},
       {"partial_repeals", "ends single articles or rules of a text",
        &gathered.findings.partial_repeals},
       {"unknown_repeals", "ends a text that is in no collection",
        &gathered.findings.unknown_repeals},
       {"unknown_names", "cites an article of a text that is in no collection",
        &gathered.references.unknown_names},
       {"ambiguous_names", "cites a name that several texts bear",
        &gathered.references.ambiguous_names},
       {"missing_articles", "cites an article that its text has not",
        &gathered.references.missing_articles},
       {"unnamed", "cites an article without naming a text", &gathered.references.unnamed}}};
}

// The newest versions that say not when they were made, and not when they take effect.
struct Undated {
  std::vector<const law::Version*> dated;
  std::vector<const law::Version*> effective;
};

Undated undated_versions(const Gathered& gathered) {
  Undated undated;
  for (const law::Law& law : gathered.laws) {
    if (law.kind == law::Kind::court_case) continue;
    const law::Version& newest = law.versions.back();
    if (!newest.dated) undated.dated.push_back(&newest);
    if (!newest.facts.effective.day) undated.effective.push_back(&newest);
  }
  return undated;
}

void print_not_understood(const Gathered& gathered, std::ostream& out) {
  out << "\nnot understood, or without anything to hold on to\n";
  for (const Section& each : sections_of(gathered)) {
    out << fmt::format("{:<16}{:>8}  {}\n", each.name, each.findings->size(), each.meaning);
  }
  const Undated undated = undated_versions(gathered);
  constexpr string_view row = "{:<16}{:>8}  {}\n";
  out << fmt::format(fmt::runtime(row), "undated", undated.dated.size(),
                     "newest texts without a day of adoption or publication");
  out << fmt::format(fmt::runtime(row), "start_unknown", undated.effective.size(),
                     "newest texts whose first day in force is not said");
}

void print_citations(const Gathered& gathered, std::ostream& out) {
  const law::References& references = gathered.references;
  std::size_t elder = 0;
  for (const law::CitationEdge& each : references.edges) elder += each.elder ? 1 : 0;
  out << fmt::format(
      "\ncitations    {} of articles, {} resolved, {} to an article that is not there,\n"
      "             {} without a law in front; {} edges, {} from texts older than what they cite\n",
      references.found, references.resolved, references.missing_articles.size(),
      references.unnamed.size(), references.edges.size(), elder);
}

// ---- the file ----

void print_findings(const Gathered& gathered, std::ostream& out) {
  for (const Section& section : sections_of(gathered)) {
    out << fmt::format("\n== {} ({}): {}\n", section.name, section.findings->size(),
                       section.meaning);
    for (const law::Finding& each : *section.findings) {
      const law::Version& version = gathered.laws[each.place.law].versions[each.place.version];
      out << fmt::format("{}\t{}\t{}\n", one_line(version.path),
                         one_line(version.text.units[each.place.unit].label), one_line(each.words));
    }
  }
}

void print_undated(const Gathered& gathered, std::ostream& out) {
  const Undated undated = undated_versions(gathered);
  for (const auto& [name, versions] :
       {std::pair("undated", &undated.dated), std::pair("start_unknown", &undated.effective)}) {
    out << fmt::format("\n== {} ({})\n", name, versions->size());
    for (const law::Version* each : *versions) out << one_line(each->path) << '\n';
  }
}

void print_unreadable(const Gathered& gathered, std::ostream& out) {
  std::ostringstream list;
  std::size_t texts = 0;
  for (const law::Law& law : gathered.laws) {
    for (const law::Version& each : law.versions) {
      if (each.text.unreadable == 0) continue;
      list << fmt::format("{}\t{}\n", each.text.unreadable, one_line(each.path));
      ++texts;
    }
  }
  out << fmt::format("\n== unreadable ({}): signs of a private font, shown as 〓\n", texts)
      << list.str();
}

void print_ends(const Gathered& gathered, std::ostream& out) {
  std::ostringstream list;
  std::size_t texts = 0;
  for (const law::Law& law : gathered.laws) {
    for (const law::Version& each : law.versions) {
      if (!each.repealed_by) continue;
      const law::Place& by = *each.repealed_by;
      const law::Version& other = gathered.laws[by.law].versions[by.version];
      list << fmt::format("{}\t{}\t{}\t{}\n", day_or(each.facts.repealed_from.day, "day unknown"),
                          one_line(each.path), one_line(other.text.title),
                          one_line(other.text.units[by.unit].label));
      ++texts;
    }
  }
  out << fmt::format("\n== repealed ({}): since, text, by\n", texts) << list.str();
}

void print_files(const Gathered& gathered, std::ostream& out) {
  out << fmt::format("\n== files ({})\n", gathered.files.size());
  for (const FileAccount& each : gathered.files) {
    out << fmt::format("{}\t{}\t{}\t{}\n", fate_name(each.fate),
                       gathered.sources[each.source].collection, one_line(each.path),
                       one_line(each.note));
  }
}

}  // namespace

void print_short_report(const Gathered& gathered, base::Date day, std::ostream& out) {
  print_collections(gathered, out);
  print_laws(gathered, out);
  print_statuses(gathered, day, out);
  print_fates(gathered, out);
  print_left_out(gathered, out);
  print_not_understood(gathered, out);
  print_citations(gathered, out);
}

std::string full_report(const Gathered& gathered, base::Date day) {
  std::ostringstream out;
  print_short_report(gathered, day, out);
  print_findings(gathered, out);
  print_undated(gathered, out);
  print_unreadable(gathered, out);
  print_ends(gathered, out);
  print_files(gathered, out);
  return out.str();
}

}  // namespace ctl
