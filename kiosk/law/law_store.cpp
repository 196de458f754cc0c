#include "kiosk/law/law_store.h"

#include <algorithm>
#include <charconv>

#include "kiosk/law/law_rows.h"
#include "kiosk/law/library_schema.h"
#include "kiosk/law/query.h"
#include "platform/base/text.h"

namespace law {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

// Far above any collection; more is damage, and the scores need memory for each.
constexpr std::int64_t most_articles = 10'000'000;

ArticleLine article_at(const sql::Statement& row) {
  return {row.integer(0),
          row.integer(1),
          {static_cast<int>(row.integer(2)), static_cast<int>(row.integer(3))},
          row.string(4),
          row.string(5)};
}

std::uint64_t count_in(std::string_view text) {
  std::uint64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

}  // namespace

const VersionSummary& LawPage::front() const {
  const auto front = std::find_if(versions.begin(), versions.end(),
                                  [](const VersionSummary& each) { return each.front; });
  return front != versions.end() ? *front : versions.front();
}

Result<LawStore> LawStore::open(const base::Path& file) {
  LawStore store;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return store;
  store.database_ = TRY(sql::Database::open(file, sql::Access::read_only));
  const auto format = store.database_->integer("PRAGMA user_version");
  const auto application = store.database_->integer("PRAGMA application_id");
  if (!format || !application || *format != library_format || *application != library_application) {
    return fail(ErrorKind::refused, "library_format",
                file.string() + ": not a law library of this release; import it again");
  }
  TRY(store.read_info());
  TRY(store.read_specials());
  TRY(store.read_repeals());
  return store;
}

Result<void> LawStore::read_info() {
  auto values = TRY(database_->query("SELECT name, value FROM library"));
  while (TRY(values.step())) {
    if (values.text(0) == "collection") info_.collection = values.string(1);
    if (values.text(0) == "collected") info_.collected = day_at(values, 1);
    if (values.text(0) == "region") info_.region = values.string(1);
    if (values.text(0) == "indexed") documents_ = count_in(values.text(1));
  }
  auto counts = TRY(database_->query(
      "SELECT (SELECT count(*) FROM laws), (SELECT max(id) FROM articles),"
      " (SELECT sum(last_article - first_article + 1) FROM versions"
      "   WHERE (law, position) IN (SELECT law, max(position) FROM versions GROUP BY law))"));
  TRY(counts.step());
  info_.laws = static_cast<int>(counts.integer(0));
  if (counts.integer(1) < 0 || counts.integer(1) > most_articles) {
    return fail(ErrorKind::storage, "library_damaged", "article ids out of range");
  }
  last_article_ = static_cast<std::uint32_t>(counts.integer(1));
  info_.articles = static_cast<int>(counts.integer(2));
  return {};
}

Result<std::vector<Category>> LawStore::categories() {
  std::vector<Category> list;
  if (!present()) return list;
  auto rows = TRY(database_->query(
      "SELECT kind, category, region, count(*) FROM laws GROUP BY kind, category, region"
      " ORDER BY kind, min(id)"));
  while (TRY(rows.step())) {
    list.push_back(
        {kind_at(rows, 0), rows.string(1), rows.string(2), static_cast<int>(rows.integer(3))});
  }
  return list;
}

Result<std::vector<LawSummary>> LawStore::laws(const Category& category) {
  std::vector<LawSummary> list;
  if (!present()) return list;
  auto rows = TRY(database_->query(
      select(law_columns, "laws WHERE kind=? AND category=? AND region=? ORDER BY short_title"),
      static_cast<int>(category.kind), category.name, category.region));
  while (TRY(rows.step())) list.push_back(law_at(rows));
  return list;
}

Result<std::optional<LawPage>> LawStore::law(Id id, base::Date day) {
  const auto summary_of_law = TRY(law_summary(id));
  if (!summary_of_law) return std::optional<LawPage>{};
  LawPage page;
  page.law = *summary_of_law;
  const auto rows = TRY(versions(id));
  const std::size_t front = front_of(rows, day);
  for (std::size_t i = rows.size(); i-- > 0;) {
    page.versions.push_back(summary(rows[i], day, i == front));
  }
  page.repealed_by = TRY(repealed_by(rows[front].repealing_article));
  return std::optional(std::move(page));
}

Result<std::vector<Chapter>> LawStore::chapters(Id version) {
  std::vector<Chapter> list;
  if (!present()) return list;
  auto rows = TRY(database_->query(
      "SELECT id, depth, title, first_article FROM chapters WHERE version=? ORDER BY id", version));
  while (TRY(rows.step())) {
    list.push_back(
        {rows.integer(0), static_cast<int>(rows.integer(1)), rows.string(2), rows.integer(3)});
  }
  return list;
}

Result<std::vector<ArticleLine>> LawStore::articles(Id version_id) {
  std::vector<ArticleLine> list;
  if (!present()) return list;
  const auto row = TRY(version(version_id));
  if (!row) return list;
  auto rows =
      TRY(database_->query("SELECT id, chapter, number, branch, label, text FROM articles"
                           " WHERE id BETWEEN ? AND ? ORDER BY id",
                           row->first_article, row->last_article));
  while (TRY(rows.step())) list.push_back(article_at(rows));
  return list;
}

Result<std::optional<ArticlePage>> LawStore::article(Id id, base::Date day) {
  if (!present()) return std::optional<ArticlePage>{};
  auto row = TRY(database_->query(
      "SELECT id, chapter, number, branch, label, text, version FROM articles WHERE id=?", id));
  if (!TRY(row.step())) return std::optional<ArticlePage>{};
  ArticlePage page;
  page.article = article_at(row);
  const auto own = TRY(version(row.integer(6)));
  if (!own) return std::optional<ArticlePage>{};
  page.law = TRY(law_summary(own->law)).value_or(LawSummary{});
  const auto all = TRY(versions(own->law));
  page.version = summary(*own, day, all[front_of(all, day)].id == own->id);
  page.path = TRY(chapter_path(page.article.chapter));
  page.repealed_by = TRY(repealed_by(own->repealing_article));
  page.previous = id > own->first_article ? id - 1 : 0;
  page.next = id < own->last_article ? id + 1 : 0;
  return std::optional(std::move(page));
}

Result<std::vector<VersionRow>> LawStore::versions(Id law) {
  std::vector<VersionRow> list;
  auto rows =
      TRY(database_->query(select(version_columns, "versions WHERE law=? ORDER BY position"), law));
  while (TRY(rows.step())) list.push_back(version_at(rows));
  if (list.empty()) return fail(ErrorKind::storage, "library_damaged", "a law without text");
  return list;
}

Result<std::optional<VersionRow>> LawStore::version(Id id) {
  auto row = TRY(database_->query(select(version_columns, "versions WHERE id=?"), id));
  if (!TRY(row.step())) return std::optional<VersionRow>{};
  return std::optional(version_at(row));
}

VersionSummary LawStore::summary(const VersionRow& row, base::Date day, bool front) {
  return {row.id, row.dated, row.says_effective, status_on(row.facts, day), front, row.history};
}

std::size_t LawStore::front_of(const std::vector<VersionRow>& versions, base::Date day) {
  for (std::size_t i = versions.size(); i-- > 0;) {
    if (versions[i].facts.effective.begun(day) != false) return i;
  }
  return 0;
}

Result<std::optional<LawSummary>> LawStore::law_summary(Id id) {
  if (!present()) return std::optional<LawSummary>{};
  auto row = TRY(database_->query(select(law_columns, "laws WHERE id=?"), id));
  if (!TRY(row.step())) return std::optional<LawSummary>{};
  return std::optional(law_at(row));
}

Result<std::optional<RepealedBy>> LawStore::repealed_by(Id article) {
  if (article == 0) return std::optional<RepealedBy>{};
  auto row = TRY(database_->query(
      "SELECT articles.id, laws.title, articles.label FROM articles"
      " JOIN versions ON versions.id = articles.version JOIN laws ON laws.id = versions.law"
      " WHERE articles.id=?",
      article));
  if (!TRY(row.step())) return std::optional<RepealedBy>{};
  return std::optional(RepealedBy{row.integer(0), row.string(1), row.string(2)});
}

Result<std::vector<std::string>> LawStore::chapter_path(Id chapter) {
  std::vector<std::string> path;
  if (chapter == 0) return path;
  auto rows = TRY(database_->query(chapter_path_statement, chapter));
  while (TRY(rows.step())) path.push_back(rows.string(0));
  return path;
}

Result<CitationCheck> LawStore::check_citation(std::string_view law, std::string_view article,
                                               base::Date day) {
  if (!present()) return CitationCheck::no_library;
  if (TRY(laws_named(law)).empty()) return CitationCheck::law_missing;
  const auto number = parse_article_number(article);
  const auto found = number ? TRY(find_article(law, *number, day)) : std::optional<Id>{};
  return found ? CitationCheck::found : CitationCheck::article_missing;
}

Result<std::optional<Id>> LawStore::find_article(std::string_view law, ArticleNumber number,
                                                 base::Date day) {
  for (const LawSummary& each : TRY(laws_named(law))) {
    const auto rows = TRY(versions(each.id));
    const VersionRow& front = rows[front_of(rows, day)];
    const auto id = TRY(database_->integer(
        "SELECT min(id) FROM articles WHERE id BETWEEN ? AND ? AND number=? AND branch=?",
        front.first_article, front.last_article, number.number, number.branch));
    if (id) return id;
  }
  return std::optional<Id>{};
}

// Exactly that name; national law before local rules.
Result<std::vector<LawSummary>> LawStore::laws_named(std::string_view name) {
  std::vector<LawSummary> list;
  if (!present()) return list;
  const std::string key = title_key(name);
  auto rows =
      TRY(database_->query(select(law_columns, "laws WHERE title_key IN (?, ?) ORDER BY kind, id"),
                           key, title_key(full_name(key))));
  while (TRY(rows.step())) list.push_back(law_at(rows));
  return list;
}

}  // namespace law
