#include "platform/sql/backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <memory>
#include <string>

namespace sql {
namespace {

using base::ErrorKind;
using base::fail;
using base::Path;
using base::Result;

constexpr int pages_a_step = 1000;  // 4 MB: between two steps somebody may say stop
constexpr int patience_ms = 5000;   // with whoever changes the whole file at this moment

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

tl::unexpected<base::Error> failure(sqlite3* handle, const Path& file) {
  const int code = sqlite3_errcode(handle);
  const std::string words = fmt::format("{}: {}", file.string(), sqlite3_errmsg(handle));
  if (code == SQLITE_NOTADB) return fail(ErrorKind::invalid, "no_database", words);
  if (code == SQLITE_CORRUPT) return fail(ErrorKind::invalid, "damaged", words);
  return fail(ErrorKind::storage, "database", words);
}

Result<Handle> open_file(const Path& file, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Handle handle(raw);
  if (code != SQLITE_OK) return failure(raw, file);
  sqlite3_busy_timeout(raw, patience_ms);
  return handle;
}

Result<void> execute(sqlite3* handle, const Path& file, const char* statements) {
  if (sqlite3_exec(handle, statements, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return failure(handle, file);
  }
  return {};
}

// Inside one reading transaction of `from`, so that writers do not make it begin again.
Result<void> copy_pages(sqlite3* from, sqlite3* to, const Path& file, const Progress& progress) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == nullptr) return failure(to, file);
  int code = SQLITE_OK;
  bool go_on = true;
  while (code == SQLITE_OK && go_on) {
    code = sqlite3_backup_step(backup, pages_a_step);
    const std::int64_t all = sqlite3_backup_pagecount(backup);
    if (progress) go_on = progress(all - sqlite3_backup_remaining(backup), all);
  }
  sqlite3_backup_finish(backup);
  if (code == SQLITE_DONE) return {};
  if (code == SQLITE_OK) return fail(ErrorKind::refused, "stopped", file.string());
  return failure(to, file);
}

// With a mode of its own from the first byte on.
Result<void> make_empty(const Path& file) {
  ::unlink(file.c_str());
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return fail(ErrorKind::storage, "file_unwritable",
                fmt::format("{} cannot be written", file.string()));
  }
  ::close(descriptor);
  return {};
}

Result<void> write_copy(const Path& from, const Path& sibling, const Progress& progress) {
  const Handle source = TRY(open_file(from, SQLITE_OPEN_READONLY));
  TRY(execute(source.get(), from, "BEGIN; SELECT count(*) FROM sqlite_schema"));
  TRY(make_empty(sibling));
  const Handle copy = TRY(open_file(sibling, SQLITE_OPEN_READWRITE));
  // Nobody reads it before it is whole and synced: neither journal nor sync on the way.
  TRY(execute(copy.get(), sibling, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF"));
  TRY(copy_pages(source.get(), copy.get(), sibling, progress));
  // The copy says that it has a write-ahead log, as its original does; it has none.
  return execute(copy.get(), sibling, "PRAGMA journal_mode=DELETE");
}

}  // namespace

Result<void> copy_database(const Path& from, const Path& to, const Progress& progress) {
  if (!base::identity_of(from)) {
    return fail(ErrorKind::not_found, "no_file", fmt::format("{} is not there", from.string()));
  }
  const Path sibling = to.string() + ".new";
  Result<void> copied = write_copy(from, sibling, progress);
  if (copied) copied = check_database(sibling);
  if (copied) copied = base::put_in_place(sibling, to);
  if (!copied) ::unlink(sibling.c_str());
  return copied;
}

Result<void> check_database(const Path& file) {
  const Handle handle = TRY(open_file(file, SQLITE_OPEN_READONLY));
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(handle.get(), "PRAGMA integrity_check(1)", -1, &raw, nullptr) !=
      SQLITE_OK) {
    return failure(handle.get(), file);
  }
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, sqlite3_finalize);
  if (sqlite3_step(raw) != SQLITE_ROW) return failure(handle.get(), file);
  const std::string verdict = reinterpret_cast<const char*>(sqlite3_column_text(raw, 0));
  if (verdict == "ok") return {};
  return fail(ErrorKind::invalid, "damaged", fmt::format("{}: {}", file.string(), verdict));
}

}  // namespace sql
