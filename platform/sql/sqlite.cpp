// SQLite as an engine of Database.
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cerrno>

#include "platform/sql/connection.h"

namespace sql {
namespace {

constexpr int patience_ms = 5000;  // with other writers

using base::ErrorKind;
using base::fail;
using base::Result;

// No room on the disk, by SQLite's own account or by the system's.
bool is_full(sqlite3* handle) {
  const int code = sqlite3_errcode(handle);
  const int reason = sqlite3_system_errno(handle);
  const bool failed_outside = code == SQLITE_IOERR || code == SQLITE_CANTOPEN;
  return code == SQLITE_FULL || (failed_outside && (reason == ENOSPC || reason == EDQUOT));
}

tl::unexpected<base::Error> failure(sqlite3* handle) {
  const bool constraint = sqlite3_errcode(handle) == SQLITE_CONSTRAINT;
  const char* code = constraint ? "constraint" : is_full(handle) ? "storage_full" : "database";
  return fail(ErrorKind::storage, code, sqlite3_errmsg(handle));
}

class SqlitePrepared final : public Prepared {
 public:
  // `ended_by` is its connection's.
  SqlitePrepared(sqlite3_stmt* statement, std::optional<base::Error>& ended_by)
      : statement_(statement), ended_by_(ended_by) {}

  [[nodiscard]] std::string_view words() const override { return sqlite3_sql(handle()); }

  Result<bool> step() override {
    if (ended_by_) {
      auto error = tl::unexpected(*ended_by_);
      if (words() == "ROLLBACK") ended_by_.reset();
      return error;
    }
    sqlite3* const connection = sqlite3_db_handle(handle());
    const bool inside = sqlite3_get_autocommit(connection) == 0;
    switch (sqlite3_step(handle())) {
      case SQLITE_ROW: return true;
      case SQLITE_DONE: return false;
      default: break;
    }
    auto error = failure(connection);
    if (inside && sqlite3_get_autocommit(connection) != 0) ended_by_ = error.value();
    return error;
  }
  // The last step's error, which sqlite3_reset() repeats, has been reported by step().
  void reset() override { sqlite3_reset(handle()); }
  void forget() override { sqlite3_clear_bindings(handle()); }

  Result<void> bind(int index, std::string_view value) override {
    return checked(sqlite3_bind_text64(handle(), index, value.data() ? value.data() : "",
                                       value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  Result<void> bind(int index, std::int64_t value) override {
    return checked(sqlite3_bind_int64(handle(), index, value));
  }
  Result<void> bind(int index, double value) override {
    return checked(sqlite3_bind_double(handle(), index, value));
  }
  Result<void> bind(int index, Null /*null*/) override {
    return checked(sqlite3_bind_null(handle(), index));
  }
  Result<void> bind_blob(int index, std::string_view value) override {
    return checked(sqlite3_bind_blob64(handle(), index, value.data() ? value.data() : "",
                                       value.size(), SQLITE_TRANSIENT));
  }

  [[nodiscard]] std::int64_t integer(int column) const override {
    return sqlite3_column_int64(handle(), column);
  }
  [[nodiscard]] double real(int column) const override {
    return sqlite3_column_double(handle(), column);
  }
  [[nodiscard]] std::string_view text(int column) const override {
    return bytes(sqlite3_column_text(handle(), column), column);
  }
  [[nodiscard]] std::string_view blob(int column) const override {
    return bytes(sqlite3_column_blob(handle(), column), column);
  }
  [[nodiscard]] bool is_null(int column) const override {
    return sqlite3_column_type(handle(), column) == SQLITE_NULL;
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  [[nodiscard]] sqlite3_stmt* handle() const { return statement_.get(); }
  [[nodiscard]] std::string_view bytes(const void* begin, int column) const {
    if (begin == nullptr) return {};
    const int size = sqlite3_column_bytes(handle(), column);
    return {static_cast<const char*>(begin), static_cast<std::size_t>(size)};
  }
  Result<void> checked(int code) {
    if (code != SQLITE_OK) return failure(sqlite3_db_handle(handle()));
    return {};
  }

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::optional<base::Error>& ended_by_;
};

class SqliteConnection final : public Connection {
 public:
  explicit SqliteConnection(sqlite3* handle) : handle_(handle) {}
  ~SqliteConnection() override { drop_idle(); }

  Result<void> execute(std::string_view statements) override {
    const std::string text(statements);
    if (sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      return failure(handle_.get());
    }
    return {};
  }
  Result<void> begin() override { return run("BEGIN IMMEDIATE"); }
  Result<void> commit() override { return run("COMMIT"); }
  [[nodiscard]] std::int64_t changes() const override { return sqlite3_changes64(handle_.get()); }
  [[nodiscard]] std::int64_t total_changes() const override {
    return sqlite3_total_changes64(handle_.get());
  }
  Result<std::int64_t> data_version() override { return integer("PRAGMA data_version"); }

  Result<void> empty_log() override {
    sqlite3_busy_timeout(handle_.get(), 0);
    const auto busy = integer("PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_busy_timeout(handle_.get(), patience_ms);
    if (TRY(busy) != 0) return fail(ErrorKind::storage, "busy", "the log is in use");
    return {};
  }

  Result<std::int64_t> schema_version() override { return integer("PRAGMA user_version"); }
  Result<std::int64_t> lock_schema_version() override { return schema_version(); }
  Result<void> apply(const Migration& migration) override {
    TRY(execute(migration.statements));
    return execute(fmt::format("PRAGMA user_version={}", migration.version));
  }

 protected:
  Result<std::unique_ptr<Prepared>> prepare(std::string_view words) override {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), words.data(), static_cast<int>(words.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return failure(handle_.get());
    return std::make_unique<SqlitePrepared>(statement, ended_by_);
  }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };

  Result<void> run(std::string_view words) {
    std::unique_ptr<Prepared> prepared = TRY(take(words));
    const auto stepped = prepared->step();
    give_back(std::move(prepared));
    TRY(stepped);
    return {};
  }
  Result<std::int64_t> integer(std::string_view words) {
    std::unique_ptr<Prepared> prepared = TRY(take(words));
    const auto stepped = prepared->step();
    const std::int64_t value = stepped && *stepped ? prepared->integer(0) : 0;
    give_back(std::move(prepared));
    TRY(stepped);
    return value;
  }

  std::unique_ptr<sqlite3, Close> handle_;
  // Why SQLite ended a transaction by itself, as it may on a full disk or a failing one
  // (sqlite.org/lang_transaction.html). Until its owner rolls back, what still belongs to it fails
  // for the same reason: a savepoint would otherwise become a transaction of its own.
  std::optional<base::Error> ended_by_;
};

}  // namespace

base::Result<Database> Database::open(const base::Path& path, Access access) {
  sqlite3* raw = nullptr;
  const int flags = access == Access::read_only ? SQLITE_OPEN_READONLY
                                                : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(std::make_unique<SqliteConnection>(raw));
  if (code != SQLITE_OK) {
    const std::string words = raw != nullptr ? sqlite3_errmsg(raw) : sqlite3_errstr(code);
    return fail(ErrorKind::storage, "database", path.string() + ": " + words);
  }
  sqlite3_extended_result_codes(raw, 0);
  sqlite3_busy_timeout(raw, patience_ms);
  TRY(database.execute("PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF"));
  if (access == Access::read_write) {
    ::chmod(path.c_str(), 0600);
    TRY(database.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"));
  }
  return database;
}

}  // namespace sql
