// LawStore: which laws a name means.
#include <algorithm>
#include <tuple>

#include "kiosk/law/closing.h"
#include "kiosk/law/law_store.h"
#include "kiosk/law/query.h"
#include "kiosk/law/short_names.h"
#include "platform/base/text.h"

namespace law {
namespace {

constexpr std::size_t most_laws = 5;
// Of the interpretations a name may shorten, the shortest titles.
constexpr std::size_t most_abbreviated = 2;

// Of the articles that speak most of a name and of repeal, so many are read, and the closing ones
// of a text are so many at most.
constexpr std::size_t endings_read = 40;
constexpr std::uint32_t closing_articles = 12;

bool holds(const std::vector<LawSummary>& laws, Id id) {
  return std::ranges::find(laws, id, &LawSummary::id) != laws.end();
}

}  // namespace

// Exactly that name; national law before local rules.
std::vector<LawSummary> LawStore::laws_named(std::string_view name) const {
  std::vector<LawSummary> list;
  if (!present()) return list;
  const std::string key = title_key(name);
  const std::string full = title_key(full_name(key));
  for (std::uint32_t id = 1; id <= pack_->laws(); ++id) {
    const std::string_view own = pack_->key(pack_->law(id));
    if (own == key || own == full) list.push_back(law_summary(id));
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const LawSummary& a, const LawSummary& b) { return a.kind < b.kind; });
  return list;
}

std::vector<LawSummary> LawStore::laws_abbreviated(std::string_view name) const {
  using Found = std::tuple<Kind, std::uint32_t, std::uint32_t>;  // kind, size, id
  std::vector<Found> found;
  const Abbreviation short_name(title_key(full_name(title_key(name))));
  if (!short_name.possible()) return {};
  for (std::uint32_t id = 1; id <= pack_->laws(); ++id) {
    const LawRecord law = pack_->law(id);
    const Kind kind = kind_of(law);
    if (kind == Kind::court_case || kind == Kind::amendment) continue;
    if (short_name.of(pack_->key(law), kind)) found.emplace_back(kind, law.key_size, id);
  }
  std::ranges::sort(found);
  // A law is meant, or texts of a court on one subject.
  const bool courts = !found.empty() && std::get<Kind>(found.front()) == Kind::interpretation;
  found.resize(std::min(found.size(), courts ? most_abbreviated : 1));
  std::vector<LawSummary> list;
  for (const Found& each : found) list.push_back(law_summary(std::get<2>(each)));
  return list;
}

std::vector<LawSummary> LawStore::laws_meant(std::string_view name) const {
  if (!present()) return {};
  auto laws = laws_named(name);
  return laws.empty() ? laws_abbreviated(name) : laws;
}

// Which law ended it is data of the library: 婚姻法 is not in it, 民法典 1260 names it.
base::Result<std::optional<LawStore::Ending>> LawStore::ending_of(std::string_view name,
                                                                  base::Date day) {
  const std::string key = title_key(full_name(title_key(name)));
  if (!present() || pack_->indexed() == 0 || !Abbreviation(key).possible()) return std::nullopt;
  if (!laws_named(name).empty()) return std::nullopt;
  score_terms(question_terms(key + " 同时废止"));
  const std::vector<Ranked> likely = pair_scores_.best(endings_read);
  for (const Ranked& each : likely) {
    const VersionRecord version = pack_->version(pack_->version_of(each.document));
    const std::uint32_t end = version.first_article + version.articles;
    if (each.document + closing_articles < end) continue;
    const LawRecord law = pack_->law(version.law);
    if (kind_of(law) != Kind::law || facts_of(version).effective.begun(day) == false) continue;
    const Repeals repeals = law::read_repeals(TRY(pack_->article_text(each.document)));
    for (const auto& repeal : repeals.whole) {
      if (title_key(repeal.title) != key) continue;
      return Ending{each.document, short_title(repeal.title)};
    }
  }
  return std::nullopt;
}

// Laws whose name contains the words, those that are or begin with them first.
void LawStore::add_laws_like(std::string_view name, std::vector<LawSummary>& laws) const {
  struct Like {
    bool other = false;   // not the very name
    bool inside = false;  // does not begin with it
    Kind kind = Kind::law;
    std::uint32_t size = 0;
    std::uint32_t id = 0;
    auto operator<=>(const Like&) const = default;
  };
  const std::string key = title_key(full_name(title_key(name)));
  if (base::count_characters(key) < 2) return;
  std::vector<Like> found;
  const std::string_view keys = pack_->section(Section::keys);
  for (std::size_t at = keys.find(key); at != std::string_view::npos; at = keys.find(key, at)) {
    const std::uint32_t id = pack_->law_of_key(at);
    const LawRecord law = pack_->law(id);
    if (kind_of(law) != Kind::court_case) {
      found.push_back(
          {law.key_size != key.size(), at != law.key_begin, kind_of(law), law.key_size, id});
    }
    at = std::max(at, keys.find('\n', at));
    if (at == std::string_view::npos) break;
  }
  std::sort(found.begin(), found.end());
  for (const Like& each : found) {
    if (laws.size() >= most_laws) break;
    if (!holds(laws, each.id)) laws.push_back(law_summary(each.id));
  }
}

bool LawStore::names_law(std::string_view text) const {
  const auto citation = parse_citation(text);
  return !laws_meant(citation ? std::string_view(citation->law) : text).empty();
}

std::vector<NamedLaw> LawStore::named(const std::vector<LawSummary>& laws, base::Date day) const {
  std::vector<NamedLaw> list;
  const auto add = [&](const LawSummary& law) {
    const auto there = [&law](const NamedLaw& each) { return each.law.id == law.id; };
    if (std::ranges::any_of(list, there)) return;
    list.push_back({law, status_on(facts_of(front(law, day)), day), {}});
  };
  for (const LawSummary& each : laws) {
    const VersionRecord shown = front(each, day);
    const bool repealed = status_on(facts_of(shown), day).kind == StatusKind::repealed;
    if (repealed && shown.repealing_article != 0) add(law_of(shown.repealing_article));
    add(each);
  }
  return list;
}

void LawStore::put_successor_first(const Ending& ending, base::Date day,
                                   std::vector<NamedLaw>& laws) const {
  NamedLaw successor = named({law_of(ending.article)}, day).back();
  successor.ended = ending.ended;
  std::erase_if(laws, [&](const NamedLaw& each) { return each.law.id == successor.law.id; });
  laws.insert(laws.begin(), std::move(successor));
}

VersionRecord LawStore::front(const LawSummary& law, base::Date day) const {
  return pack_->version(front_of(pack_->law(static_cast<std::uint64_t>(law.id)), day));
}

LawSummary LawStore::law_of(Id article) const {
  return law_summary(pack_->version(pack_->version_of(static_cast<std::uint64_t>(article))).law);
}

}  // namespace law
