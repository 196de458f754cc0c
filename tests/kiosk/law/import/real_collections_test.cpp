// The pitfalls of the two real collections, when KIOSK_TEST_LAWS names the folder that holds both
// archives. Counts are of those archives; each case names the pitfall it stands for.
#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "kiosk/law/compare.h"
#include "kiosk/law/import/gather.h"
#include "kiosk/law/import/layout.h"
#include "platform/base/text.h"
#include "tests/support/world.h"

using law::Fate;
using law::Gathered;
using law::Kind;
using law::StatusKind;

namespace {

constexpr std::string_view just_laws = "just-laws.tar.zst";
constexpr std::string_view law_ref_book = "lawrefbook.tar.zst";

std::optional<base::Path> folder() {
  const char* path = std::getenv("KIOSK_TEST_LAWS");
  if (path != nullptr) return base::Path(path);
  MESSAGE("skipped: KIOSK_TEST_LAWS is not set");
  return std::nullopt;
}

Gathered gather_real(const base::Path& path, const std::vector<std::string_view>& names,
                     std::string_view region = {}) {
  std::vector<law::Collection> collections;
  for (const std::string_view each : names) {
    collections.push_back(std::move(*law::read_collection(path / each)));
  }
  return law::gather(std::move(collections), region);
}

base::Date day(std::string_view iso) {
  return *base::parse_date(iso);
}
const base::Date today = day("2026-11-23");

const law::Law& find(const Gathered& gathered, std::string_view title) {
  const auto found = std::find_if(gathered.laws.begin(), gathered.laws.end(),
                                  [title](const law::Law& each) { return each.title == title; });
  REQUIRE_MESSAGE(found != gathered.laws.end(), title);
  return *found;
}

std::size_t count(const Gathered& gathered, std::size_t source, Fate fate) {
  return static_cast<std::size_t>(std::count_if(
      gathered.files.begin(), gathered.files.end(),
      [&](const law::FileAccount& each) { return each.source == source && each.fate == fate; }));
}

const law::Unit& article(const law::Version& version, int number, int branch = 0) {
  const auto& units = version.text.units;
  const auto found = std::find_if(units.begin(), units.end(), [&](const law::Unit& each) {
    return each.number == law::ArticleNumber{number, branch};
  });
  REQUIRE(found != units.end());
  return *found;
}

StatusKind status(const law::Version& version, base::Date on = today) {
  return law::status_on(version.facts, on).kind;
}

// Every *.md of the archive by the archive library alone.
std::multiset<std::string> markdown_names(const base::Path& path) {
  std::multiset<std::string> names;
  archive* handle = archive_read_new();
  archive_read_support_filter_zstd(handle);
  archive_read_support_format_tar(handle);
  REQUIRE(archive_read_open_filename(handle, path.c_str(), 1 << 16) == ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (archive_read_next_header(handle, &entry) == ARCHIVE_OK) {
    const std::string name = archive_entry_pathname(entry);
    if (name.ends_with(".md")) names.insert(name);
  }
  archive_read_free(handle);
  return names;
}

std::vector<law::ArticleText> article_texts(const law::Version& version) {
  std::vector<law::ArticleText> texts;
  for (const law::Unit& each : version.text.units) texts.push_back({each.number, each.text});
  return texts;
}

}  // namespace

TEST_CASE("Every markdown file of both archives has exactly one account") {
  const auto path = folder();
  if (!path) return;
  for (const std::string_view region : {"", "北京", "all"}) {
    const auto gathered = gather_real(*path, {just_laws, law_ref_book}, region);
    for (std::size_t source = 0; source < 2; ++source) {
      std::multiset<std::string> accounts;
      for (const law::FileAccount& each : gathered.files) {
        if (each.source == source) accounts.insert(each.path);
        CHECK_FALSE(each.note.empty());
      }
      CHECK((accounts == markdown_names(*path / (source == 0 ? just_laws : law_ref_book))));
    }
    CHECK(gathered.files.size() == 358 + 3'504);
  }
}

TEST_CASE("Pitfalls 1 and 9: both collections merge, newest in front, and prove today's status") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {just_laws, law_ref_book});
  // 生态环境法典 art. 1242 ends ten laws.
  std::size_t ended = 0;
  for (const law::Law& each : gathered.laws) {
    const law::Version& newest = each.versions.back();
    if (!newest.repealed_by) continue;
    const law::Law& by = gathered.laws[newest.repealed_by->law];
    if (by.title != "中华人民共和国生态环境法典") continue;
    ++ended;
    CHECK(by.versions[newest.repealed_by->version].text.units[newest.repealed_by->unit].number ==
          law::ArticleNumber{1242, 0});
    CHECK(law::status_on(newest.facts, today).since == day("2026-08-15"));
    CHECK(status(newest, day("2026-08-14")) == StatusKind::in_force);
  }
  CHECK(ended == 10);
  CHECK(status(find(gathered, "中华人民共和国环境保护法").versions.back()) == StatusKind::repealed);

  const auto& mark = find(gathered, "中华人民共和国商标法").versions;
  CHECK(status(mark.back()) == StatusKind::not_yet);
  CHECK(law::status_on(mark.back().facts, today).since == day("2027-01-01"));
  CHECK(status(mark[mark.size() - 2]) == StatusKind::in_force);
  CHECK(law::status_on(mark[mark.size() - 2].facts, today).until == day("2027-01-01"));
  CHECK(status(mark.back(), day("2027-01-01")) != StatusKind::not_yet);

  const auto& company = find(gathered, "中华人民共和国公司法").versions;
  REQUIRE(company.size() == 2);
  CHECK(company[0].source == 1);
  CHECK(status(company[0]) == StatusKind::amended);
  CHECK(company[1].source == 0);
  CHECK(status(company[1]) == StatusKind::in_force);
  CHECK(count(gathered, 1, Fate::merged) > 280);
}

TEST_CASE("Pitfall 1: LawRefBook alone has 公司法 of 2018 behind that of 2023 and each text once") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {law_ref_book});
  const auto& company = find(gathered, "中华人民共和国公司法").versions;
  REQUIRE(company.size() == 2);
  CHECK(company[0].dated == day("2018-10-26"));
  CHECK(company[1].dated == day("2023-12-29"));
  std::size_t older = 0;
  for (const law::Law& each : gathered.laws) older += each.versions.size() - 1;
  CHECK(older == count(gathered, 0, Fate::history));
  CHECK(older + count(gathered, 0, Fate::merged) >= 80);
}

TEST_CASE("Pitfall 2: 民法典 is one law through 1260, amendments are not the law they amend") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {law_ref_book});
  const law::Law& code = find(gathered, "中华人民共和国民法典");
  REQUIRE(code.versions.size() == 1);
  CHECK(code.versions[0].text.count_articles() == 1'260);
  CHECK(count(gathered, 0, Fate::part) == 7);
  CHECK(find(gathered, "中华人民共和国刑法").kind == Kind::law);
  std::size_t criminal = 0;
  std::size_t constitution = 0;
  for (const law::Law& each : gathered.laws) {
    const bool amendment = law::title_key(each.title).starts_with("刑法修正案");
    criminal += amendment && each.kind == Kind::amendment ? 1 : 0;
    if (each.title.find("宪法修正案") != std::string::npos) constitution += each.versions.size();
  }
  CHECK(criminal == 12);
  CHECK(constitution == 5);
}

TEST_CASE("Pitfall 3: without a day in name or lines a text stays undated and unknown") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {law_ref_book});
  std::size_t undated = 0;
  for (const law::Law& each : gathered.laws) {
    const law::Version& newest = each.versions.back();
    if (newest.dated) continue;
    ++undated;
    const auto kind = status(newest);
    CHECK((kind == StatusKind::unknown || kind == StatusKind::repealed));
  }
  CHECK(undated > 0);
  CHECK(undated < 60);
}

TEST_CASE("Pitfall 4: texts without articles are cut into sections, points or pieces") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {law_ref_book});
  std::size_t without = 0;
  for (const law::Law& each : gathered.laws) {
    const law::LawText& text = each.versions.back().text;
    if (text.count_articles() > 0) continue;
    ++without;
    CHECK_FALSE(text.units.empty());
    for (const law::Unit& unit : text.units) CHECK_FALSE(unit.label.empty());
  }
  CHECK(without >= 80);
}

TEST_CASE("Pitfalls 5 and 6: numbers run without gaps from 1, 之一 stands behind its article") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {just_laws, law_ref_book});
  const law::Version& code = find(gathered, "中华人民共和国民法典").versions.back();
  law::ArticleNumber last;
  for (const law::Unit& each : code.text.units) {
    if (each.number.number == 0) continue;
    CHECK(each.number.number == last.number + 1);
    last = each.number;
  }
  const law::Version& criminal = find(gathered, "中华人民共和国刑法").versions.back();
  CHECK(article(criminal, 120, 1).label == "第一百二十条之一");
  CHECK_FALSE(article(criminal, 120, 6).text.empty());
  std::size_t laws = 0;
  std::size_t broken = 0;
  for (const law::Law& each : gathered.laws) {
    if (each.kind != Kind::law) continue;
    ++laws;
    law::ArticleNumber previous;
    bool ordered = true;
    for (const law::Unit& unit : each.versions.back().text.units) {
      if (unit.number.number == 0) continue;
      ordered = ordered && unit.number > previous && unit.number.number <= previous.number + 1;
      previous = unit.number;
    }
    broken += ordered ? 0 : 1;
  }
  CHECK(laws > 300);
  CHECK(broken <= 3);
}

TEST_CASE("Pitfall 6: no bold sign, odd blank or sign of a private font is left in any text") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {just_laws, law_ref_book}, "all");
  int unreadable = 0;
  int shown = 0;
  for (const law::Law& law : gathered.laws) {
    for (const law::Version& each : law.versions) {
      unreadable += each.text.unreadable;
      for (const law::Unit& unit : each.text.units) {
        CHECK_MESSAGE(unit.text.find("**") == std::string::npos, each.path);
        for (const char32_t c : base::decode_utf8(unit.text)) {
          shown += c == U'〓' ? 1 : 0;
          const bool odd = (c >= 0xE000 && c <= 0xF8FF) || c == 0xA0 || c == 0x2002 || c == 0x200B;
          if (odd) FAIL_CHECK(each.path << ' ' << static_cast<unsigned>(c));
        }
      }
    }
  }
  CHECK(unreadable > 0);
  CHECK(shown == unreadable);
}

TEST_CASE("Pitfall 7: no two laws of a merged library differ only in the form of their titles") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {just_laws, law_ref_book}, "all");
  std::set<std::tuple<Kind, std::string, std::string>> keys;
  for (const law::Law& each : gathered.laws) {
    CHECK_MESSAGE(keys.insert({each.kind, each.region, law::title_key(each.title)}).second,
                  each.title);
  }
}

TEST_CASE("Pitfall 8: index pages, templates and guides are left out, cases are no articles") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {law_ref_book});
  std::size_t cases = 0;
  for (const law::Law& each : gathered.laws) {
    if (each.kind != Kind::court_case) continue;
    ++cases;
    CHECK(each.versions.back().text.count_articles() == 0);
  }
  CHECK(cases == 52);
  std::set<std::string> reasons;
  for (const law::FileAccount& each : gathered.files) {
    if (each.fate == Fate::left_out) reasons.insert(each.note);
  }
  CHECK(reasons == std::set<std::string>{"guide", "index_page", "other_region", "template"});
}

TEST_CASE("Pitfall 10: the national part has its 60,000 articles") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {law_ref_book});
  std::size_t pieces = 0;
  for (const law::Law& each : gathered.laws) {
    if (each.kind != Kind::court_case) pieces += each.versions.back().text.units.size();
  }
  CHECK(pieces > 59'910 * 0.99);
  CHECK(pieces < 59'910 * 1.01);
  std::vector<std::size_t> lengths;
  for (const law::Law& each : gathered.laws) {
    if (each.kind == Kind::court_case) continue;
    for (const law::Unit& unit : each.versions.back().text.units) {
      lengths.push_back(base::count_characters(unit.text));
    }
  }
  std::sort(lengths.begin(), lengths.end());
  CHECK(lengths[lengths.size() / 2] == doctest::Approx(92).epsilon(0.1));
  CHECK(lengths[lengths.size() * 99 / 100] == doctest::Approx(444).epsilon(0.1));
}

TEST_CASE("What closing articles say is understood but for a known few") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {just_laws, law_ref_book}, "all");
  const law::Findings& findings = gathered.findings;
  MESSAGE("not understood: " << findings.unread_effects.size() << " starts, "
                             << findings.unread_repeals.size() << " ends; "
                             << findings.partial_repeals.size() << " ends of parts, "
                             << findings.unknown_repeals.size() << " of texts in no collection");
  CHECK(findings.unread_effects.size() <= 6);
  CHECK(findings.unread_repeals.size() <= 2);
}

TEST_CASE("Citations of the real texts lead to their articles") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {just_laws, law_ref_book});
  const law::References& references = gathered.references;
  MESSAGE("citations: " << references.found << ", resolved " << references.resolved
                        << ", article missing " << references.missing_articles.size()
                        << ", no name " << references.unnamed.size() << ", edges "
                        << references.edges.size() << ", unknown names "
                        << references.unknown_names.size() << ", ambiguous "
                        << references.ambiguous_names.size());
  CHECK(references.found > 11'000);
  CHECK(references.resolved * 100 > references.found * 80);
  CHECK(references.missing_articles.size() * 100 < references.found * 2);
  const law::Law& criminal = find(gathered, "中华人民共和国刑法");
  const auto law_position = static_cast<std::size_t>(&criminal - gathered.laws.data());
  std::set<std::size_t> citing;
  for (const law::CitationEdge& each : references.edges) {
    if (each.to.law == law_position && each.from.law != law_position) citing.insert(each.from.law);
  }
  CHECK(citing.size() > 60);
}

TEST_CASE("公司法 of 2018 and 2023 are compared article by article in less than a screen's time") {
  const auto path = folder();
  if (!path) return;
  const auto gathered = gather_real(*path, {law_ref_book});
  const auto& versions = find(gathered, "中华人民共和国公司法").versions;
  const auto before = article_texts(versions[0]);
  const auto after = article_texts(versions[1]);
  const base::SystemClock clock;
  const base::Tick start = clock.tick();
  const auto changes = law::compare_versions(before, after);
  for (const law::ArticleChange& each : changes) {
    if (each.before && each.after) {
      CHECK_FALSE(law::compare_texts(before[*each.before].text, after[*each.after].text).empty());
    }
  }
  const auto took = clock.tick() - start;
  MESSAGE("compared in " << took.count() << " ms");
#ifdef NDEBUG
  CHECK(took.count() < 50);
#endif
  CHECK(changes.size() >= 266);
  const auto partner = [&](int number) {
    const auto found = std::find_if(changes.begin(), changes.end(), [&](const auto& each) {
      return each.after && after[*each.after].number.number == number;
    });
    REQUIRE(found != changes.end());
    return found->before ? before[*found->before].number.number : 0;
  };
  CHECK(partner(1) == 1);
  CHECK(partner(5) == 11);   // 公司章程
  CHECK(partner(15) == 16);  // 对外担保
  CHECK(partner(6) == 0);    // 名称权 is new
}
