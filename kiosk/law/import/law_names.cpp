#include "kiosk/law/import/law_names.h"

#include <algorithm>

#include "kiosk/law/import/history.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

// Shorter names would be found inside other words.
constexpr std::size_t shortest_plain_name = 2;  // characters: 宪法, 刑法

// Texts that are cited by name without 《》; interpretations and rules are not.
bool named_plainly(const Law& law) {
  return law.kind == Kind::law || law.kind == Kind::regulation || law.kind == Kind::local;
}

}  // namespace

LawNames::LawNames(const std::vector<Law>& laws) {
  for (std::size_t i = 0; i < laws.size(); ++i) {
    const Law& law = laws[i];
    if (law.kind == Kind::court_case) continue;
    const Titled titled{i, law.region};
    by_key_.emplace(title_key(law.title), titled);
    by_bare_key_.emplace(title_key(without_issuer(law.title)), titled);
    if (!named_plainly(law)) continue;
    const std::string shortened = short_title(law.title);
    if (base::count_characters(shortened) < shortest_plain_name) continue;
    longest_ = std::max(longest_, std::max(shortened.size(), law.title.size()));
    by_short_.emplace(shortened, titled);
    if (law.title != shortened) by_short_.emplace(law.title, titled);
  }
}

std::vector<std::size_t> LawNames::among(const Titles& titles, const std::string& key,
                                         string_view region) {
  std::vector<std::size_t> found;
  const auto [begin, end] = titles.equal_range(key);
  for (auto each = begin; each != end; ++each) {
    const Titled& titled = each->second;
    if (titled.region.empty() || titled.region == region) found.push_back(titled.law);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::size_t> LawNames::find(string_view name, string_view region) const {
  const std::string key = title_key(name);
  if (key.empty()) return {};
  if (auto found = among(by_key_, key, region); !found.empty()) return found;
  // "最高人民法院《关于…的解释》": the body stands outside the marks, or is left out.
  return among(by_bare_key_, title_key(without_issuer(name)), region);
}

string_view LawNames::name_at_end(string_view text) const {
  string_view longest;
  std::string name;
  std::size_t at = text.size();
  while (at > 0 && text.size() - at < longest_) {
    at = base::previous_boundary(text, at);
    name.assign(text.substr(at));
    if (by_short_.find(name) != by_short_.end()) longest = text.substr(at);
  }
  return longest;
}

}  // namespace law
