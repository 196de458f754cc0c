// The files of a collection, from a folder or a .tar.zst / .tar.gz, read once in a stream and never
// written to disk. Knows no law. What cannot be read is said, not thrown.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/clock.h"
#include "platform/base/file.h"
#include "platform/base/result.h"

namespace law {

// The largest real law is 0.5 MB, the larger collection 62 MB in 3,504 files.
struct ArchiveLimits {
  std::uint64_t file_bytes = std::uint64_t{8} << 20U;     // a longer file is left out
  std::uint64_t total_bytes = std::uint64_t{512} << 20U;  // more than this is no collection of laws
  std::size_t files = 100'000;
  // Everything that is unpacked on the way, files of other kinds and too long ones included.
  std::uint64_t unpacked_bytes = std::uint64_t{4} << 30U;
};

struct SourceFile {
  std::string path;     // inside the collection, '/' between folders
  std::string content;  // any bytes
};

struct LeftOut {
  std::string path;
  std::string reason;  // stable, snake_case: "too_large", "not_a_file", "unreadable"
};

struct Collection {
  std::vector<SourceFile> files;  // *.md, sorted by path
  std::vector<LeftOut> left_out;
  // The day (UTC) of an archive whose files all bear the same one, as git archive writes them: the
  // day of its commit. Empty for folders and other archives.
  std::optional<base::Date> packed;
};

// Reads every markdown file. Files of other kinds are no part of a collection and not mentioned.
// Symbolic links are not followed. not_found when there is nothing at `path`; invalid
// ("archive_damaged", "archive_too_large", "archive_unknown") when it cannot be read to its end: a
// half-read collection would hide what is missing.
base::Result<Collection> read_collection(const base::Path& path, const ArchiveLimits& limits = {});

}  // namespace law
