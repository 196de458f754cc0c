#include "platform/base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace base {
namespace {

tl::unexpected<Error> system_failure(std::string_view code, const Path& path) {
  const std::string words = std::generic_category().message(errno);
  const ErrorKind kind = errno == ENOENT ? ErrorKind::not_found : ErrorKind::storage;
  return fail(kind, code, fmt::format("{}: {}", path.string(), words));
}

// Closes on every way out.
struct Descriptor {
  int number = -1;
  explicit Descriptor(int opened) : number(opened) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

// Renames and syncs the folder, so that the rename is still there after a power cut.
Result<void> rename_over(const Path& sibling, const Path& path) {
  if (::rename(sibling.c_str(), path.c_str()) != 0) return system_failure("file_unwritable", path);
  const Path folder = path.has_parent_path() ? path.parent_path() : Path(".");
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.number < 0 || ::fsync(directory.number) != 0) {
    return system_failure("file_unwritable", folder);
  }
  return {};
}

}  // namespace

std::optional<FileIdentity> identity_of(const Path& path) {
  struct stat found{};
  if (::stat(path.c_str(), &found) != 0) return std::nullopt;
  return FileIdentity{found.st_dev, found.st_ino};
}

Result<std::string> read_file(const Path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number < 0) return system_failure("file_unreadable", path);
  std::string content;
  std::string block(std::size_t{1} << 16U, '\0');
  for (;;) {
    const ssize_t got = ::read(file.number, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("file_unreadable", path);
    if (got == 0) return content;
    content.append(block, 0, static_cast<std::size_t>(got));
    if (content.size() > limit) return fail(ErrorKind::invalid, "file_too_large", path.string());
  }
}

Result<void> replace_file(const Path& path, std::string_view content, unsigned mode) {
  const Path sibling = path.string() + ".new";
  {
    const Descriptor file(
        ::open(sibling.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t{mode}));
    if (file.number < 0) return system_failure("file_unwritable", sibling);
    if (::fchmod(file.number, mode_t{mode}) != 0) return system_failure("file_unwritable", sibling);
    while (!content.empty()) {
      const ssize_t put = ::write(file.number, content.data(), content.size());
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return system_failure("file_unwritable", sibling);
      content.remove_prefix(static_cast<std::size_t>(put));
    }
    if (::fsync(file.number) != 0) return system_failure("file_unwritable", sibling);
  }
  return rename_over(sibling, path);
}

Result<void> put_in_place(const Path& sibling, const Path& path) {
  {
    const Descriptor file(::open(sibling.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number < 0) return system_failure("file_unreadable", sibling);
    if (::fsync(file.number) != 0) return system_failure("file_unwritable", sibling);
  }
  return rename_over(sibling, path);
}

Result<void> replace_link(const Path& path, const Path& target) {
  const Path sibling = path.string() + ".new";
  ::unlink(sibling.c_str());
  if (::symlink(target.c_str(), sibling.c_str()) != 0) {
    return system_failure("file_unwritable", sibling);
  }
  return rename_over(sibling, path);
}

Result<void> make_folder(const Path& path, unsigned mode) {
  std::error_code error;
  const bool made = std::filesystem::create_directories(path, error);
  if (error)
    return fail(ErrorKind::storage, "folder_unwritable", path.string() + ": " + error.message());
  if (made && ::chmod(path.c_str(), mode_t{mode}) != 0) {
    return system_failure("folder_unwritable", path);
  }
  return {};
}

Result<std::vector<Path>> list_files(const Path& folder, std::string_view ending) {
  std::error_code error;
  std::vector<Path> files;
  for (std::filesystem::directory_iterator each(folder, error), end; !error && each != end;
       each.increment(error)) {
    if (each->is_regular_file() && each->path().string().ends_with(ending)) {
      files.push_back(each->path());
    }
  }
  if (error) {
    return fail(ErrorKind::not_found, "folder_unreadable",
                folder.string() + ": " + error.message());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Result<FileLock> FileLock::take(const Path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return system_failure("file_unwritable", path);
  FileLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorKind::refused, "already_locked", path.string());
  }
  return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace base
