// A relational database behind one face: open, statements with bound parameters, transactions,
// migrations. Knows no table and not which engine stands behind it (connection.h): open() here is
// SQLite, postgres.h opens PostgreSQL. A Database belongs to one thread at a time; every thread
// opens its own.
//
// Errors are ErrorKind::storage with the engine's words and one of these codes:
//   constraint   a constraint refused, or a value does not fit its column
//   retry        the whole transaction may be tried again (PostgreSQL's 40001 and 40P01)
//   connection   the server is gone; this Database is of no use any more
//   storage_full the disk has no room
//   database     anything else
// A transaction that SQLite ended by itself fails at every further statement, up to its ROLLBACK.
//
// A statement is prepared once for each text: what is done with goes back to its Database, emptied
// of its values, and is handed out to the next who asks for the same words. So texts are constants
// with parameters, and a pragma that sets something goes through execute(): SQLite may run it while
// preparing (sqlite.org/pragma.html).
//
// Texts that both engines run keep to what they share: parameters "?" and "?N"; no scalar MAX(a,
// b); in ON CONFLICT … DO UPDATE the old row's columns with the table's name in front; no
// arithmetic with truth values. Schemas are written for SQLite; PostgreSQL reads INTEGER as BIGINT
// and no STRICT, WITHOUT ROWID.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "platform/base/file.h"
#include "platform/base/result.h"

namespace sql {

struct Null {};
class Connection;  // connection.h
class Prepared;

// A prepared statement; step() until it says false. Columns and parameters as in SQL text:
// columns count from 0; parameters are given in order to Database::query. Does not outlive its
// Database.
class Statement {
 public:
  template <typename T>
  using Result = base::Result<T>;

  // True when a row is there to be read.
  Result<bool> step();
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  // Valid until the next step().
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string_view blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
  [[nodiscard]] std::optional<std::string> optional_string(int column) const;

 private:
  friend class Database;
  struct GiveBack {
    Connection* connection;
    void operator()(Prepared* prepared) const;
  };
  Statement(std::unique_ptr<Prepared> prepared, Connection& connection);
  void reset();
  Result<void> bind(int index, std::string_view value);
  Result<void> bind(int index, std::int64_t value);
  Result<void> bind(int index, double value);
  Result<void> bind(int index, Null);
  Result<void> bind_blob(int index, std::string_view value);

  std::unique_ptr<Prepared, GiveBack> prepared_;
};

// Bytes, as opposed to text.
struct Blob {
  std::string_view bytes;
};

enum class Access { read_write, read_only };

struct Migration {
  int version;  // 1, 2, 3 … without gaps, never edited after release
  std::string_view statements;
};

class Database {
 public:
  template <typename T>
  using Result = base::Result<T>;

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // SQLite. read_write creates the file (mode 0600), switches to WAL, synchronous=FULL, foreign
  // keys on, waits up to 5 s for another writer. ":memory:" works.
  static Result<Database> open(const base::Path& path, Access access = Access::read_write);
  explicit Database(std::unique_ptr<Connection> connection);

  // Statements without parameters and rows, several allowed: schema and pragmas.
  Result<void> execute(std::string_view statements);

  // Prepares and binds; values may be integers, bool, double, text, Blob, Null and optionals.
  template <typename... Values>
  Result<Statement> query(std::string_view statement, const Values&... values) {
    Statement prepared = TRY(prepare(statement));
    TRY(rebind(prepared, values...));
    return prepared;
  }

  // Gives a prepared statement new values, to be stepped again: for many rows of one kind.
  template <typename... Values>
  Result<void> rebind(Statement& prepared, const Values&... values) {
    prepared.reset();
    int index = 0;
    Result<void> bound;
    ((bound = bound ? bind_value(prepared, ++index, values) : std::move(bound)), ...);
    return bound;
  }

  // Runs a statement to its end; says how many rows it changed.
  template <typename... Values>
  Result<std::int64_t> run(std::string_view statement, const Values&... values) {
    Statement prepared = TRY(query(statement, values...));
    while (TRY(prepared.step())) {
    }
    return changes();
  }

  // The one integer a query gives; nothing when it gives no row or NULL.
  template <typename... Values>
  Result<std::optional<std::int64_t>> integer(std::string_view statement, const Values&... values) {
    Statement prepared = TRY(query(statement, values...));
    if (!TRY(prepared.step()) || prepared.is_null(0)) return std::optional<std::int64_t>{};
    return std::optional<std::int64_t>{prepared.integer(0)};
  }

  // BEGIN, then `work` (returns Result<T>), then COMMIT; an error rolls back. On SQLite nobody
  // else writes meanwhile.
  template <typename Work>
  auto transaction(Work work) -> std::invoke_result_t<Work> {
    TRY(begin());
    auto outcome = work();
    if (outcome) {
      if (auto committed = commit(); !committed) {
        outcome = tl::unexpected<base::Error>(std::move(committed).error());
      }
    }
    if (!outcome) [[maybe_unused]]
      const auto undone = run("ROLLBACK");
    return outcome;
  }

  // Brings the schema up to the last migration, each in a transaction of its own; which one it is
  // stands in PRAGMA user_version or in the table schema_version. refused ("newer_database") when
  // it was written by a later release.
  Result<void> migrate(std::span<const Migration> migrations);

  // Rows this connection has written since it was opened.
  [[nodiscard]] std::int64_t total_changes() const;

  // Changes when another connection has committed (PRAGMA data_version). SQLite only.
  Result<std::int64_t> data_version();

  // Takes what was deleted out of the files. Outside of transactions. On SQLite the write-ahead log
  // is brought into the database file and cut to nothing (with PRAGMA secure_delete); waits for
  // nobody: storage ("busy") when somebody still needs the log. On PostgreSQL dead rows are
  // vacuumed; its write-ahead log is the server's to recycle.
  Result<void> empty_log();

 private:
  Result<Statement> prepare(std::string_view statement);
  Result<void> begin();
  Result<void> commit();
  [[nodiscard]] std::int64_t changes() const;

  template <typename Value>
  static Result<void> bind_value(Statement& statement, int index, const Value& value) {
    if constexpr (std::is_same_v<Value, Null>) {
      return statement.bind(index, value);
    } else if constexpr (std::is_same_v<Value, Blob>) {
      return statement.bind_blob(index, value.bytes);
    } else if constexpr (std::is_integral_v<Value>) {
      return statement.bind(index, static_cast<std::int64_t>(value));
    } else if constexpr (std::is_floating_point_v<Value>) {
      return statement.bind(index, static_cast<double>(value));
    } else if constexpr (std::is_convertible_v<const Value&, std::string_view>) {
      return statement.bind(index, std::string_view(value));
    } else {
      return value ? bind_value(statement, index, *value) : statement.bind(index, Null{});
    }
  }

  std::unique_ptr<Connection> connection_;
};

}  // namespace sql
