// Files as whole values: read, replace in one step, lock a folder, list. Errors carry the
// path and the system's words.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace base {

using Path = std::filesystem::path;

// The whole file; invalid ("file_too_large") above `limit` bytes.
Result<std::string> read_file(const Path& path, std::size_t limit = std::size_t{64} << 20U);
// Writes a sibling, syncs it, renames it over `path` and syncs the folder: after a power cut
// either the old or the new content is there. `mode` as for chmod(2).
Result<void> replace_file(const Path& path, std::string_view content, unsigned mode = 0644);
// Syncs the file `sibling`, which stands in the folder of `path`, renames it over `path` and syncs
// the folder.
Result<void> put_in_place(const Path& sibling, const Path& path);
// Makes `path` a symbolic link to `target` in one step, whatever was there, and syncs the folder.
Result<void> replace_link(const Path& path, const Path& target);
// Creates the folder and its parents; the last one with `mode`.
Result<void> make_folder(const Path& path, unsigned mode = 0755);
// Which file stands at `path`, links followed; nothing when there is none. Another file that has
// taken its place differs as long as the first is open or mapped.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  bool operator==(const FileIdentity&) const = default;
};
std::optional<FileIdentity> identity_of(const Path& path);
// The regular files of one folder whose name ends so (".toml"), sorted by name.
Result<std::vector<Path>> list_files(const Path& folder, std::string_view ending);

// One holder a folder: an exclusive flock(2) on `path`, freed by the kernel however the
// process ends. refused ("already_locked") when another process holds it.
class FileLock {
 public:
  static Result<FileLock> take(const Path& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace base
