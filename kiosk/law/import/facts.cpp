#include "kiosk/law/import/facts.h"

#include <algorithm>

#include "kiosk/law/closing.h"
#include "kiosk/law/import/history.h"
#include "kiosk/law/import/law_names.h"

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
  } else if (closing.on_adoption && fits(history.adopted)) {
    start.day = history.adopted;
  }
  if (version.dated) start.known_by = base::add_days(*version.dated, longest_wait_days);
}

void decide_version(Version& version, Kind kind, const std::vector<Source>& sources) {
  const Source& source = sources[version.source];
  const auto folder_day = version.facts.effective.day;  // from a versions/ folder
  decide_start(version);
  const bool waiting = folder_day && (!source.collected || *folder_day > *source.collected);
  if (source.lists_law_in_force && !waiting && kind != Kind::amendment) {
    version.facts.listed_in_force = source.collected;
  }
}

void decide_succession(Law& law) {
  for (std::size_t i = 0; i + 1 < law.versions.size(); ++i) {
    VersionFacts& facts = law.versions[i].facts;
    facts.superseded = true;
    facts.superseded_from = law.versions[i + 1].facts.effective;
  }
}

// A collection lists the law, not the wording: when the text it holds had already been replaced on
// its day by one that another collection has, the law was in force in the words of that one.
void pass_listing_on(Law& law) {
  VersionFacts& newest = law.versions.back().facts;
  for (std::size_t i = 0; i + 1 < law.versions.size() && !newest.listed_in_force; ++i) {
    const auto listed = law.versions[i].facts.listed_in_force;
    if (listed && newest.effective.begun(*listed) == true) newest.listed_in_force = listed;
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

// A repeal names its text once; a name that only the bodies differ in is the same text when one
// law alone bears it.
class Repealing {
 public:
  Repealing(std::vector<Law>& laws, Findings& findings)
      : laws_(laws), findings_(findings), names_(laws) {}

  void decide() {
    for (std::size_t law = 0; law < laws_.size(); ++law) {
      // A case tells what was repealed; it repeals nothing.
      if (laws_[law].kind == Kind::court_case) continue;
      for (std::size_t version = 0; version < laws_[law].versions.size(); ++version) {
        read_version(law, version);
      }
    }
  }

 private:
  void read_version(std::size_t law, std::size_t version) {
    const LawText& text = laws_[law].versions[version].text;
    for (std::size_t unit = closing_begin(text); unit < text.units.size(); ++unit) {
      const Place by{law, version, unit};
      Repeals repeals = read_repeals(text.units[unit].text);
      for (const Repeal& each : repeals.whole) apply(each, by);
      if (!is_newest(by)) continue;  // older versions mostly say the same again
      for (std::string& each : repeals.partly) {
        findings_.partial_repeals.push_back({by, std::move(each)});
      }
      for (std::string& each : repeals.not_understood) {
        findings_.unread_repeals.push_back({by, std::move(each)});
      }
    }
  }

  [[nodiscard]] bool is_newest(const Place& place) const {
    return place.version + 1 == laws_[place.law].versions.size();
  }

  void apply(const Repeal& repeal, const Place& by) {
    const auto named = names_.find(repeal.title, laws_[by.law].region);
    if (named.empty() && is_newest(by)) findings_.unknown_repeals.push_back({by, repeal.title});
    for (const std::size_t each : named) {
      if (each == by.law) continue;  // a newer version of itself: that is succession
      Law& target = laws_[each];
      const Law& source = laws_[by.law];
      if (source.kind == Kind::local && source.region != target.region) continue;
      for (Version& version : target.versions) end(version, by, repeal.from);
    }
  }

  // A text of the same name that is younger than the repeal is another text.
  void end(Version& target, const Place& by, std::optional<base::Date> from) {
    const Version& source = laws_[by.law].versions[by.version];
    const auto limit = source.says_effective ? source.says_effective : source.dated;
    if (!target.dated || !limit || *target.dated >= *limit) return;
    Start start = source.facts.effective;
    if (source.says_effective) {
      start.day = source.says_effective;  // that article, not its amendment
    }
    if (from) start.day = from;
    VersionFacts& facts = target.facts;
    if (facts.repealed && !earlier(start, facts.repealed_from)) return;
    facts.repealed = true;
    facts.repealed_from = start;
    target.repealed_by = by;
  }

  std::vector<Law>& laws_;
  Findings& findings_;
  LawNames names_;
};

void find_unread_effects(const std::vector<Law>& laws, Findings& findings) {
  for (std::size_t law = 0; law < laws.size(); ++law) {
    const std::size_t version = laws[law].versions.size() - 1;
    const Version& newest = laws[law].versions[version];
    if (newest.says_effective || laws[law].kind == Kind::court_case) continue;
    for (std::size_t i = closing_begin(newest.text); i < newest.text.units.size(); ++i) {
      std::string sentence = unread_effect(newest.text.units[i].text);
      if (sentence.empty()) continue;
      findings.unread_effects.push_back({{law, version, i}, std::move(sentence)});
    }
  }
}

}  // namespace

Findings decide_facts(std::vector<Law>& laws, const std::vector<Source>& sources) {
  const auto youngest = newest_date(laws);
  for (Law& law : laws) {
    for (Version& version : law.versions) decide_version(version, law.kind, sources);
    decide_succession(law);
    pass_listing_on(law);
    const auto& collected = sources[law.versions.back().source].collected;
    decide_searched(law, collected ? collected : youngest);
  }
  Findings findings;
  Repealing(laws, findings).decide();
  find_unread_effects(laws, findings);
  return findings;
}

}  // namespace law
