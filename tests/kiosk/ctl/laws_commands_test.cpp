#include <doctest/doctest.h>

#include <array>

#include "console.h"
#include "kiosk/ctl/laws_import_command.h"
#include "kiosk/ctl/laws_search_command.h"

using test::Answer;
using test::says;

namespace {

Answer run(const std::vector<std::string>& words) {
  const std::array commands{ctl::laws_import_command(), ctl::laws_search_command()};
  return test::answer_of(commands, words);
}

// A small collection on disk and the library made of it; the words are no law's.
struct Fixture {
  test::TempFolder folder;
  std::string laws = (folder / "laws").string();
  std::string library = (folder / "laws.db").string();

  Fixture() {
    write("laws/社会法/借伞法(2020-05-01).md",
          "# 中华人民共和国借伞法\n\n2020年5月1日 通过\n\n<!-- INFO END -->\n\n"
          "第一条 雨天借伞，适用本法。\n\n第二条 雨伞遗失的，\n借伞人应当赔偿。\n");
    write("laws/社会法/借伞法(2010-05-01).md",
          "# 中华人民共和国借伞法\n\n<!-- INFO END -->\n\n第一条 旧。\n");
    write("laws/社会法/空.md", "");
    write("laws/社会法/_index.md", "---\n---\n");
    write("laws/DLC/北京地方法规/a/北京/北京市借伞规定.md",
          "# 北京市借伞规定\n\n<!-- INFO END -->\n\n第一条 地铁站应当出借雨伞。\n");
  }

  void write(std::string_view name, std::string_view text) {
    const base::Path file = folder / name;
    REQUIRE(base::make_folder(file.parent_path()));
    REQUIRE(base::replace_file(file, text));
  }

  Answer import() { return run({"laws", "import", laws, "--db", library}); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "An import says what was read and what was left out, and why") {
  const Answer answer = import();
  CHECK(answer.code == ctl::done);
  CHECK(says(answer.out, "collection   LawRefBook, day not known"));
  CHECK(says(answer.out, "all                    1         2             0               1"));
  CHECK(says(answer.out, "left out     3 files"));
  CHECK(says(answer.out, "no_title               1\n    社会法/空.md\n"));
  CHECK(says(answer.out, "other_region           1\n"));
  CHECK(says(answer.err, "writing 1/1"));
}

TEST_CASE_FIXTURE(Fixture,
                  "Several collections become one library, and the report names every file") {
  const std::string second = (folder / "second").string();
  write("second/docs/category/README.md", "# 类别");
  write("second/LAWS_PROGRESS.md", "> 更新时间：2026年6月26日");
  write("second/docs/a/umbrella/README.md",
        "# 中华人民共和国借伞法\n\n2025年5月1日修订\n\n**第一条**　新。\n\n"
        "**第二条**　本法自2025年7月1日起施行。《雨具条例》同时废止。依照《晴法》第三条。");
  const std::string report = (folder / "report.txt").string();
  const Answer answer = run({"laws", "import", second, laws, "--db", library, "--report", report});
  CHECK(answer.code == ctl::done);
  CHECK(says(answer.out, "collection   just-laws, as of 2026-06-26\n             LawRefBook"));
  CHECK(says(answer.out, "just-laws              3       1       0       0       0         2"));
  CHECK(says(answer.out, "LawRefBook             5       0       2       0       0         3"));
  CHECK(says(answer.out, "unknown_repeals        1"));
  CHECK(says(answer.out, "citations    1 of articles, 0 resolved"));
  const std::string text = *base::read_file(report);
  CHECK(says(text, "\n== files (8)\n"));
  CHECK(says(text, "\nolder\tLawRefBook\t社会法/借伞法(2020-05-01).md\t中华人民共和国借伞法\n"));
  CHECK(says(text, "\nleft_out\tLawRefBook\t社会法/空.md\tno_title\n"));
  CHECK(says(text, "\ndocs/a/umbrella/README.md\t第二条\t雨具条例\n"));
  CHECK(says(text, "\ndocs/a/umbrella/README.md\t第二条\t晴法\n"));
  CHECK(says(text, "\n== missing_articles (0)"));
  CHECK(says(text, "\n== unnamed (0)"));
}

TEST_CASE_FIXTURE(Fixture, "A file's name moves neither the terminal nor the lines of the report") {
  write("laws/社会法/坏\x1B[31m\n名.md", "");
  const std::string report = (folder / "report.txt").string();
  const Answer answer = run({"laws", "import", laws, "--db", library, "--report", report});
  CHECK(answer.code == ctl::done);
  CHECK(says(answer.out, "\n    社会法/坏 [31m 名.md\n"));
  CHECK(says(*base::read_file(report), "\nleft_out\tLawRefBook\t社会法/坏 [31m 名.md\tno_title\n"));
}

TEST_CASE_FIXTURE(Fixture, "A folder without any law fails, and the report says why of each file") {
  write("nothing/社会法/空.md", "");
  write("nothing/社会法/乱.md", "\xFF");
  const std::string report = (folder / "report.txt").string();
  const std::string nothing = (folder / "nothing").string();
  const Answer answer = run({"laws", "import", nothing, "--db", library, "--report", report});
  CHECK(answer.code == ctl::failed);
  CHECK(says(answer.err, "no law found there"));
  CHECK(says(*base::read_file(report), "\nleft_out\tLawRefBook\t社会法/乱.md\tnot_utf8\n"));
  CHECK_FALSE(std::filesystem::exists(library));
}

TEST_CASE_FIXTURE(Fixture, "An unknown region is refused with the known ones") {
  const Answer answer = run({"laws", "import", laws, "--db", library, "--region", "火星"});
  CHECK(answer.code == ctl::failed);
  CHECK(says(answer.err, "no rules of 火星 there; known: 北京"));
  REQUIRE(run({"laws", "import", laws, "--db", library, "--region", "all"}).code == ctl::done);
  CHECK(says(run({"laws", "search", "--db", library, "地铁站"}).out, "北京市借伞规定 第一条"));
}

TEST_CASE_FIXTURE(Fixture, "A region is read when it is named") {
  const Answer answer = run({"laws", "import", laws, "--db", library, "--region", "北京"});
  CHECK(answer.code == ctl::done);
  CHECK(says(answer.out, "local"));
  CHECK(says(run({"laws", "search", "--db", library, "地铁站"}).out, "北京市借伞规定 第一条"));
}

TEST_CASE_FIXTURE(Fixture,
                  "A search prints articles with their status, for people or for programs") {
  REQUIRE(import().code == ctl::done);
  const Answer people = run({"laws", "search", "--db", library, "雨伞遗失"});
  CHECK(people.code == ctl::done);
  CHECK(says(people.out,
             "1. 中华人民共和国借伞法 第二条  [unknown]\n     雨伞遗失的， 借伞人应当赔偿。"));
  const Answer program =
      run({"laws", "search", "--db", library, "--limit", "1", "--format", "tsv", "雨伞", "遗失"});
  CHECK(program.out == "1\t中华人民共和国借伞法\t第二条\tunknown\t雨伞遗失的， 借伞人应当赔偿。\n");
}

TEST_CASE_FIXTURE(Fixture, "A search reads what is typed as the kiosk's one box does") {
  REQUIRE(import().code == ctl::done);
  const auto search = [&](std::string_view query) {
    return run({"laws", "search", "--db", library, std::string(query)});
  };
  CHECK(says(search("雨傘遺失").out, "借伞法 第二条"));
  CHECK(says(search("jsf").out, "law  中华人民共和国借伞法"));
  CHECK(says(search("compensation").out, "read as  "));
  const Answer other = run({"laws", "search", "--db", library, "--config", "/nowhere", "雨伞"});
  CHECK(other.code == ctl::failed);
  CHECK(says(other.err, "/nowhere"));
}

TEST_CASE_FIXTURE(Fixture, "A batch prints id, rank, law and article, newest versions only") {
  REQUIRE(import().code == ctl::done);
  write("questions.tsv", "12\t雨伞遗失怎么办\r\n\n7\t适用本法\n9\t红烧肉\n");
  const Answer answer =
      run({"laws", "search", "--db", library, "--batch", (folder / "questions.tsv").string()});
  CHECK(answer.code == ctl::done);
  CHECK(says(answer.out, "12\t1\t中华人民共和国借伞法\t第二条\n"));
  CHECK(says(answer.out, "7\t1\t中华人民共和国借伞法\t第一条\n"));
  CHECK_FALSE(says(answer.out, "9\t"));
  const Answer first = run({"laws", "search", "--db", library, "--limit", "1", "--batch",
                            (folder / "questions.tsv").string()});
  CHECK_FALSE(says(first.out, "\t2\t"));
}

TEST_CASE_FIXTURE(Fixture, "What cannot be done fails with a sentence on standard error") {
  CHECK(run({"laws", "import", "/nowhere", "--db", library}).code == ctl::failed);
  CHECK(run({"laws", "import", (folder / "laws/社会法/空.md").string(), "--db", library}).code ==
        ctl::failed);
  CHECK(run({"laws", "search", "--db", library, "雨伞"}).err ==
        "kioskctl: " + library + ": no such library\n");
  REQUIRE(import().code == ctl::done);
  write("questions.tsv", "12 no tab\n");
  const std::string batch = (folder / "questions.tsv").string();
  const Answer answer = run({"laws", "search", "--db", library, "--batch", batch});
  CHECK(answer.code == ctl::failed);
  CHECK(says(answer.err, "questions.tsv:1: expected id<TAB>query"));
  CHECK(run({"laws", "search", "--db", library, "--batch", "/nowhere"}).code == ctl::failed);
}

TEST_CASE_FIXTURE(Fixture, "What is not understood is misuse") {
  const std::vector<std::vector<std::string>> wrong{
      {"laws", "import", laws},
      {"laws", "import", "--db", library},
      {"laws", "import", laws, "--db", library, "--colour", "red"},
      {"laws", "import", laws, "--db"},
      {"laws", "search", "雨伞"},
      {"laws", "search", "--db", library},
      {"laws", "search", "--db", library, "--limit", "many", "雨伞"},
      {"laws", "search", "--db", library, "--limit", "0", "雨伞"},
      {"laws", "search", "--db", library, "--format", "xml", "雨伞"},
      {"laws", "search", "--db", library, "--batch", "a.tsv", "雨伞"},
  };
  for (const auto& words : wrong) {
    const Answer answer = run(words);
    CHECK(answer.code == ctl::misused);
    CHECK(answer.out.empty());
    CHECK(says(answer.err, "kioskctl: "));
  }
}

TEST_CASE_FIXTURE(Fixture, "A failed import leaves the library that is there") {
  REQUIRE(import().code == ctl::done);
  CHECK(run({"laws", "import", "/nowhere", "--db", library}).code == ctl::failed);
  CHECK(run({"laws", "search", "--db", library, "雨伞"}).code == ctl::done);
}
