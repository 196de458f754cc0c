#include "kiosk/law/import/gather.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "kiosk/law/import/drafts.h"
#include "kiosk/law/import/facts.h"
#include "kiosk/law/import/history.h"
#include "kiosk/law/import/references.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

// Two collections date the same version by its adoption and by its publication, which lie days or
// weeks apart; two versions of a law within this time have not been seen.
constexpr int same_version_days = 92;
// Of the articles of two texts of one version as many are equal, typing errors aside; an undated
// text has only this to show for it.
constexpr double same_version_share = 0.8;
constexpr double same_undated_share = 0.98;

bool same_words(const LawText& a, const LawText& b) {
  return std::equal(
      a.units.begin(), a.units.end(), b.units.begin(), b.units.end(),
      [](const Unit& x, const Unit& y) { return x.number == y.number && x.text == y.text; });
}

// The letters of a text: blanks and punctuation differ between copies.
std::string letters(string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (base::is_han(base::next_character(text, at))) kept += text.substr(begin, at - begin);
  }
  return kept;
}

// The articles; all pieces of a text without any. Annexes are cut differently by each collection.
std::vector<std::string> compared_units(const LawText& text) {
  const bool articles = text.count_articles() > 0;
  std::vector<std::string> units;
  for (const Unit& each : text.units) {
    if (!articles || each.number.number > 0) units.push_back(letters(each.text));
  }
  return units;
}

double equal_share(const LawText& a, const LawText& b) {
  const auto of_a = compared_units(a);
  const auto of_b = compared_units(b);
  const std::unordered_set<std::string_view> known(of_a.begin(), of_a.end());
  std::size_t equal = 0;
  for (const std::string& each : of_b) equal += known.count(each);
  const std::size_t longer = std::max(of_a.size(), of_b.size());
  return longer == 0 ? 0 : static_cast<double>(equal) / static_cast<double>(longer);
}

class Gatherer {
 public:
  Gatherer(std::vector<Collection> collections, string_view region)
      : collections_(std::move(collections)), region_(region) {}

  Gathered run() {
    for (std::size_t i = 0; i < collections_.size(); ++i) {
      take(read_drafts(std::move(collections_[i]), i, region_));
    }
    collections_.clear();
    name_sources();
    group();
    gathered_.findings = decide_facts(gathered_.laws, gathered_.sources);
    gathered_.references = resolve_references(gathered_.laws);
    std::sort(gathered_.files.begin(), gathered_.files.end(),
              [](const FileAccount& a, const FileAccount& b) {
                return std::tie(a.source, a.path) < std::tie(b.source, b.path);
              });
    return std::move(gathered_);
  }

 private:
  void take(CollectionDrafts read) {
    const std::size_t offset = gathered_.files.size();
    gathered_.sources.push_back(std::move(read.source));
    std::move(read.files.begin(), read.files.end(), std::back_inserter(gathered_.files));
    for (Draft& each : read.drafts) {
      for (std::size_t& file : each.files) file += offset;
      drafts_.push_back(std::move(each));
    }
  }

  void name_sources() {
    gathered_.collected = gathered_.sources.empty() ? std::nullopt : gathered_.sources[0].collected;
    for (const Source& each : gathered_.sources) {
      gathered_.collection += (gathered_.collection.empty() ? "" : " + ") + each.collection;
      if (!each.collected || !gathered_.collected) {
        gathered_.collected.reset();
      } else {
        gathered_.collected = std::min(*gathered_.collected, *each.collected);
      }
    }
  }

  // The first file of a text has its fate, the others are parts of it. A page that holds several
  // texts keeps the best: front before history before merged.
  void account(const Draft& draft, Fate fate, const std::string& title) {
    for (std::size_t i = 0; i < draft.files.size(); ++i) {
      FileAccount& file = gathered_.files[draft.files[i]];
      const Fate own = i == 0 ? fate : Fate::part;
      if (file.fate < own) continue;
      file.fate = own;
      file.note = title;
    }
  }

  void group() {
    std::map<std::tuple<Kind, std::string, std::string>, std::vector<Draft>> by_title;
    for (Draft& each : drafts_) {
      Placement& placement = each.placement;
      placement.kind = kind_by_title(each.version.text.title, placement.kind);
      date(each);
      by_title[{placement.kind, placement.region, title_key(each.version.text.title)}].push_back(
          std::move(each));
    }
    drafts_.clear();
    for (auto& [key, drafts] : by_title) add_law(std::move(drafts));
    std::sort(gathered_.laws.begin(), gathered_.laws.end(), [](const Law& a, const Law& b) {
      return std::tie(a.kind, a.category, a.versions.back().path, a.title) <
             std::tie(b.kind, b.category, b.versions.back().path, b.title);
    });
  }

  static void date(Draft& draft) {
    Version& version = draft.version;
    const History history = read_history(version.text.history);
    version.dated = draft.placement.day ? draft.placement.day : history.newest;
    version.adopted = history.adopted;
    version.published = history.published;
    version.issuer = read_issuer(version.text.title, version.text.history);
    if (draft.placement.starts) version.facts.effective.day = draft.placement.starts;
  }

  [[nodiscard]] base::Date collected(const Draft& draft) const {
    return gathered_.sources[draft.version.source].collected.value_or(base::Date{});
  }

  // An undated text that is listed as law in force is younger than what was replaced before that
  // day; of any other undated text nothing is known, and it stands first.
  [[nodiscard]] base::Date order_day(const Draft& draft) const {
    if (draft.version.dated) return *draft.version.dated;
    const Source& source = gathered_.sources[draft.version.source];
    return source.lists_law_in_force ? collected(draft) : base::Date{};
  }

  // Orders the versions by date and drops texts that are there twice.
  void add_law(std::vector<Draft> drafts) {
    std::sort(drafts.begin(), drafts.end(), [this](const Draft& a, const Draft& b) {
      const auto rank = [this](const Draft& each) {
        return std::tuple(order_day(each), each.version.text.units.size(),
                          string_view(each.version.path));
      };
      return rank(a) < rank(b);
    });
    const auto again = repeated(drafts);
    std::size_t front = drafts.size();
    while (front > 0 && again[front - 1]) --front;
    const Draft& newest = drafts[front - 1];
    Law law;
    law.kind = newest.placement.kind;
    law.category = newest.placement.category;
    law.region = newest.placement.region;
    law.title = newest.version.text.title;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      const Fate kept = i + 1 == front ? Fate::front : Fate::history;
      account(drafts[i], again[i] ? Fate::merged : kept, law.title);
      if (!again[i]) law.versions.push_back(std::move(drafts[i].version));
    }
    gathered_.laws.push_back(std::move(law));
  }

  // Which of the drafts, oldest first, say only what another one says: at least one stays.
  [[nodiscard]] std::vector<bool> repeated(std::vector<Draft>& drafts) const {
    std::vector<bool> again(drafts.size(), false);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      for (std::size_t j = i + 1; j < drafts.size() && !again[i]; ++j) {
        if (again[j] || !same_version(drafts[i], drafts[j])) continue;
        const bool elder_stays = collected(drafts[i]) > collected(drafts[j]);
        again[elder_stays ? j : i] = true;
        complete(drafts[elder_stays ? i : j].version, drafts[elder_stays ? j : i].version);
      }
    }
    return again;
  }

  // What the copy that goes knew of the version and the one that stays did not.
  static void complete(Version& kept, const Version& dropped) {
    if (!kept.dated) kept.dated = dropped.dated;
    if (!kept.adopted) kept.adopted = dropped.adopted;
    if (!kept.published) kept.published = dropped.published;
    if (kept.issuer.empty()) kept.issuer = dropped.issuer;
    if (kept.text.history.empty()) kept.text.history = dropped.text.history;
  }

  static bool same_version(const Draft& earlier, const Draft& later) {
    const Version& a = earlier.version;
    const Version& b = later.version;
    const bool same_day = a.dated && a.dated == b.dated && !later.placement.starts;
    if (same_day || same_words(a.text, b.text)) return true;
    if (a.source == b.source || later.placement.starts) return false;
    if (!a.dated || !b.dated) return equal_share(a.text, b.text) >= same_undated_share;
    return base::days_between(*a.dated, *b.dated) <= same_version_days &&
           equal_share(a.text, b.text) >= same_version_share;
  }

  std::vector<Collection> collections_;
  string_view region_;
  std::vector<Draft> drafts_;
  Gathered gathered_;
};

}  // namespace

Gathered gather(std::vector<Collection> collections, string_view region) {
  return Gatherer(std::move(collections), region).run();
}

Gathered gather(Collection collection, string_view region) {
  std::vector<Collection> collections;
  collections.push_back(std::move(collection));
  return gather(std::move(collections), region);
}

std::vector<std::string> regions_of(const std::vector<Collection>& collections) {
  std::set<std::string> regions;
  for (const Collection& collection : collections) {
    const Layout layout = Layout::of(collection);
    for (const SourceFile& each : collection.files) {
      std::string region = layout.place(each.path).region;
      if (!region.empty()) regions.insert(std::move(region));
    }
  }
  return {regions.begin(), regions.end()};
}

base::Result<void> check_region(const std::vector<Collection>& collections, string_view region) {
  if (region.empty() || region == "all") return {};
  const auto known = regions_of(collections);
  const bool there = std::any_of(known.begin(), known.end(), [region](const std::string& each) {
    return same_region(each, region);
  });
  if (there) return {};
  return base::fail(
      base::ErrorKind::invalid, "region_unknown",
      fmt::format("no rules of {} there; known: {}", region,
                  known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "))));
}

}  // namespace law
