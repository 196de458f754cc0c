// A file as memory, read-only. For files that are replaced by rename and never written to: one that
// is cut short while mapped ends the program (SIGBUS).
#pragma once

#include <string_view>

#include "platform/base/file.h"
#include "platform/base/result.h"

namespace base {

class MappedFile {
 public:
  // not_found or storage ("file_unreadable"). An empty file is mapped as "".
  static Result<MappedFile> open(const Path& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  // Stays where it is when the object is moved.
  [[nodiscard]] std::string_view bytes() const { return {begin_, size_}; }
  // Gives the memory of a part of bytes() back; reading it again fetches it from the file, which
  // costs little while the system still has it cached.
  void release(std::string_view part) const;

 private:
  MappedFile(char* begin, std::size_t size) : begin_(begin), size_(size) {}

  char* begin_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace base
