#include "kiosk/service/service_reader.h"

#include <doctest/doctest.h>

#include "tests/kiosk/service/sample_config.h"

using Lines = std::vector<std::string>;
using test::problems;
using test::sample_config;
using test::sample_with;

namespace {

const std::string consult = "services/consult.toml";
const std::string notary = "services/notary.toml";
const std::string mediation = "services/mediation.toml";

service::Service read(const std::string& id) {
  const auto outcome = service::read_catalogue(sample_config());
  REQUIRE(outcome.catalogue);
  return *outcome.catalogue->find(id);
}

}  // namespace

TEST_CASE("a booking has topics, ways, slots, papers and says what it keeps of a person") {
  const service::Service booking = read("consult");
  CHECK(booking.kind == service::Kind::booking);
  CHECK(booking.slots.minutes == 30);
  CHECK(booking.slots.soonest_minutes == 60);
  REQUIRE(booking.way("onsite") != nullptr);
  CHECK(booking.way("onsite")->capacity == 2);
  REQUIRE(booking.choice("wage") != nullptr);
  CHECK(booking.choice("wage")->papers == std::vector<std::string>{"contract"});
  REQUIRE(booking.questions.size() == 1);
  CHECK(booking.questions[0].kind == service::QuestionKind::self);
  CHECK(booking.questions[0].days_kept == 90);
  CHECK(booking.questions[0].readers == std::vector<std::string>{"reception"});
}

TEST_CASE("a service without hours keeps the center's; the center's holidays hold for all") {
  CHECK(read("consult").hours.week[0].size() == 2);
  const service::Hours own = read("notary").hours;
  CHECK(own.week[0].empty());
  CHECK(own.week[1].size() == 1);
  REQUIRE(own.closed.size() == 1);
  CHECK(own.closed[0].reason.in("en") == "National Day");
  CHECK(base::iso_date(own.closed[0].to) == "2026-10-07");
  CHECK(own.make_up.size() == 1);
}

TEST_CASE("an intake keeps the order of its questions and says what a refusal drops") {
  const service::Service intake = read("mediation");
  REQUIRE(intake.questions.size() == 3);
  CHECK(intake.questions[0].kind == service::QuestionKind::safety);
  CHECK(intake.questions[1].sensitive);
  CHECK(intake.questions[1].choices.front().id == "medical");
  CHECK(intake.questions[2].drops == std::vector<std::string>{"evidence"});
}

TEST_CASE("the answer to the safety question is kept nowhere, so it declares no keeping") {
  CHECK(read("mediation").questions[0].days_kept == 0);
  CHECK(problems(sample_with(mediation, "kind = \"safety\"", "kind = \"safety\"\ndays_kept = 5")) ==
        Lines{"services/mediation.toml:13:1: unknown key `days_kept`; known here: `hint`, "
              "`id`, `kind`, `required`, `title`"});
}

TEST_CASE("a service of no known kind is named, and nothing is said of the keys of its kind") {
  CHECK(problems(sample_with(consult, "\"booking\"", "\"bookin\"")) ==
        Lines{"services/consult.toml:1:8: `bookin` is no kind, did you mean `booking`?"});
}

TEST_CASE("a key of another kind of service is a mistake") {
  CHECK(problems(sample_with("services/guide.toml", "next =", "letter = \"C\"\nnext =")) ==
        Lines{"services/guide.toml:7:1: unknown key `letter`; known here: `about`, "
              "`closed`, `discreet`, `fee`, `hours`, `icon`, `kind`, `name`, `next`, `offline`, "
              "`paper`, "
              "`sources`, `where`"});
}

TEST_CASE("`capacty` is named with its place, and `capacity` is not called missing as well") {
  CHECK(problems(sample_with(consult, "capacity = 2", "capacty = 2")) ==
        Lines{"services/consult.toml:14:1: unknown key `capacty`, did you mean `capacity`?"});
}

TEST_CASE("numbers out of range are named with the range") {
  CHECK(problems(sample_with(consult, "capacity = 2", "capacity = 0")) ==
        Lines{"services/consult.toml:14:12: `capacity` is 0: write a number from 1 to 200"});
  CHECK(problems(sample_with(consult, "minutes = 30", "minutes = 3")) ==
        Lines{"services/consult.toml:7:11: `minutes` is 3: write a number from 5 to 240"});
  CHECK(problems(sample_with(consult, "minutes = 30", "minutes = \"30\"")) ==
        Lines{"services/consult.toml:7:11: `minutes` cannot be a text: write minutes = N (a whole "
              "number, 5 to 240)"});
  CHECK(problems(sample_with(consult, "horizon_days = 14", "horizon_days = 400")) ==
        Lines{"services/consult.toml:8:16: `horizon_days` is 400: write a number from 1 to 60"});
}

TEST_CASE("slots longer than any opening are named, since nobody could ever book one") {
  CHECK(problems(sample_with(consult, "minutes = 30", "minutes = 240")) ==
        Lines{"services/consult.toml:6:1: no slot of 240 minutes fits the opening hours: write at "
              "most 210"});
}

TEST_CASE("papers, ways, roles, services and questions that are named must be there") {
  CHECK(problems(sample_with(consult, "[\"contract\"]", "[\"contrakt\"]")) ==
        Lines{"services/consult.toml:18:11: there is no paper `contrakt`, did you mean "
              "`contract`?"});
  CHECK(problems(sample_with(consult, "\"onsite\"", "\"letter\"")) ==
        Lines{"services/consult.toml:11:6: there is no way `letter`; known here: `onsite`, "
              "`phone`, `remote`"});
  CHECK(problems(sample_with(consult, "[\"reception\"]", "[\"reception\", \"press\"]")) ==
        Lines{"services/consult.toml:29:25: there is no role `press`; known here: `reception`"});
  CHECK(problems(sample_with("services/guide.toml", "[\"consult\"]", "[\"lawyer\"]")) ==
        Lines{"services/guide.toml:7:9: there is no service `lawyer`; known here: `consult`, "
              "`guide`, `mediation`, `notary`"});
  CHECK(problems(sample_with(mediation, "drops = [\"evidence\"]",
                             "drops = [\"evidence\", \"party\"]")) ==
        Lines{"services/mediation.toml:31:22: there is no earlier question `party`; known here: "
              "`evidence`, `safe`"});
}

TEST_CASE("a question that keeps personal data says why, on which ground, how long, for whom") {
  struct Row {
    std::string_view line;
    std::string message;
  };
  const Row rows[] = {
      {"purpose = { zh-Hans = \"认出您\", en = \"To know you\" }\n",
       "`purpose` is missing: write purpose = { … }"},
      {"basis = [\"中华人民共和国个人信息保护法 第十三条\"]\n",
       "`basis` is missing: write basis = [\"…\"]"},
      {"days_kept = 90\n",
       "`days_kept` is missing: write days_kept = N (a whole number, 1 to 3650)"},
      {"readers = [\"reception\"]\n", "`readers` is missing: write readers = [\"…\"]"}};
  for (const Row& row : rows) {
    CHECK(problems(sample_with(consult, row.line, "")) ==
          Lines{"services/consult.toml:22:1: " + row.message});
  }
  CHECK(problems(sample_with(consult, "readers = [\"reception\"]", "readers = []")) ==
        Lines{"services/consult.toml:29:11: `readers` is empty: write readers = [\"…\"]"});
}

TEST_CASE("a sensitive answer that no consent can drop is a mistake") {
  CHECK(problems(sample_with(mediation, "drops = [\"evidence\"]\n", "")) ==
        Lines{"services/mediation.toml:18:13: no consent after it names `evidence`: write drops = "
              "[\"evidence\"] in the consent to sensitive data"});
}

TEST_CASE("a consent without drops may not be optional: refusing it would change nothing") {
  const std::string_view consent = "kind = \"consent\"\n";
  CHECK(problems(sample_with(mediation, consent, "kind = \"consent\"\nrequired = false\n")) ==
        Lines{});
  service::Files files = sample_with(mediation, consent, "kind = \"consent\"\nrequired = false\n");
  files[mediation].replace(files[mediation].find("sensitive = true\n"), 17, "");
  files[mediation].replace(files[mediation].find("drops = [\"evidence\"]\n"), 21, "");
  CHECK(problems(files) ==
        Lines{"services/mediation.toml:28:12: refusing `consent` would change nothing: name what "
              "it drops, or take `required` away"});
}

TEST_CASE("a booking asks for one contact and nothing else") {
  CHECK(
      problems(sample_with(consult, "kind = \"self\"", "kind = \"text\"")) ==
      Lines{
          "services/consult.toml:22:1: a booking asks who comes and how they may be reached: write "
          "[[question]] once with kind = \"self\", and once more at most, with kind = "
          "\"choice\" and wish = true"});
  CHECK(problems(sample_with(consult, "kind = \"self\"", "kind = \"slef\"")) ==
        Lines{"services/consult.toml:24:8: `slef` is no kind, did you mean `self`?"});
}

TEST_CASE("two things of one list cannot share an id") {
  CHECK(problems(sample_with(notary, "[[matter]]",
                             "[[matter]]\nid = \"will\"\nname = { zh-Hans = \"立遗嘱\", en = "
                             "\"Make a will\" }\n[[matter]]")) ==
        Lines{"services/notary.toml:13:6: `will` stands here twice: give each its own id"});
  CHECK(problems(sample_with(notary, "\"will\"", "\"Last Will\"")) ==
        Lines{"services/notary.toml:10:6: `Last Will` is no id: write small letters, digits, "
              "\"-\" and \"_\" only"});
}

TEST_CASE("the name of a service's file is its id") {
  service::Files files = sample_config();
  files["services/Guide 2.toml"] = files["services/guide.toml"];
  CHECK(problems(files) == Lines{"services/Guide 2.toml:1:1: `Guide 2` is no id: name the file "
                                 "with small letters, digits, \"-\" and \"_\" only"});
}

TEST_CASE("a queue letter is one capital and belongs to one queue") {
  CHECK(problems(sample_with(notary, "\"B\"", "\"b\"")) ==
        Lines{"services/notary.toml:4:10: `b` is no queue letter: write one capital letter, A to "
              "Z"});
  service::Files files = sample_config();
  files["services/registry.toml"] = files[notary];
  CHECK(problems(files) == Lines{"services/registry.toml:4:10: queue letter `B` belongs to "
                                 "`notary`: choose another one"});
}

TEST_CASE("discreet services may share a letter, so that a board does not tell them apart") {
  service::Files files = sample_with(notary, "letter", "discreet = true\nletter");
  files["services/registry.toml"] = files[notary];
  CHECK(problems(files) == Lines{});
}

TEST_CASE("a service closes on its own days as well, and says why before it says holiday") {
  const auto outcome = service::read_catalogue(
      sample_with(notary, "[hours]",
                  "[[closed]]\nfrom = \"2026-10-07\"\nto = \"2026-10-09\"\n"
                  "reason = { zh-Hans = \"盘点\", en = \"Stocktaking\" }\n[hours]"));
  REQUIRE(outcome.catalogue);
  const service::Service& closed = *outcome.catalogue->find("notary");
  CHECK(closed.closure(*base::parse_date("2026-10-07"))->reason.in("en") == "Stocktaking");
  CHECK(closed.closure(*base::parse_date("2026-10-06"))->reason.in("en") == "National Day");
  CHECK(closed.closure(*base::parse_date("2026-10-10")) == nullptr);
  CHECK(outcome.catalogue->find("consult")->closure(*base::parse_date("2026-10-09")) == nullptr);
}

TEST_CASE("a way names rooms of the center; the limits of a booking are as written") {
  const auto outcome = service::read_catalogue(
      sample_with(consult, "capacity = 2", "capacity = 2\nrooms = [\"green\"]"));
  REQUIRE(outcome.catalogue);
  const service::Way& way = *outcome.catalogue->find("consult")->way("onsite");
  REQUIRE(way.rooms.size() == 1);
  CHECK(way.rooms[0].name.in("en") == "Green room");
  CHECK(problems(sample_with(consult, "capacity = 2", "capacity = 2\nrooms = [\"gren\"]")) ==
        Lines{"services/consult.toml:15:10: there is no room `gren`, did you mean `green`?"});
  CHECK(
      problems(
          sample_with(consult, "capacity = 2", "capacity = 2\nrooms = [\"green\", \"green\"]")) ==
      Lines{
          "services/consult.toml:15:9: room `green` is another way's: give each room to one way"});
  const auto limited = service::read_catalogue(
      sample_with(consult, "soonest_minutes = 60",
                  "soonest_minutes = 60\nper_person_day = 2\nno_phone_per_hour = 5"));
  REQUIRE(limited.catalogue);
  CHECK(limited.catalogue->find("consult")->slots.per_person_day == 2);
  CHECK(limited.catalogue->find("consult")->slots.no_phone_per_hour == 5);
}
