// A disk that fails as it is told: an SQLite VFS over the system's own, under every file that
// SQLite opens while it exists. Knows no table. Reading what is written works as ever, so that a
// program notices nothing before the fault.
//
// Power: what was written and not synced is kept apart. When the power is cut, each sector of it is
// on the disk as it was before, as any of the writes since has left it, or torn between two of
// them; a file may be as long as at any of these moments; a name whose folder was not synced may be
// there or not. Written bytes change no others beside them (SQLITE_IOCAP_POWERSAFE_OVERWRITE, what
// SQLite takes for granted). After the cut every call fails.
//
// Space: once the files together would be larger than a limit, a write that makes one longer is
// refused as a full disk refuses it (SQLITE_FULL).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "platform/base/file.h"
#include "platform/base/ids.h"

struct sqlite3_vfs;

namespace test {

// One at a time in a process; whatever SQLite has open must be closed before it goes.
class Disk {
 public:
  // A liar says that it has synced, and has not.
  explicit Disk(base::Chance& chance, bool liar = false);
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  ~Disk();

  // Of the calls that change something or sync it, the `calls`-th from now does not come back.
  void cut_in(std::uint64_t calls);
  [[nodiscard]] bool cut();
  // No file may grow any more, from now on; or all may again.
  void set_full(bool full);

  // After the cut: puts what has survived of SQLite's files into `folder`.
  void leave(const base::Path& folder);

  struct File;    // disk.cpp
  struct Handle;  // disk.cpp: SQLite's open file

 private:
  friend struct DiskCalls;

  enum class Fate { happens, refused };
  Fate next_call();
  void sync_folder() { folder_synced_ = folder_; }
  File* find_or_note(const std::string& name, bool there);

  base::Chance& chance_;
  bool liar_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  sqlite3_vfs* below_;
  std::mutex mutex_;  // guards what follows
  std::uint64_t calls_ = 0;
  std::uint64_t cut_at_ = 0;  // 0: never
  bool cut_ = false;
  bool full_ = false;
  std::vector<std::unique_ptr<File>> files_;
  std::map<std::string, File*> folder_;         // by path, as the programs see it
  std::map<std::string, File*> folder_synced_;  // as the disk has it for certain
};

}  // namespace test
