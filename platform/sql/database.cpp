#include "platform/sql/database.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace sql {
namespace {

// More than any program of ours has; a text beyond them is prepared anew.
constexpr std::size_t most_idle = 128;
constexpr int patience_ms = 5000;  // with other writers

using base::ErrorKind;
using base::fail;

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

base::Result<void> checked(sqlite3_stmt* statement, int code) {
  if (code != SQLITE_OK) return failure(sqlite3_db_handle(statement));
  return {};
}

}  // namespace

// An open file, and the statements that nobody is using just now. Of a text that is in use more
// than once at a time, one statement is kept.
class Connection {
 public:
  explicit Connection(sqlite3* handle) : handle_(handle) {}
  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

  // Why SQLite ended a transaction by itself, as it may on a full disk or a failing one
  // (sqlite.org/lang_transaction.html). Until its owner rolls back, what still belongs to it fails
  // for the same reason: a savepoint would otherwise become a transaction of its own.
  std::optional<base::Error> ended_by;

  base::Result<sqlite3_stmt*> take(std::string_view text) {
    const auto found = find(text);
    if (found == idle_.end()) return prepare(text);
    sqlite3_stmt* statement = found->statement.release();
    idle_.erase(found);
    return statement;
  }

  // Resetting ends what it was reading, so that no lock stays.
  void give_back(sqlite3_stmt* statement) {
    Idle idle{sqlite3_sql(statement), Owned(statement)};
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (find(idle.text) != idle_.end()) return;
    if (idle_.size() == most_idle) idle_.erase(idle_.begin());
    idle_.push_back(std::move(idle));
  }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Owned = std::unique_ptr<sqlite3_stmt, Finalize>;
  struct Idle {
    std::string_view text;  // of the statement, which owns it
    Owned statement;
  };

  std::vector<Idle>::iterator find(std::string_view text) {
    return std::find_if(idle_.begin(), idle_.end(),
                        [text](const Idle& each) { return each.text == text; });
  }

  base::Result<sqlite3_stmt*> prepare(std::string_view text) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle(), text.data(), static_cast<int>(text.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return failure(handle());
    return statement;
  }

  std::unique_ptr<sqlite3, Close> handle_;
  std::vector<Idle> idle_;  // by last use
};

void Statement::GiveBack::operator()(sqlite3_stmt* statement) const {
  connection->give_back(statement);
}

// The last step's error, which sqlite3_reset() repeats, has been reported by step().
void Statement::reset() {
  sqlite3_reset(statement_.get());
}

base::Result<bool> Statement::step() {
  Connection& connection = *statement_.get_deleter().connection;
  if (connection.ended_by) {
    auto error = tl::unexpected(*connection.ended_by);
    if (sqlite3_sql(statement_.get()) == std::string_view("ROLLBACK")) connection.ended_by.reset();
    return error;
  }
  const bool inside = sqlite3_get_autocommit(connection.handle()) == 0;
  switch (sqlite3_step(statement_.get())) {
    case SQLITE_ROW: return true;
    case SQLITE_DONE: return false;
    default: break;
  }
  auto error = failure(connection.handle());
  const bool ended = inside && sqlite3_get_autocommit(connection.handle()) != 0;
  if (ended) connection.ended_by = error.value();
  return error;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::string_view Statement::blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  if (bytes == nullptr) return {};
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::optional<std::string> Statement::optional_string(int column) const {
  if (is_null(column)) return std::nullopt;
  return string(column);
}

base::Result<void> Statement::bind(int index, std::string_view value) {
  return checked(statement_.get(),
                 sqlite3_bind_text64(statement_.get(), index, value.data() ? value.data() : "",
                                     value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

base::Result<void> Statement::bind_blob(int index, std::string_view value) {
  return checked(statement_.get(),
                 sqlite3_bind_blob64(statement_.get(), index, value.data() ? value.data() : "",
                                     value.size(), SQLITE_TRANSIENT));
}

base::Result<void> Statement::bind(int index, std::int64_t value) {
  return checked(statement_.get(), sqlite3_bind_int64(statement_.get(), index, value));
}

base::Result<void> Statement::bind(int index, double value) {
  return checked(statement_.get(), sqlite3_bind_double(statement_.get(), index, value));
}

base::Result<void> Statement::bind(int index, Null) {
  return checked(statement_.get(), sqlite3_bind_null(statement_.get(), index));
}

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

base::Result<Database> Database::open(const base::Path& path, Access access) {
  sqlite3* raw = nullptr;
  const int flags = access == Access::read_only ? SQLITE_OPEN_READONLY
                                                : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(std::make_unique<Connection>(raw));
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

base::Result<void> Database::execute(std::string_view statements) {
  const std::string text(statements);
  sqlite3* handle = connection_->handle();
  if (sqlite3_exec(handle, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return failure(handle);
  }
  return {};
}

base::Result<Statement> Database::prepare(std::string_view statement) {
  return Statement(TRY(connection_->take(statement)), *connection_);
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(connection_->handle());
}

std::int64_t Database::total_changes() const {
  return sqlite3_total_changes64(connection_->handle());
}

base::Result<void> Database::migrate(std::span<const Migration> migrations) {
  const auto present = TRY(integer("PRAGMA user_version")).value_or(0);
  if (!migrations.empty() && present > migrations.back().version) {
    return fail(
        ErrorKind::refused, "newer_database",
        fmt::format("database version {}, program knows {}", present, migrations.back().version));
  }
  for (const Migration& each : migrations) {
    if (each.version <= present) continue;
    TRY(transaction([&]() -> Result<void> {
      // Looked at again inside: another process may have opened the file at the same moment.
      if (TRY(integer("PRAGMA user_version")).value_or(0) >= each.version) return {};
      TRY(execute(each.statements));
      return execute(fmt::format("PRAGMA user_version={}", each.version));
    }));
  }
  return {};
}

base::Result<std::int64_t> Database::data_version() {
  return TRY(integer("PRAGMA data_version")).value_or(0);
}

base::Result<void> Database::empty_log() {
  sqlite3_busy_timeout(connection_->handle(), 0);
  auto busy = integer("PRAGMA wal_checkpoint(TRUNCATE)");
  sqlite3_busy_timeout(connection_->handle(), patience_ms);
  if (TRY(std::move(busy)).value_or(0) != 0)
    return fail(ErrorKind::storage, "busy", "the log is in use");
  return {};
}

}  // namespace sql
