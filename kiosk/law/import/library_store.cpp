#include "kiosk/law/import/library_store.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <system_error>

#include "kiosk/law/index.h"
#include "kiosk/law/library_schema.h"
#include "platform/sql/database.h"

namespace law {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

constexpr std::size_t progress_step = 100;  // laws

std::optional<std::string> iso(const std::optional<base::Date>& day) {
  if (!day) return std::nullopt;
  return base::iso_date(*day);
}

std::string join_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& each : lines) {
    if (!text.empty()) text += '\n';
    text += each;
  }
  return text;
}

class Writer {
 public:
  static Result<Writer> create(const base::Path& file) {
    auto database = TRY(sql::Database::open(file));
    // A new file that is thrown away when anything goes wrong needs no journal. Large pages keep
    // postings in few pieces.
    TRY(database.execute("PRAGMA journal_mode=OFF; PRAGMA page_size=16384; VACUUM"));
    TRY(database.execute(fmt::format("PRAGMA user_version={}; PRAGMA application_id={}",
                                     library_format, library_application)));
    TRY(database.execute("BEGIN"));
    TRY(database.execute(library_schema));
    auto chapter = TRY(database.query("INSERT INTO chapters VALUES(?,?,?,?,?,?)", 0, 0, sql::Null{},
                                      0, "", sql::Null{}));
    auto article = TRY(database.query("INSERT INTO articles VALUES(?,?,?,?,?,?,?)", 0, 0,
                                      sql::Null{}, 0, 0, "", ""));
    return Writer(std::move(database), std::move(chapter), std::move(article));
  }

  Result<LibraryCounts> write(const Gathered& gathered, std::string_view region,
                              const Progress& progress) {
    number_articles(gathered);
    for (std::size_t i = 0; i < gathered.laws.size(); ++i) {
      if (i % progress_step == 0) progress("writing", i, gathered.laws.size());
      TRY(write_law(gathered.laws[i], static_cast<std::int64_t>(i) + 1));
    }
    progress("writing", gathered.laws.size(), gathered.laws.size());
    TRY(put("collection", gathered.collection));
    TRY(put("collected", iso(gathered.collected).value_or("")));
    TRY(put("region", region));
    TRY(put("indexed", std::to_string(index_.documents())));
    TRY(write_index());
    TRY(database_.execute("COMMIT"));
    return counts_;
  }

 private:
  Writer(sql::Database database, sql::Statement chapter, sql::Statement article)
      : database_(std::move(database)),
        chapter_(std::move(chapter)),
        article_(std::move(article)) {}

  Result<void> put(std::string_view name, std::string_view value) {
    TRY(database_.run("INSERT INTO library VALUES(?,?)", name, value));
    return {};
  }

  // A repealing article may be written after the text it repeals, so ids are given out first.
  void number_articles(const Gathered& gathered) {
    std::int64_t next = 1;
    for (const Law& law : gathered.laws) {
      first_articles_.emplace_back();
      for (const Version& version : law.versions) {
        first_articles_.back().push_back(next);
        next += static_cast<std::int64_t>(version.text.units.size());
      }
    }
  }

  [[nodiscard]] std::int64_t article_id(const Place& place) const {
    return first_articles_[place.law][place.version] + static_cast<std::int64_t>(place.unit);
  }

  Result<void> write_law(const Law& law, std::int64_t id) {
    TRY(database_.run("INSERT INTO laws VALUES(?,?,?,?,?,?,?)", id, law.title,
                      short_title(law.title), title_key(law.title), static_cast<int>(law.kind),
                      law.category, law.region));
    ++counts_.laws;
    counts_.newest_articles += law.versions.back().text.units.size();
    for (std::size_t i = 0; i < law.versions.size(); ++i) {
      TRY(write_version(law, id, i));
    }
    return {};
  }

  Result<void> write_version(const Law& law, std::int64_t law_id, std::size_t position) {
    const Version& version = law.versions[position];
    const VersionFacts& facts = version.facts;
    const auto id = static_cast<std::int64_t>(++counts_.versions);
    const std::int64_t first = first_articles_[static_cast<std::size_t>(law_id) - 1][position];
    const auto last = first + static_cast<std::int64_t>(version.text.units.size()) - 1;
    std::optional<std::int64_t> repealing;
    if (version.repealed_by) repealing = article_id(*version.repealed_by);
    TRY(database_.run(
        "INSERT INTO versions VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", id, law_id,
        position, iso(version.dated), iso(version.says_effective), iso(facts.effective.day),
        iso(facts.effective.known_by), facts.superseded, iso(facts.superseded_from.day),
        iso(facts.superseded_from.known_by), facts.repealed, iso(facts.repealed_from.day),
        iso(facts.repealed_from.known_by), repealing, iso(facts.listed_in_force), version.searched,
        first, last, version.path, join_lines(version.text.history)));
    const std::int64_t first_chapter = next_chapter_;
    TRY(write_chapters(version.text, id, first));
    return write_articles(law, version, id, first, first_chapter);
  }

  Result<void> write_chapters(const LawText& text, std::int64_t version, std::int64_t first) {
    std::vector<std::optional<std::int64_t>> first_of(text.headings.size());
    for (std::size_t i = text.units.size(); i-- > 0;) {
      for (int at = text.units[i].heading; at >= 0;
           at = text.headings[static_cast<std::size_t>(at)].parent) {
        first_of[static_cast<std::size_t>(at)] = first + static_cast<std::int64_t>(i);
      }
    }
    std::vector<int> depths(text.headings.size(), 0);
    const std::int64_t base_id = next_chapter_;
    for (std::size_t i = 0; i < text.headings.size(); ++i) {
      const Heading& heading = text.headings[i];
      std::optional<std::int64_t> parent;
      if (heading.parent >= 0) {
        parent = base_id + heading.parent;
        depths[i] = depths[static_cast<std::size_t>(heading.parent)] + 1;
      }
      TRY(database_.rebind(chapter_, next_chapter_++, version, parent, depths[i], heading.title,
                           first_of[i]));
      TRY(chapter_.step());
    }
    return {};
  }

  Result<void> write_articles(const Law& law, const Version& version, std::int64_t version_id,
                              std::int64_t first, std::int64_t first_chapter) {
    const std::string title = short_title(law.title);
    for (std::size_t i = 0; i < version.text.units.size(); ++i) {
      const Unit& unit = version.text.units[i];
      const std::int64_t id = first + static_cast<std::int64_t>(i);
      std::optional<std::int64_t> chapter;
      if (unit.heading >= 0) chapter = first_chapter + unit.heading;
      TRY(database_.rebind(article_, id, version_id, chapter, unit.number.number,
                           unit.number.branch, unit.label, unit.text));
      TRY(article_.step());
      ++counts_.articles;
      if (!version.searched) continue;
      // Title and chapters give an article the words its own sentence leaves out.
      document_ = title + "\n" + version.text.path(unit.heading, "\n") + "\n" + unit.text;
      index_.add(static_cast<std::uint32_t>(id), document_);
    }
    return {};
  }

  Result<void> write_index() {
    auto insert = TRY(database_.query("INSERT INTO terms VALUES(?,?,?)", 0, 0, sql::Blob{}));
    return index_.finish(
        [&](Term term, std::uint32_t frequency, std::string_view postings) -> Result<void> {
          TRY(database_.rebind(insert, static_cast<std::int64_t>(term), frequency,
                               sql::Blob{postings}));
          TRY(insert.step());
          return {};
        });
  }

  sql::Database database_;
  sql::Statement chapter_;
  sql::Statement article_;
  IndexBuilder index_;
  std::vector<std::vector<std::int64_t>> first_articles_;  // [law][version]
  std::int64_t next_chapter_ = 1;
  std::string document_;
  LibraryCounts counts_;
};

// Law text is for everyone: whoever imports it, the kiosk's own user may read it.
Result<void> publish(const base::Path& from, const base::Path& to) {
  using std::filesystem::perms;
  std::error_code error;
  std::filesystem::permissions(
      from, perms::owner_read | perms::owner_write | perms::group_read | perms::others_read, error);
  if (!error) std::filesystem::rename(from, to, error);
  if (error)
    return fail(ErrorKind::storage, "file_unwritable", to.string() + ": " + error.message());
  return {};
}

}  // namespace

Result<LibraryCounts> write_library(const Gathered& gathered, std::string_view region,
                                    const base::Path& file, const Progress& progress) {
  const base::Path sibling = file.string() + ".new";
  std::error_code ignored;
  std::filesystem::remove(sibling, ignored);
  const auto counts = [&]() -> Result<LibraryCounts> {
    auto writer = TRY(Writer::create(sibling));
    return writer.write(gathered, region, progress);
  }();
  if (!counts) {
    std::filesystem::remove(sibling, ignored);
    return counts;
  }
  TRY(publish(sibling, file));
  return counts;
}

}  // namespace law
