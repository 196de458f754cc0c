#include "platform/sql/database.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/sql/connection.h"

namespace sql {
namespace {

// More than any program of ours has; a text beyond them is prepared anew.
constexpr std::size_t most_idle = 192;

using base::ErrorKind;
using base::fail;

}  // namespace

std::vector<std::unique_ptr<Prepared>>::iterator Connection::find(std::string_view words) {
  return std::find_if(idle_.begin(), idle_.end(),
                      [words](const auto& each) { return each->words() == words; });
}

base::Result<std::unique_ptr<Prepared>> Connection::take(std::string_view words) {
  const auto found = find(words);
  if (found == idle_.end()) return prepare(words);
  std::unique_ptr<Prepared> prepared = std::move(*found);
  idle_.erase(found);
  return prepared;
}

void Connection::give_back(std::unique_ptr<Prepared> prepared) {
  prepared->reset();
  prepared->forget();
  if (find(prepared->words()) != idle_.end()) return;
  if (idle_.size() == most_idle) idle_.erase(idle_.begin());
  idle_.push_back(std::move(prepared));
}

Statement::Statement(std::unique_ptr<Prepared> prepared, Connection& connection)
    : prepared_(prepared.release(), GiveBack{&connection}) {}

void Statement::GiveBack::operator()(Prepared* prepared) const {
  connection->give_back(std::unique_ptr<Prepared>(prepared));
}

void Statement::reset() {
  prepared_->reset();
}

base::Result<bool> Statement::step() {
  return prepared_->step();
}

std::int64_t Statement::integer(int column) const {
  return prepared_->integer(column);
}

double Statement::real(int column) const {
  return prepared_->real(column);
}

std::string_view Statement::text(int column) const {
  return prepared_->text(column);
}

std::string_view Statement::blob(int column) const {
  return prepared_->blob(column);
}

bool Statement::is_null(int column) const {
  return prepared_->is_null(column);
}

std::optional<std::string> Statement::optional_string(int column) const {
  if (is_null(column)) return std::nullopt;
  return string(column);
}

base::Result<void> Statement::bind(int index, std::string_view value) {
  return prepared_->bind(index, value);
}

base::Result<void> Statement::bind_blob(int index, std::string_view value) {
  return prepared_->bind_blob(index, value);
}

base::Result<void> Statement::bind(int index, std::int64_t value) {
  return prepared_->bind(index, value);
}

base::Result<void> Statement::bind(int index, double value) {
  return prepared_->bind(index, value);
}

base::Result<void> Statement::bind(int index, Null null) {
  return prepared_->bind(index, null);
}

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

base::Result<void> Database::execute(std::string_view statements) {
  return connection_->execute(statements);
}

base::Result<Statement> Database::prepare(std::string_view statement) {
  return Statement(TRY(connection_->take(statement)), *connection_);
}

base::Result<void> Database::begin() {
  return connection_->begin();
}

base::Result<void> Database::commit() {
  return connection_->commit();
}

std::int64_t Database::changes() const {
  return connection_->changes();
}

std::int64_t Database::total_changes() const {
  return connection_->total_changes();
}

base::Result<std::int64_t> Database::data_version() {
  return connection_->data_version();
}

base::Result<void> Database::empty_log() {
  return connection_->empty_log();
}

base::Result<void> Database::migrate(std::span<const Migration> migrations) {
  const std::int64_t present = TRY(connection_->schema_version());
  if (!migrations.empty() && present > migrations.back().version) {
    return fail(
        ErrorKind::refused, "newer_database",
        fmt::format("database version {}, program knows {}", present, migrations.back().version));
  }
  for (const Migration& each : migrations) {
    if (each.version <= present) continue;
    TRY(transaction([&]() -> Result<void> {
      // Looked at again inside: another process may have opened it at the same moment.
      if (TRY(connection_->lock_schema_version()) >= each.version) return {};
      return connection_->apply(each);
    }));
  }
  return {};
}

}  // namespace sql
