#include "kiosk/law/import/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/kiosk/law/small_collections.h"

using law::ArchiveLimits;
using law::read_collection;

namespace {

void put(const base::Path& file, std::string_view content) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
}

struct Entry {
  std::string path;
  std::string content;
  std::int64_t seconds = 1'745'020'800;  // 2025-04-19
  unsigned type = AE_IFREG;
};

void pack(const base::Path& file, bool zstd, const std::vector<Entry>& entries) {
  archive* out = archive_write_new();
  if (zstd) {
    archive_write_add_filter_zstd(out);
  } else {
    archive_write_add_filter_gzip(out);
  }
  archive_write_set_format_pax_restricted(out);
  REQUIRE(archive_write_open_filename(out, file.c_str()) == ARCHIVE_OK);
  for (const Entry& each : entries) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, each.path.c_str());
    archive_entry_set_filetype(entry, each.type);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, each.seconds, 0);
    if (each.type == AE_IFLNK) archive_entry_set_symlink(entry, "/etc/passwd");
    archive_entry_set_size(entry, static_cast<la_int64_t>(each.content.size()));
    archive_write_header(out, entry);
    archive_write_data(out, each.content.data(), each.content.size());
    archive_entry_free(entry);
  }
  archive_write_free(out);
}

std::vector<std::string> paths(const law::Collection& collection) {
  std::vector<std::string> list;
  for (const auto& each : collection.files) list.push_back(each.path);
  return list;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("A folder gives its markdown files, sorted, without following links") {
  const test::TempFolder folder;
  put(folder / "社会法/借伞法.md", "# 借伞法");
  put(folder / "README.md", "x");
  put(folder / "picture.png", "x");
  put(folder / ".git/HEAD.md", "x");
  std::filesystem::create_symlink("/etc/passwd", folder / "link.md");
  const auto collection = read_collection(folder.path());
  REQUIRE(collection);
  CHECK(paths(*collection) == Paths{"README.md", "社会法/借伞法.md"});
  REQUIRE(collection->left_out.size() == 1);
  CHECK(collection->left_out[0].path == "link.md");
  CHECK(collection->left_out[0].reason == "not_a_file");
  CHECK_FALSE(collection->packed);
}

TEST_CASE("Both kinds of archives are read in memory, with the day they were packed") {
  const test::TempFolder folder;
  for (const bool zstd : {true, false}) {
    const base::Path file = folder / (zstd ? "laws.tar.zst" : "laws.tar.gz");
    pack(file, zstd,
         {{"laws/社会法/借伞法.md", "# 借伞法"},
          {"laws/a.png", "x"},
          {"../../evil.md", "# 外"},
          {"laws/link.md", "", 1'745'020'800, AE_IFLNK}});
    const auto collection = read_collection(file);
    REQUIRE(collection);
    CHECK(paths(*collection) == Paths{"../../evil.md", "laws/社会法/借伞法.md"});
    CHECK(collection->files[1].content == "# 借伞法");
    CHECK(collection->packed == test::day(2025, 4, 19));
    CHECK(collection->left_out.size() == 1);
  }
  CHECK_FALSE(std::filesystem::exists(folder.path().parent_path() / "evil.md"));
}

TEST_CASE("An archive of files from many days was not packed on one") {
  const test::TempFolder folder;
  pack(folder / "a.tar.gz", false, {{"a.md", "# 甲", 1'000'000'000}, {"b.md", "# 乙"}});
  CHECK_FALSE(read_collection(folder / "a.tar.gz")->packed);
}

TEST_CASE("A file that is too large is left out, a collection that is too large is refused") {
  const test::TempFolder folder;
  const std::string content(5'000, 'x');
  put(folder / "folder/big.md", content);
  put(folder / "folder/small.md", "# 甲");
  pack(folder / "a.tar.zst", true, {{"big.md", content}, {"small.md", "# 甲"}});
  for (const base::Path& path : {folder / "folder", folder / "a.tar.zst"}) {
    ArchiveLimits limits;
    limits.file_bytes = 1'000;
    const auto collection = read_collection(path, limits);
    REQUIRE(collection);
    CHECK(paths(*collection) == Paths{"small.md"});
    REQUIRE(collection->left_out.size() == 1);
    CHECK(collection->left_out[0].reason == "too_large");

    limits = {};
    limits.total_bytes = 100;
    CHECK(read_collection(path, limits).error().code == "archive_too_large");
    limits = {};
    limits.files = 1;
    CHECK(read_collection(path, limits).error().code == "archive_too_large");
  }
}

TEST_CASE("A damaged archive is refused, not read by half") {
  const test::TempFolder folder;
  test::SeededChance chance;
  std::vector<Entry> entries;
  for (int i = 0; i < 200; ++i) {
    std::string noise(5'000, ' ');
    chance.fill(std::as_writable_bytes(std::span(noise)));
    entries.push_back({std::to_string(i) + ".md", noise});
  }
  pack(folder / "a.tar.zst", true, entries);
  const auto whole = *base::read_file(folder / "a.tar.zst");
  put(folder / "cut.tar.zst", whole.substr(0, whole.size() / 2));
  CHECK(read_collection(folder / "cut.tar.zst").error().code == "archive_damaged");
}

TEST_CASE("What is no archive is refused with its name") {
  const test::TempFolder folder;
  put(folder / "noise.tar.gz", "this is no archive at all, only some words");
  CHECK_FALSE(read_collection(folder / "noise.tar.gz"));
  CHECK(read_collection(folder / "nothing").error().kind == base::ErrorKind::not_found);
}
