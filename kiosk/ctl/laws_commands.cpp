#include "kiosk/ctl/laws_commands.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <ostream>

#include "kiosk/ctl/laws_gathering.h"
#include "kiosk/ctl/laws_report.h"
#include "kiosk/law/import/library_store.h"
#include "kiosk/law/law_store.h"
#include "platform/base/text.h"

namespace ctl {
namespace {

constexpr std::size_t batch_rows = 100;
constexpr std::size_t terminal_rows = 10;

Exit import_laws(std::span<const std::string> arguments, Console& console) {
  const auto options = parse_options(arguments, {{"db", "region", "report"}, {}});
  if (!options) return complain(console, misused, options.error().detail);
  if (options->positional.empty() || options->value("db").empty()) {
    return complain(console, misused, "laws import needs PATH and --db FILE");
  }
  const std::string_view region = options->value("region");
  const auto gathered = gather_laws(options->positional, region, console.err);
  if (!gathered) return complain(console, gathered.error());
  const auto counts = law::write_library(*gathered, region, std::string(options->value("db")),
                                         progress_line(console.err));
  if (!counts) return complain(console, counts.error());
  const base::Date day = base::china_time.date(console.world.clock.now());
  print_short_report(*gathered, day, console.out);
  if (const std::string file(options->value("report")); !file.empty()) {
    const auto written = base::replace_file(file, full_report(*gathered, day));
    if (!written) return complain(console, written.error());
  }
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

// Without --ranking the one of the project's assets, if it is there; "none" is by words alone.
base::Result<void> use_ranking(law::LawStore& store, const Options& options) {
  const base::Path shipped = base::Path(KIOSK_ASSETS) / "law" / "ranking.bin";
  const std::string_view wanted = options.value("ranking");
  if (wanted == "none" || (wanted.empty() && !std::filesystem::exists(shipped))) return {};
  return store.use_ranking(wanted.empty() ? shipped : base::Path(wanted));
}

Exit search_laws(std::span<const std::string> arguments, Console& console) {
  const auto options =
      parse_options(arguments, {{"db", "limit", "format", "batch", "ranking"}, {}});
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
  if (auto ranked = use_ranking(*store, *options); !ranked) {
    return complain(console, ranked.error());
  }
  if (batch) return search_batch(*store, *search, std::string(options->value("batch")), console);
  std::string query;
  for (const std::string& word : options->positional) query += (query.empty() ? "" : " ") + word;
  return search_one(*store, *search, query, console);
}

}  // namespace

Command laws_import_command() {
  return {
      "laws import", "PATH... --db FILE [--region NAME] [--report FILE]",
      "Reads collections of law texts into a library file.", import_laws,
      "PATH is a folder, a .tar.zst or a .tar.gz in the layout of just-laws or LawRefBook. "
      "Several\n"
      "are merged law by law: the newest text in front, older ones as history with their source.\n"
      "National law is read; --region 北京 adds the local rules of that place, --region all every\n"
      "place's. The library is replaced in one step when everything has been read. Prints in a\n"
      "page what was read, left out and not understood; --report FILE names every file and "
      "finding."};
}

Command laws_search_command() {
  return {
      "laws search",
      "--db FILE [--limit N] [--format text|tsv] [--ranking FILE|none] (QUERY | --batch FILE)",
      "Finds articles by lay words, citation or law name.", search_laws,
      "Columns of tsv: rank, law title, article, status, words around the match.\n"
      "--batch FILE holds lines \"id<TAB>query\"; prints id, rank, law title, article: 100 rows a\n"
      "question unless --limit says otherwise, newest versions only, however weak the match.\n"
      "--ranking is a learned ranking; without it the shipped one, assets/law/ranking.bin, is "
      "used,\n"
      "and \"none\" ranks by words alone."};
}

}  // namespace ctl
