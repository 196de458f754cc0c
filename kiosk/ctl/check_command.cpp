#include "kiosk/ctl/check_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>

#include "kiosk/law/glossary.h"
#include "kiosk/law/law_store.h"
#include "kiosk/law/topics.h"
#include "kiosk/service/read.h"
#include "kiosk/service/settings.h"
#include "platform/base/file.h"

namespace ctl {
namespace {

constexpr std::string_view settings_file = "kiosk.toml";
constexpr std::string_view glossary_file = "law/glossary.toml";
constexpr std::string_view topics_file = "law/topics.toml";

struct Findings {
  std::optional<service::Catalogue> catalogue;
  std::vector<service::Problem> problems;
  std::vector<service::CitationPlace> citations;
  std::set<std::string> unchecked;  // "LAW ARTICLE"
};

// File stems of DIR/icons; nothing when no assets folder is given.
base::Result<std::optional<std::set<std::string>>> known_icons(std::string_view assets) {
  std::optional<std::set<std::string>> icons;
  if (assets.empty()) return icons;
  icons.emplace();
  for (const base::Path& file : TRY(base::list_files(base::Path(assets) / "icons", ".svg"))) {
    icons->insert(file.stem().string());
  }
  return icons;
}

// The text of a file that a folder need not have.
base::Result<std::optional<std::string>> optional_file(const base::Path& path) {
  std::optional<std::string> text;
  if (std::filesystem::exists(path)) text = TRY(base::read_file(path));
  return text;
}

std::set<std::string> service_ids(const service::Files& files) {
  std::set<std::string> ids;
  for (const auto& [name, content] : files) {
    const base::Path path = name;
    if (path.parent_path() == "services") ids.insert(path.stem().string());
  }
  return ids;
}

void collect(std::vector<service::Problem> problems, Findings& findings) {
  std::ranges::move(problems, std::back_inserter(findings.problems));
}

base::Result<void> read_law_words(const base::Path& folder, const std::set<std::string>& services,
                                  Findings& findings) {
  if (const auto text = TRY(optional_file(folder / glossary_file))) {
    collect(law::read_glossary(*text, glossary_file).problems, findings);
  }
  if (const auto text = TRY(optional_file(folder / topics_file))) {
    law::TopicsOutcome topics = law::read_topics(*text, services, topics_file);
    collect(std::move(topics.problems), findings);
    std::ranges::move(topics.citations, std::back_inserter(findings.citations));
  }
  return {};
}

base::Result<Findings> read_folder(const base::Path& folder, std::string_view assets) {
  const auto icons = TRY(known_icons(assets));
  const service::Files files = TRY(service::load_folder(folder));
  service::ReadOutcome read = service::read_catalogue(files, icons);
  Findings findings{.catalogue = std::move(read.catalogue),
                    .problems = std::move(read.problems),
                    .citations = std::move(read.citations),
                    .unchecked = {}};
  if (const auto text = TRY(optional_file(folder / settings_file))) {
    collect(service::read_settings(*text, settings_file).problems, findings);
  }
  TRY(read_law_words(folder, service_ids(files), findings));
  return findings;
}

std::string in_words(const service::Citation& citation) {
  return citation.law + " " + citation.article;
}

// Statutes end in 法 or 法典; regulations, rules and interpretations do not.
bool is_statute(std::string_view law) {
  return law.ends_with("法") || law.ends_with("法典");
}

bool holds_statutes(const std::vector<law::Category>& categories) {
  return std::ranges::any_of(categories, [](const law::Category& category) {
    return category.kind == law::Kind::law && category.laws > 0;
  });
}

void report(const service::CitationPlace& place, std::string message, Findings& findings) {
  findings.problems.push_back({.file = place.file,
                               .line = place.line,
                               .column = place.column,
                               .message = std::move(message)});
}

// A law the library lacks is a mistake only when it has laws of that kind.
base::Result<void> check_citations(law::LawStore& store, base::Date today, Findings& findings) {
  const bool statutes = holds_statutes(TRY(store.categories()));
  for (const service::CitationPlace& place : findings.citations) {
    const auto& [law, article] = place.citation;
    switch (TRY(store.check_citation(law, article, today))) {
      case law::CitationCheck::found: break;
      case law::CitationCheck::article_missing:
        report(place, fmt::format("{} has no {}: write an article that is there", law, article),
               findings);
        break;
      case law::CitationCheck::law_missing:
        if (statutes && is_statute(law)) {
          report(place, fmt::format("there is no {}: write the law's full name", law), findings);
          break;
        }
        [[fallthrough]];
      case law::CitationCheck::no_library: findings.unchecked.insert(in_words(place.citation));
    }
  }
  return {};
}

base::Result<void> check_against(std::string_view library, base::Date today, Findings& findings) {
  if (library.empty()) {
    for (const service::CitationPlace& place : findings.citations) {
      findings.unchecked.insert(in_words(place.citation));
    }
    return {};
  }
  law::LawStore store = TRY(law::LawStore::open(std::string(library)));
  if (!store.present()) {
    return base::fail(base::ErrorKind::not_found, "library_missing",
                      fmt::format("{}: no such library", library));
  }
  return check_citations(store, today, findings);
}

// No mistake: nobody can enter a notice before it is published.
std::string calendar_note(const service::Catalogue& catalogue, base::Date today) {
  const auto gap = service::calendar_gap(catalogue, today);
  if (!gap) return {};
  return fmt::format(
      "note: bookings reach {}, but holidays.toml has {} of {}: {}\n",
      base::iso_date(gap->last_bookable), gap->statutory ? "no notice" : "no holidays", gap->year,
      gap->statutory ? "only the days off of the law are closed, no make-up day is open"
                     : "no day of it is closed as a holiday, no make-up day is open");
}

Exit print(Findings& findings, const base::Path& folder, base::Date today, std::ostream& out) {
  for (service::Problem& problem : findings.problems) {
    problem.file = (folder / problem.file).string();
    out << to_line(problem) << '\n';
  }
  for (const std::string& citation : findings.unchecked) out << "unchecked: " << citation << '\n';
  if (!findings.problems.empty()) {
    out << fmt::format("{} mistakes\n", findings.problems.size());
    return failed;
  }
  out << calendar_note(*findings.catalogue, today);
  out << fmt::format("no mistakes: {} services, {} tiles, {} citations, of which {} unchecked\n",
                     findings.catalogue->services.size(), findings.catalogue->tiles.size(),
                     findings.citations.size(),
                     std::ranges::count_if(findings.citations, [&](const auto& place) {
                       return findings.unchecked.contains(in_words(place.citation));
                     }));
  return done;
}

Exit check(std::span<const std::string> arguments, Console& console) {
  const auto options = parse_options(arguments, {{"db", "assets"}, {}});
  if (!options) return complain(console, misused, options.error().detail);
  if (options->positional.size() != 1) {
    return complain(console, misused, "check needs one CONFIG_DIR");
  }
  const base::Path folder = options->positional.front();
  auto findings = read_folder(folder, options->value("assets"));
  if (!findings) return complain(console, findings.error());
  const base::Date today = base::china_time.date(console.world.clock.now());
  if (const auto checked = check_against(options->value("db"), today, *findings); !checked) {
    return complain(console, checked.error());
  }
  return print(*findings, folder, today, console.out);
}

}  // namespace

Command check_command() {
  return {.name = "check",
          .synopsis = "CONFIG_DIR [--db FILE] [--assets DIR]",
          .summary = "names every mistake in a config folder and what to write instead",
          .run = check,
          .details =
              "Mistakes are printed as file:line:column: message. A note says when bookings reach\n"
              "into a year whose holidays or make-up days are not entered; it is no mistake.\n"
              "  --db FILE     checks the cited articles against this law library; without "
              "it, and for\n                kinds of law it lacks, they are listed as "
              "unchecked\n"
              "  --assets DIR  checks that the icons are there"};
}

}  // namespace ctl
