#include "platform/base/mapped_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

namespace base {
namespace {

tl::unexpected<Error> unreadable(const Path& path) {
  const std::string words = std::generic_category().message(errno);
  const ErrorKind kind = errno == ENOENT ? ErrorKind::not_found : ErrorKind::storage;
  return fail(kind, "file_unreadable", fmt::format("{}: {}", path.string(), words));
}

}  // namespace

Result<MappedFile> MappedFile::open(const Path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return unreadable(path);
  struct stat facts{};
  const bool known = ::fstat(descriptor, &facts) == 0;
  const auto size = known ? static_cast<std::size_t>(facts.st_size) : 0;
  void* begin =
      known && size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0) : nullptr;
  const auto failure = unreadable(path);
  ::close(descriptor);
  if (!known || begin == MAP_FAILED) return failure;
  // Only what is read takes memory, not two megabytes around it.
  if (begin != nullptr) ::madvise(begin, size, MADV_NOHUGEPAGE);
  return MappedFile(static_cast<char*>(begin), size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : begin_(std::exchange(other.begin_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(begin_, other.begin_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (begin_ != nullptr) ::munmap(begin_, size_);
}

void MappedFile::release(std::string_view part) const {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(part.data()) & ~(page - 1);
  const auto end = reinterpret_cast<std::uintptr_t>(part.data()) + part.size();
  // Only advice: a refusal costs memory, nothing else.
  if (part.data() != nullptr) {
    ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
  }
}

}  // namespace base
