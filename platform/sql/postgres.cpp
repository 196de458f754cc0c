// The only file that includes libpq-fe.h.
#include "platform/sql/postgres.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <vector>

#include "platform/sql/connection.h"

namespace sql {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Rows = std::unique_ptr<PGresult, Clear>;

struct Finish {
  void operator()(PGconn* handle) const { PQfinish(handle); }
};

std::string trimmed(const char* words) {
  std::string text = words != nullptr ? words : "";
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

// Class 22 is data that does not fit, 23 a constraint (PostgreSQL manual, appendix A).
std::string_view code_of(PGconn* handle, std::string_view state) {
  if (PQstatus(handle) == CONNECTION_BAD) return "connection";
  if (state == "40001" || state == "40P01") return "retry";
  return state.starts_with("22") || state.starts_with("23") ? "constraint" : "database";
}

// Its own words without those of the values: what somebody typed is nothing for a log.
tl::unexpected<base::Error> failure(PGconn* handle, const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  return fail(ErrorKind::storage, std::string(code_of(handle, state != nullptr ? state : "")),
              words != nullptr ? words : trimmed(PQerrorMessage(handle)));
}

Result<Rows> checked(PGconn* handle, PGresult* result) {
  Rows rows(result);
  switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY: return rows;
    default: return failure(handle, result);
  }
}

template <typename Number>
Number number_in(std::string_view text) {
  Number number{};
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Text is sent and read as text: PostgreSQL infers the types of parameters from where they stand.
class PostgresPrepared final : public Prepared {
 public:
  PostgresPrepared(PGconn* handle, std::int64_t& changes, std::string name, std::string_view words)
      : handle_(handle), changes_(changes), name_(std::move(name)), words_(words) {}

  [[nodiscard]] std::string_view words() const override { return words_; }

  // All rows come at once, so that statements may be read in turns.
  Result<bool> step() override {
    if (!rows_) TRY(run());
    return ++row_ < PQntuples(rows_.get());
  }
  void reset() override {
    rows_.reset();
    row_ = -1;
  }
  void forget() override { values_.clear(); }

  Result<void> bind(int index, std::string_view value) override {
    return set(index, std::string(value));
  }
  Result<void> bind(int index, std::int64_t value) override {
    return set(index, std::to_string(value));
  }
  Result<void> bind(int index, double value) override {
    return set(index, fmt::format("{}", value));
  }
  Result<void> bind(int index, Null /*null*/) override { return set(index, std::nullopt); }
  // BYTEA in hexadecimal (PostgreSQL manual, 8.4.1).
  Result<void> bind_blob(int index, std::string_view value) override {
    std::string text = "\\x";
    for (const char byte : value) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return set(index, std::move(text));
  }

  [[nodiscard]] std::int64_t integer(int column) const override {
    const std::string_view words = text(column);
    return words == "t" ? 1 : number_in<std::int64_t>(words);
  }
  [[nodiscard]] double real(int column) const override { return number_in<double>(text(column)); }
  [[nodiscard]] std::string_view text(int column) const override {
    return {PQgetvalue(rows_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(rows_.get(), row_, column))};
  }
  [[nodiscard]] std::string_view blob(int column) const override {
    const std::string_view digits = text(column);
    blob_.clear();
    for (std::size_t i = 2; i + 1 < digits.size(); i += 2) {
      unsigned byte = 0;
      std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
      blob_ += static_cast<char>(byte);
    }
    return blob_;
  }
  [[nodiscard]] bool is_null(int column) const override {
    return PQgetisnull(rows_.get(), row_, column) != 0;
  }

 private:
  Result<void> set(int index, std::optional<std::string> value) {
    const auto place = static_cast<std::size_t>(index);
    if (values_.size() < place) values_.resize(place);
    values_[place - 1] = std::move(value);
    return {};
  }

  Result<void> run() {
    std::vector<const char*> texts;
    texts.reserve(values_.size());
    for (const auto& each : values_) texts.push_back(each ? each->c_str() : nullptr);
    rows_ =
        TRY(checked(handle_, PQexecPrepared(handle_, name_.c_str(), static_cast<int>(texts.size()),
                                            texts.data(), nullptr, nullptr, 0)));
    changes_ = number_in<std::int64_t>(PQcmdTuples(rows_.get()));
    return {};
  }

  PGconn* handle_;
  std::int64_t& changes_;  // of the connection
  std::string name_;
  std::string words_;
  std::vector<std::optional<std::string>> values_;
  Rows rows_;  // nothing before the first step
  int row_ = -1;
  mutable std::string blob_;  // the last one read
};

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(PGconn* handle) : handle_(handle) {}
  ~PostgresConnection() override { drop_idle(); }

  Result<void> execute(std::string_view statements) override {
    TRY(checked(handle(), PQexec(handle(), std::string(statements).c_str())));
    return {};
  }
  Result<void> begin() override { return execute("BEGIN"); }
  // The COMMIT of an aborted transaction is a ROLLBACK, and no error to PostgreSQL.
  Result<void> commit() override {
    const Rows rows = TRY(checked(handle(), PQexec(handle(), "COMMIT")));
    if (std::string_view(PQcmdStatus(rows.get())) == "COMMIT") return {};
    return fail(ErrorKind::storage, "database", "the transaction was aborted");
  }
  [[nodiscard]] std::int64_t changes() const override { return changes_; }
  [[nodiscard]] std::int64_t total_changes() const override { return 0; }
  Result<std::int64_t> data_version() override {
    return fail(ErrorKind::storage, "database", "data_version is SQLite's");
  }
  Result<void> empty_log() override { return execute("VACUUM"); }

  // Two that make the table at one moment: the second one's error goes away by itself.
  Result<std::int64_t> schema_version() override {
    constexpr std::string_view make =
        "CREATE TABLE IF NOT EXISTS schema_version (only_row INT PRIMARY KEY, version BIGINT NOT "
        "NULL); INSERT INTO schema_version VALUES (1, 0) ON CONFLICT DO NOTHING";
    if (!execute(make)) TRY(execute(make));
    return version_by("SELECT version FROM schema_version WHERE only_row = 1");
  }
  Result<std::int64_t> lock_schema_version() override {
    return version_by("SELECT version FROM schema_version WHERE only_row = 1 FOR UPDATE");
  }
  Result<void> apply(const Migration& migration) override {
    TRY(execute(postgres_schema(migration.statements)));
    return execute(fmt::format("UPDATE schema_version SET version = {}", migration.version));
  }

 protected:
  Result<std::unique_ptr<Prepared>> prepare(std::string_view words) override {
    std::string name = fmt::format("s{}", prepared_++);
    TRY(checked(handle(),
                PQprepare(handle(), name.c_str(), postgres_query(words).c_str(), 0, nullptr)));
    return std::make_unique<PostgresPrepared>(handle(), changes_, std::move(name), words);
  }

 private:
  [[nodiscard]] PGconn* handle() const { return handle_.get(); }
  Result<std::int64_t> version_by(const char* query) {
    const Rows rows = TRY(checked(handle(), PQexec(handle(), query)));
    if (PQntuples(rows.get()) != 1) return fail(ErrorKind::storage, "database", "schema_version");
    return number_in<std::int64_t>(PQgetvalue(rows.get(), 0, 0));
  }

  std::unique_ptr<PGconn, Finish> handle_;
  std::int64_t changes_ = 0;
  std::int64_t prepared_ = 0;  // so many names were given
};

bool is_digit(char each) {
  return each >= '0' && each <= '9';
}
// Of a text of one character, or none.
bool in_word(std::string_view each) {
  return !each.empty() &&
         (std::isalnum(static_cast<unsigned char>(each.front())) != 0 || each.front() == '_');
}

}  // namespace

std::string postgres_query(std::string_view words) {
  std::string text;
  int highest = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const char each = words[at];
    if (each == '\'') quoted = !quoted;
    if (each != '?' || quoted) {
      text += each;
      continue;
    }
    int number = 0;
    while (at + 1 < words.size() && is_digit(words[at + 1]))
      number = number * 10 + words[++at] - '0';
    if (number == 0) number = highest + 1;
    highest = std::max(highest, number);
    text += fmt::format("${}", number);
  }
  return text;
}

std::string postgres_schema(std::string_view statements) {
  constexpr std::string_view number = "INTEGER";
  constexpr std::array gone{std::string_view(" STRICT, WITHOUT ROWID"),
                            std::string_view(" STRICT")};
  std::string text;
  while (!statements.empty()) {
    const bool begins_word =
        text.empty() || !in_word(std::string_view(text).substr(text.size() - 1));
    const auto* dropped = std::find_if(gone.begin(), gone.end(), [&](std::string_view each) {
      return statements.starts_with(each);
    });
    if (dropped != gone.end()) {
      statements.remove_prefix(dropped->size());
    } else if (begins_word && statements.starts_with(number) &&
               !in_word(statements.substr(number.size(), 1))) {
      text += "BIGINT";
      statements.remove_prefix(number.size());
    } else {
      text += statements.front();
      statements.remove_prefix(1);
    }
  }
  return text;
}

base::Result<Database> open_postgres(const std::string& where) {
  std::unique_ptr<PGconn, Finish> handle(PQconnectdb(where.c_str()));
  if (PQstatus(handle.get()) != CONNECTION_OK) {
    return fail(ErrorKind::storage, "connection", trimmed(PQerrorMessage(handle.get())));
  }
  // Notices would go to standard error.
  PQsetNoticeProcessor(handle.get(), [](void*, const char*) {}, nullptr);
  PQsetClientEncoding(handle.get(), "UTF8");
  return Database(std::make_unique<PostgresConnection>(handle.release()));
}

}  // namespace sql
