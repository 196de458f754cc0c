#include "kiosk/law/import/references.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "kiosk/law/citation.h"
#include "kiosk/law/compare.h"
#include "kiosk/law/import/law_names.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

// A text that gives more names than this is no law text.
constexpr std::size_t most_aliases = 100;
// A range longer than this (第一条至第九百条) says nothing about its single articles.
constexpr int longest_range = 30;
// Bytes in front of a citation that the report shows.
constexpr std::size_t longest_before = 60;

// "修订前的刑法第…条" counts articles of a text that the library need not have.
bool names_former_text(string_view words) {
  constexpr std::array<string_view, 8> former{"修正前的", "修订前的", "修改前的", "原",
                                              "修正前",   "修订前",   "修改前",   "旧"};
  return std::any_of(former.begin(), former.end(),
                     [words](string_view each) { return words.ends_with(each); });
}

// The words in front of a number that end as names of laws do, for the report: "应当依照婚姻法" →
// "婚姻法"; "" when they do not.
string_view unknown_name(string_view words) {
  constexpr std::array<string_view, 5> endings{"法", "条例", "法典", "通则", "解释"};
  constexpr std::array<string_view, 14> verbs{"依照", "根据", "按照", "依据", "适用",
                                              "参照", "符合", "违反", "认定", "具有",
                                              "属于", "规定", "应当", "可以"};
  const bool named = std::any_of(endings.begin(), endings.end(),
                                 [words](string_view each) { return words.ends_with(each); });
  if (!named) return {};
  for (const string_view verb : verbs) {
    const std::size_t at = words.rfind(verb);
    if (at != string_view::npos) words.remove_prefix(at + verb.size());
  }
  return words;
}

// An article's position in a version by its number.
using ByNumber = std::map<ArticleNumber, std::size_t>;

ByNumber articles_by_number(const LawText& text) {
  ByNumber positions;
  for (std::size_t i = 0; i < text.units.size(); ++i) {
    if (text.units[i].number.number > 0) positions.emplace(text.units[i].number, i);
  }
  return positions;
}

std::vector<ArticleText> article_texts(const LawText& text) {
  std::vector<ArticleText> articles;
  articles.reserve(text.units.size());
  for (const Unit& each : text.units) articles.push_back({each.number, each.text});
  return articles;
}

class Resolver {
 public:
  explicit Resolver(const std::vector<Law>& laws) : laws_(laws), names_(laws) {}

  References run() {
    for (std::size_t law = 0; law < laws_.size(); ++law) {
      read_version({law, laws_[law].versions.size() - 1, 0});
    }
    std::sort(result_.edges.begin(), result_.edges.end(),
              [](const CitationEdge& a, const CitationEdge& b) {
                return std::pair(a.to, a.from) < std::pair(b.to, b.from);
              });
    const auto end = std::unique(result_.edges.begin(), result_.edges.end(),
                                 [](const CitationEdge& a, const CitationEdge& b) {
                                   return a.to == b.to && a.from == b.from;
                                 });
    result_.edges.erase(end, result_.edges.end());
    return std::move(result_);
  }

 private:
  using Aliases = std::vector<Alias>;

  [[nodiscard]] const Version& version(const Place& place) const {
    return laws_[place.law].versions[place.version];
  }

  void read_version(Place from) {
    const LawText& text = version(from).text;
    noted_.clear();
    Aliases aliases;
    for (const Unit& each : text.units) {
      if (aliases.size() > most_aliases) break;
      const auto more = read_aliases(each.text);
      aliases.insert(aliases.end(), more.begin(), more.end());
    }
    for (from.unit = 0; from.unit < text.units.size(); ++from.unit) {
      for (const Citation& each : read_citations(text.units[from.unit].text)) {
        ++result_.found;
        resolve(from, each, aliases);
      }
    }
  }

  void resolve(const Place& from, const Citation& citation, const Aliases& aliases) {
    if (citation.cited == Cited::itself) return connect(from, from.law, citation);
    const std::string name = name_of(citation, aliases);
    if (name.empty()) {
      result_.unnamed.push_back({from, said(from, citation)});
      return;
    }
    const auto laws = names_.find(name, laws_[from.law].region);
    if (laws.size() == 1) return connect(from, laws.front(), citation);
    note(laws.empty() ? result_.unknown_names : result_.ambiguous_names, from, name);
  }

  // The title that is meant; "" when no law is named in front of the number.
  [[nodiscard]] std::string name_of(const Citation& citation, const Aliases& aliases) const {
    if (citation.cited == Cited::title) {
      for (const Alias& each : aliases) {
        if (each.name == citation.name) return std::string(each.title);
      }
      return std::string(citation.name);
    }
    string_view name = names_.name_at_end(citation.name);
    string_view title = name;
    for (const Alias& each : aliases) {
      if (citation.name.ends_with(each.name) && each.name.size() >= name.size()) {
        name = each.name;
        title = each.title;
      }
    }
    const string_view before = citation.name.substr(0, citation.name.size() - name.size());
    if (!name.empty() && !names_former_text(before)) return std::string(title);
    return std::string(unknown_name(citation.name));
  }

  void note(std::vector<Finding>& findings, const Place& from, const std::string& name) {
    if (noted_.insert(name).second) findings.push_back({from, name});
  }

  void connect(const Place& from, std::size_t law, const Citation& citation) {
    const bool itself = law == from.law;
    const Target target = itself ? Target{from.version, false} : version_meant(from, law);
    int left = longest_range;
    const ByNumber& numbers = by_number(law, target.version);
    const auto end = numbers.upper_bound(citation.last);
    auto each = numbers.lower_bound(citation.first);
    const bool all = each != end && each->first == citation.first;
    for (; each != end && left > 0; ++each, --left) {
      Place to = newest({law, target.version, each->second});
      if (to != from) result_.edges.push_back({from, to, target.elder});
    }
    if (all) {
      ++result_.resolved;
    } else {
      result_.missing_articles.push_back({from, said(from, citation)});
    }
  }

  // The citation with the words in front of it, as the text has them.
  [[nodiscard]] std::string said(const Place& from, const Citation& citation) const {
    const string_view text = version(from).text.units[from.unit].text;
    const std::size_t before = std::min(citation.begin, longest_before);
    std::size_t begin = citation.begin - before;
    while (begin > 0 && begin < citation.begin && (text[begin] & 0xC0) == 0x80) ++begin;
    return std::string(text.substr(begin, citation.end - begin));
  }

  struct Target {
    std::size_t version = 0;
    bool elder = false;
  };

  // The version that was the newest when the citing text was dated.
  [[nodiscard]] Target version_meant(const Place& from, std::size_t law) const {
    const auto& versions = laws_[law].versions;
    const auto& day = version(from).dated;
    if (!day) return {versions.size() - 1, true};
    for (std::size_t i = versions.size(); i-- > 0;) {
      if (versions[i].dated && *versions[i].dated <= *day) return {i, false};
    }
    return {0, true};
  }

  const ByNumber& by_number(std::size_t law, std::size_t version) {
    const auto key = std::pair(law, version);
    auto found = numbers_.find(key);
    if (found == numbers_.end()) {
      found = numbers_.emplace(key, articles_by_number(laws_[law].versions[version].text)).first;
    }
    return found->second;
  }

  // The same article in the newest version, when it is still there.
  Place newest(Place place) {
    const std::size_t last = laws_[place.law].versions.size() - 1;
    if (place.version == last) return place;
    const auto key = std::pair(place.law, place.version);
    auto found = successors_.find(key);
    if (found == successors_.end()) found = successors_.emplace(key, successors(place)).first;
    const auto& to = found->second[place.unit];
    return to ? Place{place.law, last, *to} : place;
  }

  using Successors = std::vector<std::optional<std::size_t>>;
  [[nodiscard]] Successors successors(const Place& place) const {
    const auto& versions = laws_[place.law].versions;
    const auto before = article_texts(versions[place.version].text);
    Successors after(before.size());
    for (const ArticleChange& each :
         compare_versions(before, article_texts(versions.back().text))) {
      if (each.before) after[*each.before] = each.after;
    }
    return after;
  }

  const std::vector<Law>& laws_;
  LawNames names_;
  References result_;
  std::set<std::string> noted_;  // names of the text being read that are in the findings
  std::map<std::pair<std::size_t, std::size_t>, ByNumber> numbers_;
  std::map<std::pair<std::size_t, std::size_t>, Successors> successors_;
};

}  // namespace

References resolve_references(const std::vector<Law>& laws) {
  return Resolver(laws).run();
}

}  // namespace law
