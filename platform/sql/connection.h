// What an engine gives for Database and Statement to stand on. Only the engines' own files
// (sqlite.cpp, postgres.cpp) and database.cpp read this.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "platform/sql/database.h"

namespace sql {

// A prepared statement with its values and its present row; columns count from 0, parameters
// from 1.
class Prepared {
 public:
  template <typename T>
  using Result = base::Result<T>;

  Prepared() = default;
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;
  virtual ~Prepared() = default;

  // Its own words, as they were asked for.
  [[nodiscard]] virtual std::string_view words() const = 0;
  virtual Result<bool> step() = 0;
  // Ends reading; no lock stays. The values stay, until forget().
  virtual void reset() = 0;
  virtual void forget() = 0;

  virtual Result<void> bind(int index, std::string_view value) = 0;
  virtual Result<void> bind(int index, std::int64_t value) = 0;
  virtual Result<void> bind(int index, double value) = 0;
  virtual Result<void> bind(int index, Null null) = 0;
  virtual Result<void> bind_blob(int index, std::string_view value) = 0;

  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual double real(int column) const = 0;
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  [[nodiscard]] virtual std::string_view blob(int column) const = 0;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
};

// An open database, and the statements that nobody is using just now. Of a text that is in use more
// than once at a time, one statement is kept. An engine's destructor calls drop_idle() first: its
// statements need their connection.
class Connection {
 public:
  template <typename T>
  using Result = base::Result<T>;

  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  Result<std::unique_ptr<Prepared>> take(std::string_view words);
  void give_back(std::unique_ptr<Prepared> prepared);

  virtual Result<void> execute(std::string_view statements) = 0;
  virtual Result<void> begin() = 0;
  virtual Result<void> commit() = 0;
  // Of the last statement that was run.
  [[nodiscard]] virtual std::int64_t changes() const = 0;
  [[nodiscard]] virtual std::int64_t total_changes() const = 0;
  virtual Result<std::int64_t> data_version() = 0;
  virtual Result<void> empty_log() = 0;

  // Outside a transaction; makes whatever it needs to remember the version.
  virtual Result<std::int64_t> schema_version() = 0;
  // Inside a transaction: the version, which nobody else changes before its end.
  virtual Result<std::int64_t> lock_schema_version() = 0;
  virtual Result<void> apply(const Migration& migration) = 0;

 protected:
  virtual Result<std::unique_ptr<Prepared>> prepare(std::string_view words) = 0;
  void drop_idle() { idle_.clear(); }

 private:
  std::vector<std::unique_ptr<Prepared>>::iterator find(std::string_view words);

  std::vector<std::unique_ptr<Prepared>> idle_;  // by last use
};

}  // namespace sql
