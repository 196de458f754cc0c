#include "kiosk/ctl/check_command.h"

#include <doctest/doctest.h>

#include <sstream>

#include "kiosk/ctl/laws_import_command.h"
#include "tests/kiosk/service/sample_config.h"
#include "tests/support/world.h"

namespace {

// What a command printed and how it ended.
struct Answer {
  ctl::Exit code = ctl::failed;
  std::string out;
  std::string err;
};

Answer run(const ctl::Command& command, const std::vector<std::string>& arguments) {
  const test::FakeClock clock;
  test::SeededChance chance;
  std::ostringstream out;
  std::ostringstream err;
  ctl::Console console{out, err, {clock, chance}};
  const ctl::Exit code = command.run(arguments, console);
  return {code, out.str(), err.str()};
}

void write(const base::Path& path, std::string_view text) {
  REQUIRE(base::make_folder(path.parent_path()));
  REQUIRE(base::replace_file(path, text));
}

// A config folder with the given files, as `kioskctl check` meets it.
void write_config(const base::Path& folder, const service::Files& files) {
  for (const auto& [name, text] : files) write(folder / name, text);
}

// A library with two statutes of the names the sample cites; the words are no law's.
base::Path write_library(const test::TempFolder& folder) {
  write(
      folder / "laws/行政法/公证法(2017-09-01).md",
      "# 中华人民共和国公证法\n\n2017年9月1日 通过\n\n<!-- INFO END -->\n\n第一条 一。\n\n第十一条 "
      "二。\n");
  write(folder / "laws/行政法/个人信息保护法(2021-08-20).md",
        "# 中华人民共和国个人信息保护法\n\n2021年8月20日 通过\n\n<!-- INFO END -->\n\n第十三条 "
        "一。\n\n第二十九条 二。\n");
  base::Path library = folder / "laws.db";
  const Answer imported =
      run(ctl::laws_import_command(), {(folder / "laws").string(), "--db", library.string()});
  REQUIRE(imported.code == ctl::done);
  return library;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a folder without a mistake ends well; without a library its citations are unchecked") {
  const test::TempFolder folder;
  write_config(folder.path(), test::sample_config());
  const Answer answer = run(ctl::check_command(), {folder.path().string()});
  CHECK(answer.code == ctl::done);
  CHECK(answer.err.empty());
  CHECK(has(answer.out, "unchecked: 中华人民共和国公证法 第十一条\n"));
  CHECK(has(answer.out, "no mistakes: 4 services, 2 tiles, 5 citations, of which 5 unchecked\n"));
}

TEST_CASE("a year that can be booked before its notice is entered is a note and no mistake") {
  const test::TempFolder folder;
  write_config(folder.path(), test::sample_config());
  CHECK_FALSE(has(run(ctl::check_command(), {folder.path().string()}).out, "note:"));
  service::Files files = test::sample_with("services/consult.toml", "horizon_days = 14",
                                           "horizon_days = 39");  // it is 2026-11-23
  write_config(folder.path(), files);
  const Answer unknown = run(ctl::check_command(), {folder.path().string()});
  CHECK(unknown.code == ctl::done);
  CHECK(has(unknown.out,
            "note: bookings reach 2027-01-01, but holidays.toml has no holidays of 2027"));
  files["holidays.toml"] +=
      "[[year]]\nyear = 2027\n[[year.holiday]]\nname = { zh-Hans = \"元旦\", en = \"New Year\" }\n"
      "from = \"2027-01-01\"\n";
  write_config(folder.path(), files);
  CHECK(has(run(ctl::check_command(), {folder.path().string()}).out,
            "holidays.toml has no notice of 2027: only the days off of the law are closed"));
}

TEST_CASE("every mistake is one line that an editor can jump to, and the command fails") {
  const test::TempFolder folder;
  write_config(folder.path(),
               test::sample_with("services/consult.toml", "capacity = 2", "capacty = 2"));
  write(folder / "kiosk.toml", "theme = \"night\"\n");
  const Answer answer = run(ctl::check_command(), {folder.path().string()});
  CHECK(answer.code == ctl::failed);
  CHECK(has(answer.out, (folder / "services/consult.toml").string() +
                            ":14:1: unknown key `capacty`, did you mean `capacity`?\n"));
  CHECK(has(answer.out, (folder / "kiosk.toml").string() + ":1:9: `night` is no theme"));
  CHECK(has(answer.out, "2 mistakes\n"));
}

TEST_CASE(
    "an article that the law does not have, and a statute that does not exist, are mistakes") {
  const test::TempFolder folder;
  const base::Path library = write_library(folder);
  service::Files files = test::sample_config();
  files["center.toml"].replace(files["center.toml"].find("中华人民共和国反家庭暴力法 第十三条"),
                               std::string("中华人民共和国反家庭暴力法 第十三条").size(),
                               "中华人民共和国公证法 第九十九条");
  files["services/guide.toml"].replace(files["services/guide.toml"].find("公证法"),
                                       std::string("公证法").size(), "公正法");
  write_config(folder / "config", files);
  const Answer answer =
      run(ctl::check_command(), {(folder / "config").string(), "--db", library.string()});
  CHECK(answer.code == ctl::failed);
  CHECK(has(answer.out, "center.toml:18:12: 中华人民共和国公证法 has no 第九十九条"));
  CHECK(has(answer.out, "guide.toml:6:12: there is no 中华人民共和国公正法"));
  CHECK(has(answer.out, "2 mistakes\n"));
}

TEST_CASE("kinds of law the library lacks are listed as unchecked and do not fail") {
  const test::TempFolder folder;
  const base::Path library = write_library(folder);
  service::Files files = test::sample_config();
  files["center.toml"].replace(files["center.toml"].find("中华人民共和国反家庭暴力法"),
                               std::string("中华人民共和国反家庭暴力法").size(), "工伤保险条例");
  write_config(folder / "config", files);
  const Answer answer =
      run(ctl::check_command(), {(folder / "config").string(), "--db", library.string()});
  CHECK(answer.code == ctl::done);
  CHECK(has(answer.out, "unchecked: 工伤保险条例 第十三条\n"));
  CHECK(has(answer.out, "5 citations, of which 1 unchecked\n"));
}

TEST_CASE("mistakes in the glossary and the topics of the law are named too") {
  const test::TempFolder folder;
  write_config(folder.path(), test::sample_config());
  write(folder / "law/glossary.toml", "[work]\n\"wage\" = \"工资\"\n\"wages\" = \"工资\"\n");
  write(folder / "law/topics.toml",
        "[otherwise]\nservices = [\"consul\"]\n[conflict]\nwords = [\"赔\"]\n"
        "[[limit]]\nid = \"year\"\nname = { zh-Hans = \"一年\", en = \"One year\" }\n"
        "sources = [\"中华人民共和国公证法 第十一条\"]\n"
        "[[topic]]\nid = \"wage\"\nname = { zh-Hans = \"欠薪\", en = \"Unpaid wages\" }\n"
        "words = [\"工资\"]\nservices = [\"consult\"]\n");
  const Answer answer = run(ctl::check_command(), {folder.path().string()});
  CHECK(answer.code == ctl::failed);
  CHECK(
      has(answer.out, (folder / "law/glossary.toml").string() + ":3:1: `wages` stands here twice"));
  CHECK(has(answer.out, (folder / "law/topics.toml").string() +
                            ":2:13: there is no service `consul`, did you mean `consult`?\n"));
  CHECK(has(answer.out, "2 mistakes\n"));
}

TEST_CASE("the articles of topics and their limits are checked against the library") {
  const test::TempFolder folder;
  const base::Path library = write_library(folder);
  write_config(folder / "config", test::sample_config());
  write(folder / "config/law/topics.toml",
        "[otherwise]\nservices = [\"consult\"]\n[conflict]\nwords = [\"赔\"]\n"
        "[[limit]]\nid = \"year\"\nname = { zh-Hans = \"一年\", en = \"One year\" }\n"
        "sources = [\"中华人民共和国公证法 第九十九条\"]\n"
        "[[topic]]\nid = \"wage\"\nname = { zh-Hans = \"欠薪\", en = \"Unpaid wages\" }\n"
        "words = [\"工资\"]\narticles = [\"中华人民共和国公证法 11-98\"]\n"
        "services = [\"consult\"]\n");
  const Answer answer =
      run(ctl::check_command(), {(folder / "config").string(), "--db", library.string()});
  CHECK(answer.code == ctl::failed);
  CHECK(has(answer.out, "topics.toml:8:12: 中华人民共和国公证法 has no 第九十九条"));
  CHECK(has(answer.out, "topics.toml:13:13: 中华人民共和国公证法 has no 第九十八条"));
}

TEST_CASE("with an assets folder an icon that has no picture is a mistake") {
  const test::TempFolder folder;
  write_config(folder / "config", test::sample_config());
  for (const std::string_view icon : {"phone", "info", "consult", "room", "notary", "mediation"}) {
    write(folder / "assets/icons" / (std::string(icon) + ".svg"), "<svg/>");
  }
  const Answer answer = run(ctl::check_command(), {(folder / "config").string(), "--assets",
                                                   (folder / "assets").string()});
  CHECK(answer.code == ctl::failed);
  CHECK(has(answer.out, "mediation.toml:9:8: there is no icon `video`"));
}

TEST_CASE("a folder, library or option that is not there is said on stderr") {
  const test::TempFolder folder;
  write_config(folder / "config", test::sample_config());
  const std::string config = (folder / "config").string();
  CHECK(run(ctl::check_command(), {(folder / "nowhere").string()}).code == ctl::failed);
  const Answer no_library = run(ctl::check_command(), {config, "--db", (folder / "x").string()});
  CHECK(no_library.code == ctl::failed);
  CHECK(has(no_library.err, "no such library"));
  CHECK(run(ctl::check_command(), {}).code == ctl::misused);
  CHECK(run(ctl::check_command(), {config, config}).code == ctl::misused);
  CHECK(run(ctl::check_command(), {config, "--bd", "x"}).code == ctl::misused);
}
