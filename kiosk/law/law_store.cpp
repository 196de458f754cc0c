#include "kiosk/law/law_store.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "platform/base/text.h"

namespace law {
namespace {

using base::Result;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string_view each : base::split(text, '\n')) {
    if (!each.empty()) lines.emplace_back(each);
  }
  return lines;
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
  store.pack_ = std::make_unique<Pack>(TRY(Pack::open(file)));
  store.read_info();
  store.read_specials();
  store.read_repeals();
  return store;
}

Result<void> LawStore::use_ranking(const base::Path& file) {
  if (!present()) return {};
  auto learned = std::make_unique<LearnedFile>(TRY(LearnedFile::open(file, feature_print)));
  auto ranker = std::make_unique<Ranker>(*learned, *pack_);
  const MeasuredScore& score = learned->score();
  if (score.recall_10 > 0) {
    info_.score = {static_cast<int>(learned->questions()), static_cast<double>(score.recall_10),
                   static_cast<double>(score.recall_100)};
  }
  ranker_ = std::move(ranker);
  learned_ = std::move(learned);
  return {};
}

void LawStore::read_info() {
  info_.collection = pack_->about("collection");
  info_.collected = base::parse_date(pack_->about("collected"));
  info_.region = pack_->about("region");
  info_.bytes = pack_->bytes();
  info_.laws = static_cast<int>(pack_->laws());
  info_.articles = static_cast<int>(pack_->newest_articles());
}

Result<std::vector<Category>> LawStore::categories() {
  std::vector<Category> list;
  if (!present()) return list;
  std::map<std::tuple<Kind, std::string_view, std::string_view>, std::size_t> places;
  for (std::uint32_t id = 1; id <= pack_->laws(); ++id) {
    const LawRecord law = pack_->law(id);
    const std::string_view name = pack_->string(law.category);
    const std::string_view region = pack_->string(law.region);
    const auto [place, fresh] = places.try_emplace({kind_of(law), name, region}, list.size());
    if (fresh) list.push_back({kind_of(law), std::string(name), std::string(region), 0});
    ++list[place->second].laws;
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const Category& a, const Category& b) { return a.kind < b.kind; });
  return list;
}

Result<std::vector<LawSummary>> LawStore::laws(const Category& category) {
  std::vector<LawSummary> list;
  if (!present()) return list;
  for (std::uint32_t id = 1; id <= pack_->laws(); ++id) {
    const LawRecord law = pack_->law(id);
    if (kind_of(law) == category.kind && pack_->string(law.category) == category.name &&
        pack_->string(law.region) == category.region) {
      list.push_back(law_summary(id));
    }
  }
  std::stable_sort(list.begin(), list.end(), [](const LawSummary& a, const LawSummary& b) {
    return a.short_title < b.short_title;
  });
  return list;
}

Result<std::optional<LawPage>> LawStore::law(Id id, base::Date day) {
  if (!present()) return std::optional<LawPage>{};
  const LawRecord record = pack_->law(static_cast<std::uint64_t>(id));
  if (record.versions == 0) return std::optional<LawPage>{};
  LawPage page;
  page.law = law_summary(static_cast<std::uint64_t>(id));
  const std::uint32_t front = front_of(record, day);
  const std::uint64_t last = std::min<std::uint64_t>(
      std::uint64_t{record.first_version} + record.versions - 1, pack_->versions());
  for (std::uint64_t each = last; each >= record.first_version && each > 0; --each) {
    page.versions.push_back(version_summary(each, day, each == front));
  }
  if (page.versions.empty()) return std::optional<LawPage>{};
  page.repealed_by = repealed_by(pack_->version(front));
  return std::optional(std::move(page));
}

Result<std::vector<Chapter>> LawStore::chapters(Id version) {
  std::vector<Chapter> list;
  if (!present()) return list;
  const VersionRecord own = pack_->version(static_cast<std::uint64_t>(version));
  const std::uint64_t end = std::min<std::uint64_t>(std::uint64_t{own.first_chapter} + own.chapters,
                                                    pack_->chapters() + std::uint64_t{1});
  for (std::uint64_t id = own.first_chapter; id < end; ++id) {
    const ChapterRecord each = pack_->chapter(id);
    list.push_back({static_cast<Id>(id), static_cast<int>(each.depth),
                    std::string(pack_->string(each.title)), each.first_article});
  }
  return list;
}

Result<std::vector<ArticleLine>> LawStore::articles(Id version) {
  std::vector<ArticleLine> list;
  if (!present()) return list;
  const VersionRecord own = pack_->version(static_cast<std::uint64_t>(version));
  for (std::uint64_t i = 0; i < own.articles; ++i) {
    const std::uint64_t id = own.first_article + i;
    list.push_back(article_line(id, TRY(pack_->article_text(id))));
  }
  return list;
}

Result<std::optional<ArticlePage>> LawStore::article(Id number, base::Date day) {
  const auto id = static_cast<std::uint64_t>(number);
  const std::uint32_t version_id = present() ? pack_->version_of(id) : 0;
  if (version_id == 0) return std::optional<ArticlePage>{};
  const VersionRecord own = pack_->version(version_id);
  ArticlePage page;
  page.article = article_line(id, TRY(pack_->article_text(id)));
  page.law = law_summary(own.law);
  page.version = version_summary(version_id, day, front_of(pack_->law(own.law), day) == version_id);
  page.path = chapter_path(pack_->article(id).chapter);
  page.repealed_by = repealed_by(own);
  const Span span = span_of(own);
  page.previous = id > span.first ? number - 1 : 0;
  page.next = id < span.last ? number + 1 : 0;
  return std::optional(std::move(page));
}

std::vector<CitedBy> LawStore::citing(Id article, std::size_t limit) const {
  std::vector<CitedBy> list;
  if (!present()) return list;
  const auto id = static_cast<std::uint64_t>(article);
  const std::uint32_t own = pack_->version(pack_->version_of(id)).law;
  for (const CitationRecord& each : pack_->citing(id)) {
    const std::uint32_t law = pack_->version(pack_->version_of(each.citing)).law;
    if (law == own || list.size() == limit) continue;
    list.push_back({each.citing, std::string(pack_->string(pack_->law(law).title)),
                    label_of(pack_->article(each.citing)), each.elder != 0});
  }
  return list;
}

LawStore::Span LawStore::span_of(const VersionRecord& version) {
  return {version.first_article, version.first_article + version.articles - 1};
}

LawSummary LawStore::law_summary(std::uint64_t id) const {
  const LawRecord record = pack_->law(id);
  return {static_cast<Id>(id),
          std::string(pack_->string(record.title)),
          std::string(pack_->string(record.short_title)),
          kind_of(record),
          std::string(pack_->string(record.category)),
          std::string(pack_->string(record.region))};
}

VersionSummary LawStore::version_summary(std::uint64_t id, base::Date day, bool front) const {
  const VersionRecord record = pack_->version(id);
  return {static_cast<Id>(id),
          date_of(record.dated),
          date_of(record.says_effective),
          status_on(facts_of(record), day),
          front,
          lines_of(pack_->string(record.history)),
          std::string(pack_->string(record.source)),
          pack_->collected(record),
          std::string(pack_->string(record.issuer))};
}

std::uint32_t LawStore::front_of(const LawRecord& law, base::Date day) const {
  for (std::uint64_t i = std::min(law.versions, pack_->versions()); i-- > 0;) {
    const std::uint64_t id = law.first_version + i;
    if (facts_of(pack_->version(id)).effective.begun(day) != false) {
      return static_cast<std::uint32_t>(id);
    }
  }
  return law.first_version;
}

std::optional<RepealedBy> LawStore::repealed_by(const VersionRecord& version) const {
  const std::uint32_t by = pack_->version_of(version.repealing_article);
  if (by == 0) return std::nullopt;
  return RepealedBy{version.repealing_article,
                    std::string(pack_->string(pack_->law(pack_->version(by).law).title)),
                    label_of(pack_->article(version.repealing_article))};
}

// A parent stands before its children, which makes even a damaged file come to an end.
std::vector<std::string> LawStore::chapter_path(std::uint32_t chapter) const {
  std::vector<std::string> path;
  for (std::uint32_t at = chapter; at > 0;) {
    const ChapterRecord record = pack_->chapter(at);
    path.emplace_back(pack_->string(record.title));
    at = record.parent < at ? record.parent : 0;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::string LawStore::label_of(const ArticleRecord& article) const {
  return article.label != 0 ? std::string(pack_->string(article.label))
                            : article_label({article.number, article.branch});
}

ArticleLine LawStore::article_line(std::uint64_t id, std::string text) const {
  const ArticleRecord record = pack_->article(id);
  return {static_cast<Id>(id),
          record.chapter,
          {record.number, record.branch},
          label_of(record),
          std::move(text)};
}

Result<CitationCheck> LawStore::check_citation(std::string_view law, std::string_view article,
                                               base::Date day) {
  if (!present()) return CitationCheck::no_library;
  if (laws_named(law).empty()) return CitationCheck::law_missing;
  const auto number = parse_article_number(article);
  const auto found = number ? TRY(find_article(law, *number, day)) : std::optional<Id>{};
  return found ? CitationCheck::found : CitationCheck::article_missing;
}

Result<std::optional<Id>> LawStore::find_article(std::string_view law, ArticleNumber number,
                                                 base::Date day) {
  return article_of(laws_named(law), number, day);
}

// The first of the laws that has the number in its front version.
std::optional<Id> LawStore::article_of(const std::vector<LawSummary>& laws, ArticleNumber number,
                                       base::Date day) const {
  for (const LawSummary& each : laws) {
    const VersionRecord shown = front(each, day);
    for (std::uint64_t i = 0; i < shown.articles; ++i) {
      const ArticleRecord article = pack_->article(shown.first_article + i);
      if (ArticleNumber{article.number, article.branch} == number) {
        return static_cast<Id>(shown.first_article + i);
      }
    }
  }
  return std::nullopt;
}

}  // namespace law
