#include "tests/faults/disk.h"

#include <fcntl.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <new>
#include <set>

namespace test {
namespace {

constexpr std::size_t sector = 512;

// What has happened to a file since it was synced.
struct Change {
  std::uint64_t offset = 0;
  std::string bytes;
  bool truncates = false;  // to `offset`
};

void apply(const Change& change, std::string& content) {
  if (change.truncates) {
    content.resize(change.offset);
    return;
  }
  const std::uint64_t end = change.offset + change.bytes.size();
  if (content.size() < end) content.resize(end);
  content.replace(change.offset, change.bytes.size(), change.bytes);
}

std::string sector_of(const std::string& content, std::size_t number) {
  const std::size_t begin = number * sector;
  std::string bytes = begin < content.size() ? content.substr(begin, sector) : std::string();
  bytes.resize(sector);
  return bytes;
}

// How a cut treats what was not synced: one file may lose all, another nothing.
enum class Mood { loses_all, keeps_all, mixes };

Mood draw_mood(base::Chance& chance) {
  switch (chance.below(4)) {
    case 0: return Mood::loses_all;
    case 1: return Mood::keeps_all;
    default: return Mood::mixes;
  }
}

template <typename T>
const T& any_of(const std::vector<T>& all, Mood mood, base::Chance& chance) {
  if (mood == Mood::loses_all) return all.front();
  if (mood == Mood::keeps_all) return all.back();
  return all[chance.below(static_cast<std::uint32_t>(all.size()))];
}

// A sector in all the forms it has had since the file was synced.
using Versions = std::vector<std::string>;

std::string surviving_sector(const Versions& versions, Mood mood, base::Chance& chance) {
  std::string bytes = any_of(versions, mood, chance);
  if (mood != Mood::mixes || chance.below(4) != 0) return bytes;
  const std::string& other = any_of(versions, mood, chance);
  const std::size_t tear = chance.below(sector);
  return bytes.substr(0, tear) + other.substr(tear);
}

}  // namespace

struct Disk::File {
  std::string synced;           // content that is on the disk for certain
  std::vector<Change> pending;  // since then
  bool names_itself = false;    // a fresh log or journal: its first sync syncs the folder as well

  void settle() {
    for (const Change& each : pending) apply(each, synced);
    pending.clear();
  }

  [[nodiscard]] std::string after_cut(base::Chance& chance) const {
    const Mood mood = draw_mood(chance);
    std::string content = synced;
    std::vector<std::size_t> sizes{content.size()};
    std::map<std::size_t, Versions> touched;
    for (const Change& each : pending) {
      const std::uint64_t end = each.truncates ? content.size() : each.offset + each.bytes.size();
      std::set<std::size_t> sectors;
      for (std::size_t at = each.offset / sector; at * sector < end; ++at) sectors.insert(at);
      for (const std::size_t at : sectors) {
        touched.try_emplace(at, Versions{sector_of(content, at)});
      }
      apply(each, content);
      for (const std::size_t at : sectors) touched.at(at).push_back(sector_of(content, at));
      sizes.push_back(content.size());
    }
    content.resize(std::max(content.size(), *std::max_element(sizes.begin(), sizes.end())));
    for (const auto& [at, versions] : touched) {
      const std::string bytes = surviving_sector(versions, mood, chance);
      const std::size_t length =
          std::min(sector, content.size() - std::min(content.size(), at * sector));
      if (length > 0) content.replace(at * sector, length, bytes, 0, length);
    }
    content.resize(any_of(sizes, mood, chance));
    return content;
  }
};

struct Disk::Handle {
  sqlite3_file base;
  Disk* disk;
  File* file;  // nullptr for what SQLite keeps only while it runs

  [[nodiscard]] sqlite3_file* below() {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(this) + sizeof(Handle));
  }
};

// SQLite's calls; a friend of Disk, so that its header needs none of SQLite's types.
struct DiskCalls {
  static Disk::Handle& handle(sqlite3_file* file) { return *reinterpret_cast<Disk::Handle*>(file); }
  static sqlite3_file* below(sqlite3_file* file) { return handle(file).below(); }
  static Disk& disk(sqlite3_vfs* vfs) { return *static_cast<Disk*>(vfs->pAppData); }
  static sqlite3_vfs* below(sqlite3_vfs* vfs) { return disk(vfs).below_; }

  static int close(sqlite3_file* file) {
    const int code = below(file)->pMethods->xClose(below(file));
    file->pMethods = nullptr;
    return code;
  }

  static int read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
    Disk& disk = *handle(file).disk;
    const std::scoped_lock lock(disk.mutex_);
    if (disk.cut_) return SQLITE_IOERR_READ;
    return below(file)->pMethods->xRead(below(file), bytes, size, offset);
  }

  static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    Disk& disk = *handle(file).disk;
    const std::scoped_lock lock(disk.mutex_);
    if (disk.cut_) return SQLITE_IOERR_WRITE;
    if (disk.full_ && grows(file, offset + size)) return SQLITE_FULL;
    if (Disk::File* known = handle(file).file; known != nullptr) {
      known->pending.push_back(
          {.offset = static_cast<std::uint64_t>(offset),
           .bytes = {static_cast<const char*>(bytes), static_cast<std::size_t>(size)},
           .truncates = false});
    }
    if (disk.next_call() == Disk::Fate::refused) return SQLITE_IOERR_WRITE;
    return below(file)->pMethods->xWrite(below(file), bytes, size, offset);
  }

  static bool grows(sqlite3_file* file, sqlite3_int64 end) {
    sqlite3_int64 size = 0;
    return below(file)->pMethods->xFileSize(below(file), &size) != SQLITE_OK || end > size;
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    Disk& disk = *handle(file).disk;
    const std::scoped_lock lock(disk.mutex_);
    if (disk.cut_) return SQLITE_IOERR_TRUNCATE;
    if (Disk::File* known = handle(file).file; known != nullptr) {
      known->pending.push_back(
          {.offset = static_cast<std::uint64_t>(size), .bytes = {}, .truncates = true});
    }
    if (disk.next_call() == Disk::Fate::refused) return SQLITE_IOERR_TRUNCATE;
    return below(file)->pMethods->xTruncate(below(file), size);
  }

  // Nothing is synced below: the cut is ours, and the test is in a hurry.
  static int sync(sqlite3_file* file, int /*flags*/) {
    Disk& disk = *handle(file).disk;
    const std::scoped_lock lock(disk.mutex_);
    if (disk.next_call() == Disk::Fate::refused) return SQLITE_IOERR_FSYNC;
    Disk::File* known = handle(file).file;
    if (disk.liar_ || known == nullptr) return SQLITE_OK;
    known->settle();
    if (std::exchange(known->names_itself, false)) disk.sync_folder();
    return SQLITE_OK;
  }

  static int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return below(file)->pMethods->xFileSize(below(file), size);
  }
  static int lock(sqlite3_file* file, int level) {
    return below(file)->pMethods->xLock(below(file), level);
  }
  static int unlock(sqlite3_file* file, int level) {
    return below(file)->pMethods->xUnlock(below(file), level);
  }
  static int check_lock(sqlite3_file* file, int* held) {
    return below(file)->pMethods->xCheckReservedLock(below(file), held);
  }
  static int control(sqlite3_file* file, int what, void* with) {
    return below(file)->pMethods->xFileControl(below(file), what, with);
  }
  static int sector_size(sqlite3_file* file) {
    return below(file)->pMethods->xSectorSize(below(file));
  }
  static int traits(sqlite3_file* file) {
    return below(file)->pMethods->xDeviceCharacteristics(below(file));
  }
  // The index of the log is memory that processes share; it does not outlive a cut.
  static int map(sqlite3_file* file, int page, int size, int extend, void volatile** where) {
    return below(file)->pMethods->xShmMap(below(file), page, size, extend, where);
  }
  static int lock_map(sqlite3_file* file, int offset, int count, int flags) {
    return below(file)->pMethods->xShmLock(below(file), offset, count, flags);
  }
  static void barrier(sqlite3_file* file) { below(file)->pMethods->xShmBarrier(below(file)); }
  static int unmap(sqlite3_file* file, int remove) {
    return below(file)->pMethods->xShmUnmap(below(file), remove);
  }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* opened) {
    static constexpr int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL |
                                SQLITE_OPEN_SUPER_JOURNAL;
    file->pMethods = nullptr;
    Disk& disk = DiskCalls::disk(vfs);
    const std::scoped_lock lock(disk.mutex_);
    if (disk.cut_) return SQLITE_CANTOPEN;
    const bool tracked = name != nullptr && (flags & kept) != 0;
    std::error_code unknown;
    const bool there = tracked && std::filesystem::exists(name, unknown);
    const bool makes = tracked && !there && (flags & SQLITE_OPEN_CREATE) != 0;
    if (makes && disk.next_call() == Disk::Fate::refused) return SQLITE_CANTOPEN;
    auto* const made = new (file) Disk::Handle{{nullptr}, &disk, nullptr};
    const int code = disk.below_->xOpen(disk.below_, name, made->below(), flags, opened);
    if (code != SQLITE_OK) return code;
    if (tracked) made->file = disk.find_or_note(name, there);
    if (makes) made->file->names_itself = (flags & SQLITE_OPEN_MAIN_DB) == 0;
    file->pMethods = &methods;
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    Disk& disk = DiskCalls::disk(vfs);
    const std::scoped_lock lock(disk.mutex_);
    if (disk.cut_) return SQLITE_IOERR_DELETE;
    disk.folder_.erase(name);
    if (disk.next_call() == Disk::Fate::refused) return SQLITE_IOERR_DELETE;
    if (sync_folder != 0 && !disk.liar_) disk.sync_folder();
    return disk.below_->xDelete(disk.below_, name, 0);
  }

  static int access(sqlite3_vfs* vfs, const char* name, int flags, int* answer) {
    return below(vfs)->xAccess(below(vfs), name, flags, answer);
  }
  static int full_path(sqlite3_vfs* vfs, const char* name, int size, char* path) {
    return below(vfs)->xFullPathname(below(vfs), name, size, path);
  }
  static int randomness(sqlite3_vfs* vfs, int size, char* bytes) {
    return below(vfs)->xRandomness(below(vfs), size, bytes);
  }
  static int sleep(sqlite3_vfs* vfs, int microseconds) {
    return below(vfs)->xSleep(below(vfs), microseconds);
  }
  static int time(sqlite3_vfs* vfs, double* now) {
    return below(vfs)->xCurrentTime(below(vfs), now);
  }
  static int last_error(sqlite3_vfs* vfs, int size, char* words) {
    return below(vfs)->xGetLastError(below(vfs), size, words);
  }
  static int time64(sqlite3_vfs* vfs, sqlite3_int64* now) {
    return below(vfs)->xCurrentTimeInt64(below(vfs), now);
  }

  static const sqlite3_io_methods methods;
};

const sqlite3_io_methods DiskCalls::methods = {
    .iVersion = 2,  // without memory-mapped reads, which nobody would see here
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_lock,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = traits,
    .xShmMap = map,
    .xShmLock = lock_map,
    .xShmBarrier = barrier,
    .xShmUnmap = unmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

Disk::Disk(base::Chance& chance, bool liar)
    : chance_(chance),
      liar_(liar),
      vfs_(std::make_unique<sqlite3_vfs>()),
      below_(sqlite3_vfs_find("unix")) {
  *vfs_ = sqlite3_vfs{};
  vfs_->iVersion = 2;
  vfs_->szOsFile = static_cast<int>(sizeof(Handle)) + below_->szOsFile;
  vfs_->mxPathname = below_->mxPathname;
  vfs_->zName = "kiosk-faulty-disk";
  vfs_->pAppData = this;
  vfs_->xOpen = DiskCalls::open;
  vfs_->xDelete = DiskCalls::remove;
  vfs_->xAccess = DiskCalls::access;
  vfs_->xFullPathname = DiskCalls::full_path;
  vfs_->xRandomness = DiskCalls::randomness;
  vfs_->xSleep = DiskCalls::sleep;
  vfs_->xCurrentTime = DiskCalls::time;
  vfs_->xGetLastError = DiskCalls::last_error;
  vfs_->xCurrentTimeInt64 = DiskCalls::time64;
  if (sqlite3_vfs_register(vfs_.get(), 1) != SQLITE_OK) std::abort();
}

Disk::~Disk() {
  sqlite3_vfs_unregister(vfs_.get());
  sqlite3_vfs_register(below_, 1);
}

bool Disk::cut() {
  const std::scoped_lock lock(mutex_);
  return cut_;
}

void Disk::cut_in(std::uint64_t calls) {
  const std::scoped_lock lock(mutex_);
  cut_at_ = calls_ + calls;
}

void Disk::set_full(bool full) {
  const std::scoped_lock lock(mutex_);
  full_ = full;
}

Disk::Fate Disk::next_call() {
  if (++calls_ == cut_at_) cut_ = true;
  return cut_ ? Fate::refused : Fate::happens;
}

Disk::File* Disk::find_or_note(const std::string& name, bool there) {
  const auto known = folder_.find(name);
  if (known != folder_.end()) return known->second;
  files_.push_back(std::make_unique<File>());
  File* const file = files_.back().get();
  folder_[name] = file;
  if (!there) return file;
  // From before our time: it is on the disk as it is.
  if (auto content = base::read_file(name, SIZE_MAX)) file->synced = *std::move(content);
  folder_synced_[name] = file;
  return file;
}

void Disk::leave(const base::Path& folder) {
  const std::scoped_lock lock(mutex_);
  std::set<std::string> names;
  for (const auto& [name, file] : folder_) names.insert(name);
  for (const auto& [name, file] : folder_synced_) names.insert(name);
  for (const std::string& name : names) {
    const auto seen = folder_.find(name);
    const auto certain = folder_synced_.find(name);
    std::vector<const File*> either{certain == folder_synced_.end() ? nullptr : certain->second,
                                    seen == folder_.end() ? nullptr : seen->second};
    const File* const survivor = any_of(either, draw_mood(chance_), chance_);
    if (survivor == nullptr) continue;
    const base::Path path = folder / base::Path(name).filename();
    std::ofstream(path, std::ios::binary) << survivor->after_cut(chance_);
  }
}

}  // namespace test
