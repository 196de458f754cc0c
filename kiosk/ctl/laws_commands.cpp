#include "kiosk/ctl/laws_commands.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <map>
#include <ostream>

#include "kiosk/law/import/archive.h"
#include "kiosk/law/import/gather.h"
#include "kiosk/law/import/library_store.h"
#include "kiosk/law/law_store.h"
#include "platform/base/text.h"

namespace ctl {
namespace {

constexpr std::size_t batch_rows = 100;
constexpr std::size_t terminal_rows = 10;

// Reasons that need no list of files: they are as many as the collection has such pages.
bool expected(std::string_view reason) {
  return reason == "index_page" || reason == "template" || reason == "other_region";
}

void report_laws(const law::Gathered& gathered, std::ostream& out) {
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
  out << fmt::format("collection   {}, {}\n\n", gathered.collection,
                     gathered.collected ? "as of " + base::iso_date(*gathered.collected)
                                        : std::string("day not known"));
  constexpr std::string_view row = "{:<16}{:>8}{:>10}{:>14}{:>16}\n";
  out << fmt::format(fmt::runtime(row), "read", "laws", "articles", "other pieces",
                     "older versions");
  const auto line = [&](std::string_view name, const Count& count) {
    out << fmt::format(fmt::runtime(row), name, count.laws, count.articles, count.other,
                       count.older);
  };
  for (const auto& [kind, count] : counts) line(law::kind_name(kind), count);
  line("all", all);
  if (unreadable > 0) out << fmt::format("signs shown as 〓: {}\n", unreadable);
}

void report_left_out(const std::vector<law::LeftOut>& list, std::ostream& out) {
  std::map<std::string_view, std::vector<std::string_view>> by_reason;
  for (const law::LeftOut& each : list) by_reason[each.reason].push_back(each.path);
  out << fmt::format("\nleft out     {} files\n", list.size());
  for (const auto& [reason, paths] : by_reason) {
    out << fmt::format("{:<16}{:>8}\n", reason, paths.size());
    if (expected(reason)) continue;
    for (const std::string_view path : paths) out << "    " << path << '\n';
  }
}

Exit import_laws(std::span<const std::string> arguments, Console& console) {
  const auto options = parse_options(arguments, {{"db", "region"}, {}});
  if (!options) return complain(console, misused, options.error().detail);
  if (options->positional.size() != 1 || options->value("db").empty()) {
    return complain(console, misused, "laws import needs PATH and --db FILE");
  }
  console.err << "reading " << options->positional[0] << '\n';
  auto collection = law::read_collection(options->positional[0]);
  if (!collection) return complain(console, collection.error());
  console.err << fmt::format("taking apart {} files\n", collection->files.size());
  const auto gathered = law::gather(std::move(*collection), options->value("region"));
  if (gathered.laws.empty()) return complain(console, failed, "no law found there");
  const auto counts = law::write_library(
      gathered, options->value("region"), std::string(options->value("db")),
      [&](std::string_view step, std::size_t done_part, std::size_t total) {
        console.err << fmt::format("\r{} {}/{}", step, done_part, total) << std::flush;
      });
  console.err << '\n';
  if (!counts) return complain(console, counts.error());
  report_laws(gathered, console.out);
  report_left_out(gathered.left_out, console.out);
  return done;
}

struct SearchOptions {
  std::size_t limit = 0;
  bool tsv = false;
};

base::Result<SearchOptions> read_search_options(const Options& options) {
  const auto wrong = [](std::string_view sentence) {
    return base::fail(base::ErrorKind::invalid, "option_value", sentence);
  };
  SearchOptions search;
  const std::string_view format = options.value("format");
  if (!format.empty() && format != "text" && format != "tsv") {
    return wrong("--format is text or tsv");
  }
  search.tsv = format == "tsv";
  search.limit = options.has("batch") ? batch_rows : terminal_rows;
  if (const std::string_view limit = options.value("limit"); options.has("limit")) {
    const auto [end, error] =
        std::from_chars(limit.data(), limit.data() + limit.size(), search.limit);
    const bool whole = error == std::errc() && end == limit.data() + limit.size();
    if (!whole || search.limit < 1 || search.limit > 10'000) {
      return wrong("--limit is a number from 1 to 10000");
    }
  }
  return search;
}

std::string one_line(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return line;
}

void print_hit(std::size_t rank, const law::Hit& hit, bool tsv, std::ostream& out) {
  if (tsv) {
    out << fmt::format("{}\t{}\t{}\t{}\t{}\n", rank, one_line(hit.law.title), one_line(hit.label),
                       law::status_name(hit.status.kind), one_line(hit.snippet.text));
    return;
  }
  out << fmt::format("{:>3}. {} {}  [{}]\n     {}\n", rank, hit.law.title, hit.label,
                     law::status_name(hit.status.kind), hit.snippet.text);
}

Exit search_one(law::LawStore& store, const SearchOptions& options, std::string_view query,
                Console& console) {
  const base::Date day = base::china_time.date(console.world.clock.now());
  const auto answer = store.search({query, day, options.limit, {}});
  if (!answer) return complain(console, answer.error());
  if (!options.tsv) {
    for (const law::LawSummary& each : answer->laws) console.out << "law  " << each.title << '\n';
    if (!answer->good_match) console.err << "no good match\n";
  }
  for (std::size_t i = 0; i < answer->hits.size(); ++i) {
    print_hit(i + 1, answer->hits[i], options.tsv, console.out);
  }
  return done;
}

Exit search_batch(law::LawStore& store, const SearchOptions& options, const base::Path& file,
                  Console& console) {
  const auto content = base::read_file(file);
  if (!content) return complain(console, content.error());
  const base::Date day = base::china_time.date(console.world.clock.now());
  std::size_t number = 0;
  for (std::string_view line : base::split(*content, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.empty()) continue;
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) {
      return complain(console, failed,
                      fmt::format("{}:{}: expected id<TAB>query", file.string(), number));
    }
    const auto ranked = store.rank({line.substr(tab + 1), day, options.limit, {}});
    if (!ranked) return complain(console, ranked.error());
    for (std::size_t i = 0; i < ranked->size(); ++i) {
      console.out << fmt::format("{}\t{}\t{}\t{}\n", line.substr(0, tab), i + 1,
                                 one_line((*ranked)[i].law_title), one_line((*ranked)[i].label));
    }
  }
  return done;
}

Exit search_laws(std::span<const std::string> arguments, Console& console) {
  const auto options = parse_options(arguments, {{"db", "limit", "format", "batch"}, {}});
  if (!options) return complain(console, misused, options.error().detail);
  const bool batch = options->has("batch");
  if (options->value("db").empty() || options->positional.empty() != batch) {
    return complain(console, misused,
                    "laws search needs --db FILE and either QUERY or --batch FILE");
  }
  const auto search = read_search_options(*options);
  if (!search) return complain(console, misused, search.error().detail);
  auto store = law::LawStore::open(std::string(options->value("db")));
  if (!store) return complain(console, store.error());
  if (!store->present()) {
    return complain(console, failed, std::string(options->value("db")) + ": no such library");
  }
  if (batch) return search_batch(*store, *search, std::string(options->value("batch")), console);
  std::string query;
  for (const std::string& word : options->positional) query += (query.empty() ? "" : " ") + word;
  return search_one(*store, *search, query, console);
}

}  // namespace

Command laws_import_command() {
  return {
      "laws import", "PATH --db FILE [--region NAME]",
      "Reads a collection of law texts into a library file.", import_laws,
      "PATH is a folder, a .tar.zst or a .tar.gz in the layout of just-laws or LawRefBook.\n"
      "National law is read; --region 北京 adds the local rules of that place. FILE is replaced\n"
      "in one step when everything has been read. Prints what was read and what was left out."};
}

Command laws_search_command() {
  return {
      "laws search", "--db FILE [--limit N] [--format text|tsv] (QUERY | --batch FILE)",
      "Finds articles by lay words, citation or law name.", search_laws,
      "Columns of tsv: rank, law title, article, status, words around the match.\n"
      "--batch FILE holds lines \"id<TAB>query\"; prints id, rank, law title, article: 100 rows a\n"
      "question unless --limit says otherwise, newest versions only, however weak the match."};
}

}  // namespace ctl
