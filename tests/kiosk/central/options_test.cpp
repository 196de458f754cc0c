#include "kiosk/central/options.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>

namespace {

base::Result<central::CommandLine> parse(std::vector<std::string> words) {
  return central::parse_command_line(words);
}

TEST_CASE("an empty file means the usual settings") {
  const auto outcome = central::read_settings("");
  REQUIRE(outcome.settings);
  CHECK(outcome.settings->listen.host == "127.0.0.1");
  CHECK(outcome.settings->listen.port == 8480);
  CHECK(outcome.settings->next_poll_s == 20);
  CHECK_FALSE(outcome.settings->fleet);
  CHECK(outcome.settings->keep.bookings == 90);
  CHECK(outcome.settings->keep.requests == 365);
  CHECK(outcome.settings->zone.rfc3339(base::from_ms(0)) == "1970-01-01T08:00:00+08:00");
}

TEST_CASE("what is written there counts") {
  const auto outcome = central::read_settings(
      "listen = \"[::1]:0\"\ndata = \"/d\"\ncatalogue = \"c\"\nnext_poll_s = 3\nfleet = true\n"
      "zone = \"-03:30\"\n[keep]\nbookings = 1\ntickets = 3650\n[laws]\npacks = \"l\"\n"
      "[database]\npostgres = \"dbname=k\"\nconnections = 4\n");
  REQUIRE(outcome.settings);
  CHECK(outcome.settings->listen.host == "::1");
  CHECK(outcome.settings->listen.port == 0);
  CHECK(outcome.settings->data == "/d");
  CHECK(outcome.settings->catalogue == "c");
  CHECK(outcome.settings->next_poll_s == 3);
  CHECK(outcome.settings->fleet);
  CHECK(outcome.settings->zone.rfc3339(base::from_ms(0)) == "1969-12-31T20:30:00-03:30");
  CHECK(outcome.settings->law_packs == "l");
  CHECK(outcome.settings->database.postgres == "dbname=k");
  CHECK(outcome.settings->database.connections == 4);
  CHECK(outcome.settings->keep.bookings == 1);
  CHECK(outcome.settings->keep.tickets == 3650);
  CHECK(outcome.settings->keep.calls == 30);
}

TEST_CASE("a certificate comes with its key, a proxy with its address") {
  const auto usual = central::read_settings("");
  REQUIRE(usual.settings);
  CHECK_FALSE(usual.settings->tls);
  CHECK(usual.settings->proxy.empty());
  CHECK_FALSE(usual.settings->metrics_from_anywhere);
  const auto outcome = central::read_settings(
      "proxy = \"::1\"\nmetrics = \"anywhere\"\n[tls]\ncertificate = \"c\"\nkey = \"k\"\n");
  REQUIRE(outcome.settings);
  CHECK(outcome.settings->tls->chain == "c");
  CHECK(outcome.settings->tls->key == "k");
  CHECK(outcome.settings->proxy == "::1");
  CHECK(outcome.settings->metrics_from_anywhere);
  CHECK_FALSE(central::read_settings("[tls]\ncertificate = \"c\"\n").settings);
  CHECK_FALSE(central::read_settings("proxy = \"127.0.0.1/8\"").settings);
  CHECK_FALSE(central::read_settings("metrics = \"everywhere\"").settings);
}

TEST_CASE("every mistake is named with its place") {
  const auto outcome = central::read_settings(
      "listen = \"8480\"\nnext_poll_s = 0\nzone = \"Beijing\"\nlisten_to = 1\n");
  CHECK_FALSE(outcome.settings);
  REQUIRE(outcome.problems.size() == 4);
  for (const service::Problem& problem : outcome.problems) {
    CHECK(problem.file == "central.toml");
    CHECK(problem.line >= 1);
  }
  CHECK_FALSE(central::read_settings("listen = ").settings);
}

TEST_CASE("days to keep records are days, and of known records") {
  const auto outcome =
      central::read_settings("[keep]\nbookings = 0\nrequests = \"a year\"\nslots = 3\n");
  CHECK_FALSE(outcome.settings);
  std::set<std::string> problems;
  for (const service::Problem& problem : outcome.problems) {
    problems.insert(fmt::format("{}:{}:{}", problem.file, problem.line, problem.column));
  }
  CHECK(problems ==
        std::set<std::string>{"central.toml:2:12", "central.toml:3:12", "central.toml:4:1"});
}

TEST_CASE("addresses are a host and a port") {
  CHECK(central::parse_address("0.0.0.0:80")->port == 80);
  CHECK(central::parse_address("[::]:80")->host == "::");
  for (const char* wrong : {"", ":80", "host", "host:", "host:x", "host:65536", "host:-1"}) {
    CHECK_FALSE(central::parse_address(wrong));
  }
}

TEST_CASE("the command line names a command and its folders") {
  const auto serve = parse({"--data", "d", "--listen", "127.0.0.1:0"});
  REQUIRE(serve);
  CHECK(serve->command == central::Command::serve);
  CHECK(serve->data == base::Path("d"));
  CHECK(serve->listen->port == 0);
  CHECK(serve->config == "config");
  const auto code = parse({"enrol-code", "--config", "c"});
  REQUIRE(code);
  CHECK(code->command == central::Command::enrol_code);
  CHECK(code->config == "c");
  CHECK(parse({"--help"})->command == central::Command::help);
  CHECK(parse({"verify", "R1.x", "--key", "k"})->receipt == "R1.x");
  CHECK(parse({"verify", "R1.x", "--key", "k"})->key == "k");
  CHECK_FALSE(parse({"verify"}));
  CHECK_FALSE(parse({"verify", "a", "b"}));
  CHECK(parse({"new-epoch"})->command == central::Command::new_epoch);
}

TEST_CASE("a word that is not understood is said") {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"--data"}, {"--listen", "x"}, {"--port", "1"}, {"start"}, {"enrol-code", "x"}}) {
    const auto line = parse(words);
    REQUIRE_FALSE(line);
    CHECK(line.error().kind == base::ErrorKind::invalid);
    CHECK_FALSE(line.error().detail.empty());
  }
}

TEST_CASE("backup and restore name a file, and the other commands none") {
  const auto backup = parse({"backup", "copy.db", "--data", "d"});
  REQUIRE(backup);
  CHECK(backup->command == central::Command::backup);
  CHECK(backup->file == "copy.db");
  const auto restore = parse({"restore", "--without-case-key", "copy.db"});
  REQUIRE(restore);
  CHECK(restore->command == central::Command::restore);
  CHECK(restore->without_case_key);
  CHECK(restore->file == "copy.db");
  CHECK(parse({"migrate"})->command == central::Command::migrate);
  for (const auto& words : std::vector<std::vector<std::string>>{{"backup"},
                                                                 {"restore"},
                                                                 {"backup", "a", "b"},
                                                                 {"migrate", "a"},
                                                                 {"restore", "--data"}}) {
    CHECK_FALSE(parse(words));
  }
  for (const char* command :
       {"backup FILE", "restore FILE", "migrate", "new-epoch", "enrol-code", "verify RECEIPT"}) {
    CHECK(central::usage().find(command) != std::string_view::npos);
  }
}

TEST_CASE("nightly copies are made only where somebody says so") {
  CHECK(central::read_settings("").settings->backup.folder.empty());
  CHECK(central::read_settings("").settings->kiosks_keep_days == 7);
  const auto outcome = central::read_settings(
      "kiosks_keep_days = 14\n[backup]\nfolder = \"/b\"\nkeep = 3\nat = \"23:15\"\n");
  REQUIRE(outcome.settings);
  CHECK(outcome.settings->backup.folder == "/b");
  CHECK(outcome.settings->backup.keep == 3);
  CHECK(base::iso_time(outcome.settings->backup.at) == "23:15");
  CHECK(outcome.settings->kiosks_keep_days == 14);
  for (const char* wrong : {"kiosks_keep_days = 6\n", "[backup]\nkeep = 3\n",
                            "[backup]\nfolder = \"/b\"\nat = \"late\"\n"}) {
    CHECK(central::read_settings(wrong).problems.size() == 1);
  }
}

}  // namespace
