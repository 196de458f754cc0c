#include "kiosk/ctl/laws_search_command.h"

#include <fmt/format.h>

#include <charconv>
#include <ostream>

#include "kiosk/law/finder.h"
#include "kiosk/law/law_store.h"
#include "platform/base/text.h"

namespace ctl {
namespace {

constexpr std::size_t batch_rows = 100;
constexpr std::size_t terminal_rows = 10;

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

// What stands around the articles, a line each.
void print_findings(const law::Found& found, Console& console) {
  for (const law::Slip& each : found.slips) {
    console.out << fmt::format("heard  {} as {}\n", each.typed, each.meant);
  }
  if (!found.chinese.empty())
    console.out << "read as  " << fmt::format("{}\n", fmt::join(found.chinese, " "));
  for (const law::NamedLaw& each : found.answer.laws) {
    console.out << fmt::format("law  {}  [{}]\n", each.law.title,
                               law::status_name(each.status.kind));
  }
  console.out << fmt::format("help  {}\n", fmt::join(found.help.services, " "));
  for (const law::TimeLimit* each : found.help.limits) console.out << "limit  " << each->id << '\n';
  if (!found.answer.good_match) console.err << "no good match\n";
}

// As the kiosk's one box does.
Exit search_one(law::LawStore& store, const SearchOptions& options, const base::Path& config,
                std::string_view query, Console& console) {
  const auto content = law::load_law_content(config);
  if (!content) return complain(console, content.error());
  const law::Suggestions no_suggestions;
  law::Finder finder(store, *content, no_suggestions);
  const base::Date day = base::china_time.date(console.world.clock.now());
  const auto found = finder.find(query, day, options.limit);
  if (!found) return complain(console, found.error());
  if (!options.tsv) print_findings(*found, console);
  for (std::size_t i = 0; i < found->answer.hits.size(); ++i) {
    print_hit(i + 1, found->answer.hits[i], options.tsv, console.out);
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
      parse_options(arguments, {{"db", "limit", "format", "batch", "ranking", "config"}, {}});
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
  const std::string_view config = options->value("config");
  return search_one(*store, *search, config.empty() ? KIOSK_CONFIG : config, query, console);
}

}  // namespace

Command laws_search_command() {
  return {
      "laws search",
      "--db FILE [--limit N] [--format text|tsv] [--ranking FILE|none] [--config DIR] (QUERY | "
      "--batch FILE)",
      "Finds articles and help as the kiosk's one box does.", search_laws,
      "QUERY is what a visitor types: everyday words, a citation, a law's name or its pinyin "
      "initials,\n"
      "traditional characters, English. --config is the folder whose law/ leads from English words "
      "and\n"
      "topics to the law and to help; without it the shipped one.\n"
      "Columns of tsv: rank, law title, article, status, words around the match.\n"
      "--batch FILE holds lines \"id<TAB>query\"; prints id, rank, law title, article: 100 rows a\n"
      "question unless --limit says otherwise, newest versions only, however weak the\n"
      "match, by the ranking alone.\n"
      "--ranking is a learned ranking; without it the shipped one, assets/law/ranking.bin, is "
      "used,\n"
      "and \"none\" ranks by words alone."};
}

}  // namespace ctl
