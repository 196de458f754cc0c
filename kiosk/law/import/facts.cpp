#include "kiosk/law/import/facts.h"

#include <algorithm>
#include <map>

#include "kiosk/law/import/closing.h"

namespace law {
namespace {

// The closing articles stand at the end; a law's annexes come after them.
constexpr std::size_t closing_units = 12;
// A text that has been adopted takes effect within this time; longer has not been seen.
constexpr int longest_wait_days = 366;

std::size_t closing_begin(const LawText& text) {
  return text.units.size() > closing_units ? text.units.size() - closing_units : 0;
}

Effect closing_effect(const LawText& text) {
  for (std::size_t i = text.units.size(); i-- > closing_begin(text);) {
    if (const Effect effect = read_effect(text.units[i].text); effect.said()) return effect;
  }
  return {};
}

void decide_start(Version& version) {
  const History history = read_history(version.text.history);
  const Effect closing = closing_effect(version.text);
  version.says_effective = closing.day ? closing.day : history.effective;
  Start& start = version.facts.effective;
  if (start.day) return;  // the collection says it: versions/DAY
  // A closing article is older than the amendments made since: it dates the law, not this version.
  const auto fits = [&](std::optional<base::Date> day) {
    return day && (!version.dated || *day >= *version.dated);
  };
  if (fits(closing.day)) {
    start.day = closing.day;
  } else if (fits(history.effective)) {
    start.day = history.effective;
  } else if (closing.on_publication && fits(history.published)) {
    start.day = history.published;
  }
  if (version.dated) start.known_by = base::add_days(*version.dated, longest_wait_days);
}

void decide_succession(Law& law) {
  for (std::size_t i = 0; i + 1 < law.versions.size(); ++i) {
    VersionFacts& facts = law.versions[i].facts;
    facts.superseded = true;
    facts.superseded_from = law.versions[i + 1].facts.effective;
  }
}

// The newest version is searched, and what comes before it as long as the newest may be waiting.
void decide_searched(Law& law, std::optional<base::Date> as_of) {
  for (std::size_t i = law.versions.size(); i-- > 0;) {
    law.versions[i].searched = true;
    const auto& day = law.versions[i].facts.effective.day;
    if (!day || !as_of || *day <= *as_of) return;
  }
}

std::optional<base::Date> newest_date(const std::vector<Law>& laws) {
  std::optional<base::Date> newest;
  for (const Law& law : laws) {
    const auto& dated = law.versions.back().dated;
    if (dated && (!newest || *newest < *dated)) newest = dated;
  }
  return newest;
}

bool earlier(const Start& a, const Start& b) {
  const auto day = [](const Start& each) { return each.day ? each.day : each.known_by; };
  return !day(b) || (day(a) && *day(a) < *day(b));
}

using ByTitle = std::multimap<std::string, std::size_t>;

class Repeals {
 public:
  explicit Repeals(std::vector<Law>& laws) : laws_(laws) {
    for (std::size_t i = 0; i < laws.size(); ++i) by_title_.emplace(title_key(laws[i].title), i);
  }

  void decide() {
    for (std::size_t law = 0; law < laws_.size(); ++law) {
      for (std::size_t version = 0; version < laws_[law].versions.size(); ++version) {
        const auto& units = laws_[law].versions[version].text.units;
        for (std::size_t unit = closing_begin(laws_[law].versions[version].text);
             unit < units.size(); ++unit) {
          for (const std::string& title : read_repeals(units[unit].text)) {
            apply(title, {law, version, unit});
          }
        }
      }
    }
  }

 private:
  void apply(const std::string& title, const Place& by) {
    const auto [begin, end] = by_title_.equal_range(title_key(title));
    for (auto each = begin; each != end; ++each) {
      if (each->second == by.law) continue;  // a newer version of itself: that is succession
      Law& target = laws_[each->second];
      const Law& source = laws_[by.law];
      if (source.kind == Kind::local && source.region != target.region) continue;
      for (Version& version : target.versions) repeal(version, by);
    }
  }

  // A text of the same name that is younger than the repeal is another text.
  void repeal(Version& target, const Place& by) {
    const Version& source = laws_[by.law].versions[by.version];
    const auto limit = source.says_effective ? source.says_effective : source.dated;
    if (!target.dated || !limit || *target.dated >= *limit) return;
    Start start = source.facts.effective;
    if (source.says_effective)
      start.day = source.says_effective;  // that article, not its amendment
    VersionFacts& facts = target.facts;
    if (facts.repealed && !earlier(start, facts.repealed_from)) return;
    facts.repealed = true;
    facts.repealed_from = start;
    target.repealed_by = by;
  }

  std::vector<Law>& laws_;
  ByTitle by_title_;
};

}  // namespace

void decide_facts(std::vector<Law>& laws, const Witness& witness) {
  const auto as_of = witness.collected ? witness.collected : newest_date(laws);
  for (Law& law : laws) {
    for (Version& version : law.versions) {
      const auto folder_day = version.facts.effective.day;  // from a versions/ folder
      decide_start(version);
      const bool waiting = folder_day && (!as_of || *folder_day > *as_of);
      if (witness.lists_law_in_force && !waiting && law.kind != Kind::amendment) {
        version.facts.listed_in_force = witness.collected;
      }
    }
    decide_succession(law);
    decide_searched(law, as_of);
  }
  Repeals(laws).decide();
}

}  // namespace law
