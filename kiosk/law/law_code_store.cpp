// LawStore: what became of a printed article.
#include <algorithm>

#include "kiosk/law/law_store.h"

namespace law {

using base::Result;

Result<ArticleCode> LawStore::code(Id article) {
  const auto id = static_cast<std::uint32_t>(article);
  const ArticleRecord record = pack_->article(id);
  const LawRecord law = pack_->law(pack_->version(pack_->version_of(id)).law);
  const std::string text = TRY(pack_->article_text(id));
  return ArticleCode{code_of_place(pack_->key(law), {record.number, record.branch}),
                     code_of_words(text)};
}

Result<std::vector<PrintedArticle>> LawStore::find_code(const ArticleCode& code, base::Date day) {
  std::vector<PrintedArticle> list;
  if (!present()) return list;
  // Another article may share the place's hash; the words tell which was meant.
  const auto add = [&list](const PrintedArticle& printed) {
    if (printed.was != 0) list.insert(list.begin(), printed);
    if (printed.was == 0 && printed.now != 0) list.push_back(printed);
  };
  for (std::uint32_t id = 1; id <= pack_->laws(); ++id) {
    const LawRecord law = pack_->law(id);
    if (code_of_place(pack_->key(law), {}) == code.place) add(TRY(follow_piece(law, code, day)));
    for (const std::uint32_t place : places_of(law, code)) {
      add(TRY(follow(law, place, code, day)));
    }
  }
  const auto sure = std::find_if(list.begin(), list.end(),
                                 [](const PrintedArticle& each) { return each.was != 0; });
  if (sure != list.end()) list.resize(1);
  return list;
}

// One article of each number of the law that the code can mean, from the newest version that has
// it.
std::vector<std::uint32_t> LawStore::places_of(const LawRecord& law,
                                               const ArticleCode& code) const {
  std::vector<std::uint32_t> places;
  std::vector<ArticleNumber> seen;
  for (std::uint32_t i = law.versions; i-- > 0;) {
    const Span span = span_of(pack_->version(std::uint64_t{law.first_version} + i));
    for (std::uint32_t article = span.first; article <= span.last; ++article) {
      const ArticleRecord record = pack_->article(article);
      const ArticleNumber number{record.number, record.branch};
      if (number.number == 0 || code_of_place(pack_->key(law), number) != code.place) continue;
      if (std::find(seen.begin(), seen.end(), number) != seen.end()) continue;
      seen.push_back(number);
      places.push_back(article);
    }
  }
  return places;
}

// The same number in every version: which one has the printed words, and what stands there now.
Result<PrintedArticle> LawStore::follow(const LawRecord& law, std::uint32_t place,
                                        const ArticleCode& code, base::Date day) {
  PrintedArticle printed;
  const ArticleRecord wanted = pack_->article(place);
  const std::uint32_t front = front_of(law, day);
  for (std::uint32_t i = law.versions; i-- > 0;) {
    const std::uint32_t version = law.first_version + i;
    const Span span = span_of(pack_->version(version));
    for (std::uint32_t article = span.first; article <= span.last; ++article) {
      const ArticleRecord record = pack_->article(article);
      if (record.number != wanted.number || record.branch != wanted.branch) continue;
      if (version == front) printed.now = article;
      const std::string text = TRY(pack_->article_text(article));
      const bool same = code_of_words(text) == code.words;
      if (same && (printed.was == 0 || version == front)) printed.was = article;
    }
  }
  return printed;
}

// A piece without a number is known by its words alone; when no version has them, the front one's
// first piece stands for what is there now.
Result<PrintedArticle> LawStore::follow_piece(const LawRecord& law, const ArticleCode& code,
                                              base::Date day) {
  PrintedArticle printed;
  Id first = 0;
  const std::uint32_t front = front_of(law, day);
  for (std::uint32_t i = law.versions; i-- > 0;) {
    const std::uint32_t version = law.first_version + i;
    const Span span = span_of(pack_->version(version));
    for (std::uint32_t article = span.first; article <= span.last; ++article) {
      if (pack_->article(article).number != 0) continue;
      if (version == front && first == 0) first = article;
      if (code_of_words(TRY(pack_->article_text(article))) != code.words) continue;
      if (printed.was == 0 || version == front) printed.was = article;
      if (version == front) printed.now = article;
    }
  }
  if (printed.was == 0) printed.now = first;
  return printed;
}

}  // namespace law
