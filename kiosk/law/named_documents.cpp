#include "kiosk/law/named_documents.h"

#include <algorithm>

namespace law {
namespace {

bool law_before(const ArticleName& a, const ArticleName& b) {
  return a.law < b.law;
}

bool number_before(const ArticleName& name, const ArticleRecord& article) {
  return name.number != article.number ? name.number < article.number
                                       : name.branch < article.branch;
}

}  // namespace

std::vector<NamedDocument> find_documents(std::span<const ArticleName> names, const Pack& pack) {
  std::vector<NamedDocument> found;
  for (std::uint32_t id = 1; id <= pack.laws(); ++id) {
    const LawRecord law = pack.law(id);
    const ArticleName wanted{hash_of(pack.key(law))};
    const auto [begin, end] = std::equal_range(names.begin(), names.end(), wanted, law_before);
    if (begin == end) continue;
    for (std::uint32_t i = 0; i < std::min(law.versions, pack.versions()); ++i) {
      const std::uint32_t version_id = law.first_version + i;
      const VersionRecord version = pack.version(version_id);
      if ((version.flags & VersionRecord::searched) == 0) continue;
      for (std::uint32_t place = 0; place < version.articles; ++place) {
        const std::uint32_t document = version.first_article + place;
        const ArticleRecord article = pack.article(document);
        if (article.number == 0) continue;
        const auto name = std::lower_bound(begin, end, article, number_before);
        if (name == end || name->number != article.number || name->branch != article.branch) {
          continue;
        }
        found.push_back({document, static_cast<std::uint32_t>(name - names.begin()), version_id});
      }
    }
  }
  return found;
}

}  // namespace law
