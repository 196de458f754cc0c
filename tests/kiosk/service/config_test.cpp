// The configuration this repository ships, as a stranger gets it.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>

#include "kiosk/service/read.h"
#include "kiosk/service/settings.h"
#include "platform/base/text.h"

namespace {

const base::Path source_folder = SOURCE_FOLDER;

service::Catalogue shipped() {
  const auto files = service::load_folder(source_folder / "config");
  REQUIRE(files);
  std::set<std::string> icons;
  const auto pictures = base::list_files(source_folder / "assets/icons", ".svg");
  REQUIRE(pictures);
  for (const base::Path& file : *pictures) icons.insert(file.stem().string());
  auto outcome = service::read_catalogue(*files, icons);
  for (const service::Problem& problem : outcome.problems) FAIL_CHECK(service::to_line(problem));
  REQUIRE(outcome.catalogue);
  return *outcome.catalogue;
}

const service::Service& find(const service::Catalogue& catalogue, std::string_view id) {
  const service::Service* service = catalogue.find(id);
  REQUIRE(service != nullptr);
  return *service;
}

std::size_t count_kind(const service::Service& service, service::QuestionKind kind) {
  return static_cast<std::size_t>(
      std::ranges::count(service.questions, kind, &service::Question::kind));
}

// Every file that is read, as one text without its comments.
std::string shipped_words() {
  const auto files = service::load_folder(source_folder / "config");
  REQUIRE(files);
  std::string words;
  for (const auto& [name, text] : *files) {
    for (const std::string_view line : base::split(text, '\n')) {
      if (!base::trim(line).starts_with('#')) words += std::string(line) + '\n';
    }
  }
  return words;
}

}  // namespace

TEST_CASE("the shipped services, menu and center are without a mistake") {
  const service::Catalogue catalogue = shipped();
  CHECK(catalogue.services.size() >= 12);
  CHECK(catalogue.center.safety.size() >= 4);
}

TEST_CASE("the shipped settings are without a mistake and are the usual ones") {
  const auto text = base::read_file(source_folder / "config/kiosk.toml");
  REQUIRE(text);
  const auto outcome = service::read_settings(*text);
  for (const service::Problem& problem : outcome.problems) FAIL_CHECK(service::to_line(problem));
  REQUIRE(outcome.settings);
  const service::Settings usual;
  CHECK(outcome.settings->language == usual.language);
  CHECK(outcome.settings->theme == usual.theme);
  CHECK(outcome.settings->screen.diagonal_inch == doctest::Approx(usual.screen.diagonal_inch));
  CHECK(outcome.settings->printer.paper_mm == usual.printer.paper_mm);
  CHECK(outcome.settings->idle.reading_s == usual.idle.reading_s);
  CHECK(outcome.settings->idle.form_s == usual.idle.form_s);
}

TEST_CASE("the sample center gives no telephone number and says that its address is a sample") {
  const service::Center center = shipped().center;
  CHECK(center.phone.empty());
  CHECK(center.address.in("zh-Hans").find("示例") != std::string::npos);
  CHECK(center.address.in("en").find("ample") != std::string::npos);
}

TEST_CASE("every tile leads somewhere, and every service is reached from home") {
  const service::Catalogue catalogue = shipped();
  std::set<std::string> reached;
  for (const service::Tile& tile : catalogue.tiles) reached.insert(tile.service);
  for (const service::Service& service : catalogue.services) {
    CAPTURE(service.id);
    CHECK(reached.contains(service.id));
  }
}

TEST_CASE("a consultation has ten topics or more; family, neighbour and injury ask for safety") {
  const service::Catalogue catalogue = shipped();
  const service::Service& consult = find(catalogue, "consult");
  CHECK(consult.kind == service::Kind::booking);
  CHECK(consult.choices.size() >= 10);
  for (const service::Choice& topic : consult.choices) {
    CAPTURE(topic.id);
    if (topic.icon == "family" || topic.icon == "neighbour" || topic.icon == "injury") {
      CHECK(topic.ask_safety);
    }
  }
  for (const std::string_view way : {"onsite", "phone", "remote"}) {
    CHECK(consult.way(way) != nullptr);
  }
}

TEST_CASE("the notary has fifteen matters or more, each with its papers and its article") {
  const service::Catalogue catalogue = shipped();
  const service::Service& notary = find(catalogue, "notary");
  CHECK(notary.kind == service::Kind::ticket);
  CHECK(notary.letter == "B");
  CHECK(notary.choices.size() >= 15);
  for (const service::Choice& matter : notary.choices) {
    CAPTURE(matter.id);
    CHECK_FALSE(matter.papers.empty());
    CHECK_FALSE(matter.sources.empty());
  }
}

TEST_CASE("wills, proofs of life and adoptions say that nobody can come in one's place") {
  const service::Catalogue catalogue = shipped();
  const service::Service& notary = find(catalogue, "notary");
  for (const std::string_view id : {"will", "alive", "adoption"}) {
    CAPTURE(id);
    const service::Choice* matter = notary.choice(id);
    REQUIRE(matter != nullptr);
    CHECK(matter->hint.in("zh-Hans").find("本人") != std::string::npos);
    CHECK(matter->hint.in("en").find("yourself") != std::string::npos);
    CHECK(std::ranges::any_of(matter->sources, [](const service::Citation& source) {
      return source.article == "第二十六条";
    }));
  }
}

TEST_CASE("a mediation request asks its questions in the order the visitor is promised") {
  using Kind = service::QuestionKind;
  const service::Catalogue catalogue = shipped();
  const service::Service& mediation = find(catalogue, "mediation");
  std::vector<Kind> kinds;
  for (const service::Question& question : mediation.questions) kinds.push_back(question.kind);
  CHECK(kinds == std::vector<Kind>{Kind::safety, Kind::choice, Kind::party, Kind::text, Kind::text,
                                   Kind::evidence, Kind::way, Kind::day, Kind::self, Kind::choice,
                                   Kind::consent, Kind::consent, Kind::consent});
  CHECK(mediation.questions[1].choices.size() >= 12);
}

TEST_CASE("of three consents only the one to sensitive data may be refused, and drops only that") {
  const service::Catalogue catalogue = shipped();
  const service::Service& mediation = find(catalogue, "mediation");
  CHECK(count_kind(mediation, service::QuestionKind::consent) == 3);
  for (const service::Question& question : mediation.questions) {
    if (question.kind != service::QuestionKind::consent) continue;
    CAPTURE(question.id);
    CHECK(question.required == question.drops.empty());
    for (const std::string& dropped : question.drops) {
      const auto found = std::ranges::find(mediation.questions, dropped, &service::Question::id);
      REQUIRE(found != mediation.questions.end());
      CHECK(found->sensitive);
    }
  }
}

TEST_CASE("the notice names the longest time that any answer is really kept") {
  const service::Catalogue catalogue = shipped();
  const service::Service& mediation = find(catalogue, "mediation");
  const auto longest =
      std::ranges::max_element(mediation.questions, {}, &service::Question::days_kept)->days_kept;
  const auto notice =
      std::ranges::find(mediation.questions, "consent_notice", &service::Question::id);
  REQUIRE(notice != mediation.questions.end());
  for (const std::string_view language : {"zh-Hans", "en"}) {
    CHECK(notice->text.in(language).find(std::to_string(longest)) != std::string::npos);
  }
}

TEST_CASE("a mediation kept on the kiosk says that it is not yet received and that time runs on") {
  const service::Catalogue catalogue = shipped();
  const std::string offline = find(catalogue, "mediation").offline.in("zh-Hans");
  CHECK(offline.find("还没有收到") != std::string::npos);
  CHECK(offline.find("期限还在走") != std::string::npos);
}

TEST_CASE("guides cite articles and lead on; what they cannot know they say") {
  const service::Catalogue catalogue = shipped();
  for (const service::Service& service : catalogue.services) {
    if (service.kind != service::Kind::guide) continue;
    CAPTURE(service.id);
    CHECK_FALSE(service.sources.empty());
    CHECK_FALSE(service.next.empty());
    CHECK_FALSE(service.where.empty());
  }
  CHECK_FALSE(find(catalogue, "hotline").hours.known());
  CHECK(find(catalogue, "hotline").about.in("en").find("not known here") != std::string::npos);
}

TEST_CASE("the words are those of a person at a counter") {
  const std::string words = shipped_words();
  for (const std::string_view wrong :
       {"！", "请注意", "系统", "提交失败", "退出", "未携带", "你"}) {
    CAPTURE(wrong);
    CHECK(words.find(wrong) == std::string::npos);
  }
}

TEST_CASE("the shipped calendar has every day off of the law, 13 a year, and 2026's notice") {
  const service::Catalogue catalogue = shipped();
  const service::Hours& hours = catalogue.center.hours;
  // 全国年节及纪念日放假办法 (2024) art. 2; lunar days by GB/T 33661-2017.
  constexpr std::array days{"2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19",
                            "2026-04-05", "2026-05-01", "2026-05-02", "2026-06-19", "2026-09-25",
                            "2026-10-01", "2026-10-02", "2026-10-03", "2027-01-01", "2027-02-05",
                            "2027-02-06", "2027-02-07", "2027-02-08", "2027-04-05", "2027-05-01",
                            "2027-05-02", "2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02",
                            "2027-10-03"};
  for (const char* day : days) {
    CAPTURE(day);
    CHECK(hours.closure(*base::parse_date(day)) != nullptr);
  }
  REQUIRE(catalogue.holidays.size() == 2);
  int off = 0;
  for (const service::Closure& each : catalogue.holidays[0].holidays) {
    off += base::days_between(each.from, each.to) + 1;
  }
  CHECK(off == 33);  // 3, 9, 3, 5, 3, 3 and 7
  CHECK(catalogue.holidays[0].make_up.size() == 6);
}

TEST_CASE("a shipped make-up day is a weekend with the hours of a weekday that was moved away") {
  const service::Catalogue catalogue = shipped();
  for (const service::MakeUpDay& each : catalogue.holidays[0].make_up) {
    CAPTURE(base::iso_date(each.day));
    CHECK(base::weekday_index(each.day) >= 5);
    CHECK(each.weekday < 5);
    CHECK_FALSE(catalogue.center.hours.on(each.day).empty());
  }
}

TEST_CASE("no make-up day of 2027 is shipped: nobody has published one") {
  const service::Catalogue catalogue = shipped();
  CHECK(catalogue.holidays[1].notice.empty());
  CHECK(catalogue.holidays[1].make_up.empty());
  CHECK(service::calendar_gap(catalogue, *base::parse_date("2026-12-18"))->year == 2027);
}
