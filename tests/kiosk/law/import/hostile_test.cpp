// Files that are broken, huge, binary or meant to do harm: each becomes a line in the accounts,
// none a crash, a hang or a file on the disk. Run with the sanitizers to mean anything.
#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <fstream>
#include <random>

#include "kiosk/law/import/gather.h"
#include "kiosk/law/law.h"
#include "platform/base/text.h"
#include "tests/kiosk/law/small_collections.h"

using law::Fate;
using law::Gathered;

namespace {

// What the readers look for, and what disturbs them.
const std::vector<std::string> fragments{"第",     "条",
                                         "一",     "三十八",
                                         "之一",   "　",
                                         " ",      "\n",
                                         "# ",     "###### ",
                                         "《",     "》",
                                         "（",     "）",
                                         "(",      ")",
                                         "废止",   "同时",
                                         "自",     "起施行",
                                         "本法",   "2020年7月1日",
                                         "。",     "；",
                                         "，",     "、",
                                         "**",     "| a |",
                                         "<td>",   "<",
                                         ">",      "<!-- INFO END -->",
                                         "---\n",  "以下简称",
                                         "至",     "款",
                                         "下列",   "：",
                                         "1．",    "雨伞法",
                                         "\uE010", "\r",
                                         "\t",     "〇",
                                         "关于",   "决定",
                                         "修正案", "99999999999"};

std::string random_text(std::mt19937& random, std::size_t pieces) {
  std::string text;
  while (pieces-- > 0) text += fragments[random() % fragments.size()];
  return text;
}

std::string random_bytes(std::mt19937& random, std::size_t size) {
  std::string bytes(size, '\0');
  for (char& each : bytes) each = static_cast<char>(random());
  return bytes;
}

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) all += text;
  return all;
}

// Whatever it is, the accounts are complete and the facts can be asked for.
Gathered check_gather(const std::vector<test::PathAndText>& files) {
  auto gathered = law::gather(test::collection_of(files), "all");
  CHECK(gathered.files.size() == files.size());
  for (const law::FileAccount& each : gathered.files) CHECK_FALSE(each.note.empty());
  for (const law::Law& law : gathered.laws) {
    REQUIRE_FALSE(law.versions.empty());
    for (const law::Version& each : law.versions) {
      CHECK_FALSE(each.text.units.empty());
      law::status_on(each.facts, test::day(2026, 11, 23));
      for (const law::Unit& unit : each.text.units) {
        CHECK(base::valid_utf8(unit.text));
        CHECK(base::valid_utf8(unit.label));
        CHECK(base::valid_utf8(each.text.path(unit.heading, "/")));
        law::paragraphs(unit.text);
      }
    }
  }
  return gathered;
}

struct Entry {
  std::string path;
  std::string content;
};

void pack(const base::Path& file, const std::vector<Entry>& entries) {
  archive* out = archive_write_new();
  archive_write_add_filter_zstd(out);
  archive_write_set_format_pax_restricted(out);
  REQUIRE(archive_write_open_filename(out, file.c_str()) == ARCHIVE_OK);
  for (const Entry& each : entries) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, each.path.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, static_cast<la_int64_t>(each.content.size()));
    archive_entry_set_mtime(entry, std::numeric_limits<std::int32_t>::max(), 0);
    archive_write_header(out, entry);
    archive_write_data(out, each.content.data(), each.content.size());
    archive_entry_free(entry);
  }
  archive_write_free(out);
}

}  // namespace

TEST_CASE("Random bytes and random pieces of law language are read without harm") {
  std::mt19937 random(20261123);
  for (int round = 0; round < 150; ++round) {
    std::vector<test::PathAndText> files;
    for (int i = 0; i < 6; ++i) {
      const std::string name = "laws/社会法/" + std::to_string(i) + "(2020-01-01).md";
      files.push_back({name, random() % 4 == 0 ? random_bytes(random, random() % 300)
                                               : "# 雨伞法" + std::to_string(random() % 3) + "\n" +
                                                     random_text(random, random() % 120)});
    }
    check_gather(files);
  }
}

TEST_CASE("Random pieces in the layout of just-laws are read without harm") {
  std::mt19937 random(7);
  for (int round = 0; round < 150; ++round) {
    check_gather({{"docs/category/README.md", random_text(random, 20)},
                  {"LAWS_PROGRESS.md", random_text(random, 20)},
                  {"docs/a/x/README.md", "# 雨法\n" + random_text(random, random() % 60)},
                  {"docs/a/x/01-y.md", random_text(random, random() % 60)},
                  {"docs/a/x/02-修正案.md", "# 修正案\n## " + random_text(random, 60)},
                  {"docs/a/x/versions/2027-01-01/README.md", "# 雨法\n第一条 甲。"},
                  {"docs/a/x/versions/README.md", random_text(random, 30)},
                  {"docs/a/x/versions/", "# 雨法\n第一条 乙。"}});
  }
}

TEST_CASE("A text cut off in the middle of a character is left out as not readable") {
  const std::string whole = test::book_text("雨伞法", "2020年1月1日 通过", "第一条 甲。");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto gathered = check_gather({{"laws/社会法/雨伞法.md", whole.substr(0, size)}});
    const bool broken = !base::valid_utf8(std::string_view(whole).substr(0, size));
    CHECK((gathered.files[0].note == "not_utf8") == broken);
  }
}

TEST_CASE("A large file of one sign repeated takes no longer than its size") {
  constexpr std::size_t size = std::size_t{1} << 20U;
  for (const std::string_view sign : {"<",
                                      "<a",
                                      "#",
                                      "# 甲\n",
                                      "###### 甲\n",
                                      "《",
                                      "《》",
                                      "》",
                                      "（",
                                      "《a》（",
                                      "。",
                                      "；",
                                      "|",
                                      "*",
                                      "第",
                                      "第一条",
                                      "第一条 ",
                                      "第一条 甲。\n",
                                      "1",
                                      "1年",
                                      "1   ",
                                      "2020年7月1日",
                                      "废止",
                                      "《甲》废止。",
                                      "根据",
                                      "以下简称",
                                      "《甲》（以下简称乙",
                                      "本法第一条至第九条",
                                      "下列废止：\n1．甲\n",
                                      "\n",
                                      "- ",
                                      "<!-- INFO END -->",
                                      "<style",
                                      "\u200B",
                                      "\uE010"}) {
    CAPTURE(sign);
    check_gather({{"laws/社会法/甲.md", "# 甲法\n第一条 " + repeated(sign, size)}});
    check_gather({{"laws/社会法/乙.md", "# 乙法\n" + repeated(sign, size)}});
  }
}

TEST_CASE("Headings of any depth and number keep their order") {
  std::string text = "# 甲法\n";
  for (int i = 0; i < 2'000; ++i) {
    text += std::string(static_cast<std::size_t>(i % 9 + 1), '#') + " 第" + std::to_string(i + 1) +
            "章 甲\n第" + std::to_string(i + 1) + "条 乙。\n";
  }
  const auto gathered = check_gather({{"laws/社会法/甲.md", text}});
  REQUIRE(gathered.laws.size() == 1);
  CHECK(gathered.laws[0].versions[0].text.headings.size() > 1'000);
}

TEST_CASE("A line of 100 MB is left out unread, in a folder and in an archive") {
  const test::TempFolder folder;
  const base::Path file = folder / "laws/社会法/长.md";
  REQUIRE(base::make_folder(file.parent_path()));
  std::ofstream(file) << "# 长";
  std::filesystem::resize_file(file, 100'000'000);
  pack(folder / "a.tar.zst", {{"laws/社会法/长.md", std::string(100'000'000, 'x')},
                              {"laws/社会法/短.md", "# 短法\n第一条 甲。"}});
  for (const base::Path& path : {folder / "laws", folder / "a.tar.zst"}) {
    auto collection = law::read_collection(path);
    REQUIRE(collection);
    const auto gathered = law::gather(std::move(*collection), {});
    CHECK(std::count_if(gathered.files.begin(), gathered.files.end(), [](const auto& each) {
            return each.fate == Fate::left_out && each.note == "too_large";
          }) == 1);
  }
}

TEST_CASE("What unpacks to more than the limit is refused, whatever kind of file it is") {
  const test::TempFolder folder;
  law::ArchiveLimits limits;
  limits.unpacked_bytes = 5'000'000;
  std::vector<Entry> entries;
  for (int i = 0; i < 10; ++i) {
    entries.push_back({std::to_string(i) + ".png", std::string(1'000'000, '\0')});
  }
  pack(folder / "bomb.tar.zst", entries);
  CHECK(std::filesystem::file_size(folder / "bomb.tar.zst") < 10'000);
  CHECK(law::read_collection(folder / "bomb.tar.zst", limits).error().code == "archive_too_large");
  entries.resize(3);
  pack(folder / "small.tar.zst", entries);
  CHECK(law::read_collection(folder / "small.tar.zst", limits));
}

TEST_CASE("Paths out of the archive, doubled or strange are names in the accounts and no more") {
  const test::TempFolder folder;
  const std::string text = "# 甲法\n第一条 甲。";
  std::vector<Entry> entries{{"../../../etc/cron.d/x.md", text},
                             {"/etc/x.md", text},
                             {"laws/a\nb\tc.md", text},
                             {"laws/社会法/甲.md", text},
                             {"laws/社会法/甲.md", text},
                             {".md", text},
                             {"//.md", text},
                             {"laws/DLC/x.md", text},
                             {"laws/" + std::string(3'000, 'x') + ".md", text}};
  pack(folder / "a.tar.zst", entries);
  auto collection = law::read_collection(folder / "a.tar.zst");
  REQUIRE(collection);
  const auto gathered = law::gather(std::move(*collection), "all");
  CHECK(gathered.files.size() == entries.size());
  CHECK_FALSE(std::filesystem::exists("/etc/cron.d/x.md"));
  CHECK_FALSE(std::filesystem::exists("/etc/x.md"));
}

TEST_CASE("An archive with any byte changed is read or refused") {
  const test::TempFolder folder;
  pack(folder / "a.tar.zst", {{"laws/社会法/甲.md", "# 甲法\n第一条 甲。"},
                              {"laws/社会法/乙.md", "# 乙法\n第一条 乙。"}});
  const std::string whole = *base::read_file(folder / "a.tar.zst");
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    std::string changed = whole;
    for (std::size_t i = random() % 3 + 1; i > 0; --i) {
      changed[random() % changed.size()] = static_cast<char>(random());
    }
    if (random() % 4 == 0) changed.resize(random() % changed.size());
    REQUIRE(base::replace_file(folder / "b.tar.zst", changed));
    if (auto collection = law::read_collection(folder / "b.tar.zst")) {
      law::gather(std::move(*collection), "all");
    }
  }
}
