#include "kiosk/law/import/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

namespace law {
namespace {

using base::ErrorKind;
using base::fail;

struct FreeArchive {
  void operator()(archive* handle) const { archive_read_free(handle); }
};

// Counts what has been taken against the limits, whatever the source.
class Intake {
 public:
  explicit Intake(const ArchiveLimits& limits) : limits_(limits) {}

  void leave_out(std::string path, std::string reason) {
    collection.left_out.push_back({std::move(path), std::move(reason)});
  }

  base::Result<void> keep(std::string path, std::string content) {
    total_ += content.size();
    collection.files.push_back({std::move(path), std::move(content)});
    if (total_ > limits_.total_bytes || collection.files.size() > limits_.files) {
      return fail(ErrorKind::invalid, "archive_too_large",
                  fmt::format("more than {} MB or {} files: not a collection of laws",
                              limits_.total_bytes >> 20U, limits_.files));
    }
    return {};
  }

  [[nodiscard]] const ArchiveLimits& limits() const { return limits_; }

  Collection finish() {
    std::sort(collection.files.begin(), collection.files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return std::move(collection);
  }

  Collection collection;

 private:
  ArchiveLimits limits_;
  std::uint64_t total_ = 0;
};

bool is_markdown(std::string_view path) {
  return path.ends_with(".md");
}

base::Result<Collection> read_folder(const base::Path& root, const ArchiveLimits& limits) {
  namespace fs = std::filesystem;
  Intake intake(limits);
  std::error_code error;
  fs::recursive_directory_iterator each(root, fs::directory_options::skip_permission_denied, error);
  for (; !error && each != fs::recursive_directory_iterator(); each.increment(error)) {
    const std::string path = each->path().lexically_relative(root).generic_string();
    std::error_code ignored;
    if (each->is_directory(ignored) && each->path().filename() == ".git") {
      each.disable_recursion_pending();
    }
    if (!is_markdown(path)) continue;
    if (each->is_symlink(ignored) || !each->is_regular_file(ignored)) {
      intake.leave_out(path, "not_a_file");
      continue;
    }
    auto content = base::read_file(each->path(), limits.file_bytes);
    if (!content) {
      const bool large = content.error().code == "file_too_large";
      intake.leave_out(path, large ? "too_large" : "unreadable");
      continue;
    }
    TRY(intake.keep(path, std::move(*content)));
  }
  if (error) {
    return fail(ErrorKind::invalid, "archive_damaged", root.string() + ": " + error.message());
  }
  return intake.finish();
}

tl::unexpected<base::Error> damaged(const base::Path& path, archive* handle) {
  const char* words = archive_error_string(handle);
  return fail(ErrorKind::invalid, "archive_damaged",
              fmt::format("{}: {}", path.string(), words != nullptr ? words : "damaged archive"));
}

// The entry's data; nothing when it is longer than the limit.
base::Result<std::optional<std::string>> read_entry(const base::Path& path, archive* handle,
                                                    std::uint64_t limit) {
  std::string content;
  std::string block(std::size_t{1} << 16U, '\0');
  for (;;) {
    const la_ssize_t got = archive_read_data(handle, block.data(), block.size());
    if (got < 0) return damaged(path, handle);
    if (got == 0) return std::optional(std::move(content));
    content.append(block, 0, static_cast<std::size_t>(got));
    if (content.size() > limit) return std::optional<std::string>{};
  }
}

base::Date day_of(archive_entry* entry) {
  const std::chrono::sys_seconds time{std::chrono::seconds{archive_entry_mtime(entry)}};
  return base::Date{std::chrono::floor<std::chrono::days>(time)};
}

base::Result<Collection> read_archive(const base::Path& path, const ArchiveLimits& limits) {
  const std::unique_ptr<archive, FreeArchive> handle(archive_read_new());
  archive_read_support_filter_zstd(handle.get());
  archive_read_support_filter_gzip(handle.get());
  archive_read_support_format_tar(handle.get());
  if (archive_read_open_filename(handle.get(), path.c_str(), std::size_t{1} << 17U) != ARCHIVE_OK) {
    return fail(ErrorKind::invalid, "archive_unknown",
                path.string() + ": not a folder, .tar.zst or .tar.gz");
  }
  Intake intake(limits);
  std::set<base::Date> days;
  archive_entry* entry = nullptr;
  for (;;) {
    const int code = archive_read_next_header(handle.get(), &entry);
    if (code == ARCHIVE_EOF) break;
    if (code < ARCHIVE_WARN) return damaged(path, handle.get());
    // Skipping an entry unpacks it too.
    const auto unpacked = archive_filter_bytes(handle.get(), 0) + archive_entry_size(entry);
    if (unpacked > static_cast<la_int64_t>(limits.unpacked_bytes)) {
      return fail(ErrorKind::invalid, "archive_too_large",
                  fmt::format("{}: unpacks to more than {} MB", path.string(),
                              limits.unpacked_bytes >> 20U));
    }
    if (archive_entry_size(entry) > static_cast<la_int64_t>(limits.total_bytes)) {
      return fail(ErrorKind::invalid, "archive_too_large",
                  path.string() + ": an entry is too large");
    }
    const char* raw_name = archive_entry_pathname_utf8(entry);
    if (raw_name == nullptr) raw_name = archive_entry_pathname(entry);
    const std::string name = raw_name != nullptr ? raw_name : "";
    if (!is_markdown(name)) continue;
    if (archive_entry_filetype(entry) != AE_IFREG) {
      intake.leave_out(name, "not_a_file");
      continue;
    }
    auto content = TRY(read_entry(path, handle.get(), limits.file_bytes));
    if (!content) {
      intake.leave_out(name, "too_large");
      continue;
    }
    days.insert(day_of(entry));
    TRY(intake.keep(name, std::move(*content)));
  }
  Collection collection = intake.finish();
  if (days.size() == 1) collection.packed = *days.begin();
  return collection;
}

}  // namespace

base::Result<Collection> read_collection(const base::Path& path, const ArchiveLimits& limits) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    return fail(ErrorKind::not_found, "archive_missing",
                path.string() + ": no such file or folder");
  }
  return std::filesystem::is_directory(status) ? read_folder(path, limits)
                                               : read_archive(path, limits);
}

}  // namespace law
