#include "kiosk/central/store.h"

#include <algorithm>
#include <utility>

#include "platform/sql/postgres.h"

namespace central {
namespace {

constexpr int most_tries = 12;  // of one transaction that others keep breaking off
// Of PostgreSQL's connections, a transaction at a time each.
constexpr int writers_of = 2;

Result<std::vector<sql::Database>> open_some(const std::function<Result<sql::Database>()>& open,
                                             int count) {
  std::vector<sql::Database> databases;
  for (int i = 0; i < count; ++i) databases.push_back(TRY(open()));
  return databases;
}

}  // namespace

Engine sqlite_engine(const base::Path& file) {
  return {.open_writer = [file]() -> Result<sql::Database> {
            sql::Database database = TRY(sql::Database::open(file));
            TRY(database.execute("PRAGMA secure_delete=ON"));
            return database;
          },
          .open_reader = [file] { return sql::Database::open(file, sql::Access::read_only); },
          .readers = 2};
}

Engine postgres_engine(const std::string& where, int connections) {
  const auto open = [where] { return sql::open_postgres(where); };
  const int writers = std::max(1, connections / writers_of);
  return {.open_writer = open,
          .open_reader = open,
          .writers = writers,
          .readers = std::max(1, connections - writers)};
}

Result<std::unique_ptr<Store>> Store::open(Engine engine,
                                           std::span<const sql::Migration> migrations, Work begin) {
  std::vector<sql::Database> writers = TRY(open_some(engine.open_writer, engine.writers));
  TRY(writers.front().migrate(migrations));
  std::vector<sql::Database> readers = TRY(open_some(engine.open_reader, engine.readers));
  return std::unique_ptr<Store>(
      new Store(std::move(engine), std::move(writers), std::move(readers), std::move(begin)));
}

Store::Store(Engine engine, std::vector<sql::Database> writers, std::vector<sql::Database> readers,
             Work begin)
    : engine_(std::move(engine)), begin_(std::move(begin)), readers_(std::move(readers)) {
  for (sql::Database& each : readers_) free_readers_.push_back(&each);
  for (sql::Database& each : writers) {
    writers_.emplace_back(new Writer{std::move(each), {}});
    threads_.emplace_back([this, writer = writers_.back().get()] { run(*writer); });
  }
}

Store::~Store() {
  {
    const std::scoped_lock lock(waiting_mutex_);
    stopping_ = true;
  }
  work_waits_.notify_all();
  for (std::thread& each : threads_) each.join();
}

Result<void> Store::commit(const Work& work) {
  Waiting job{work, {}};
  std::unique_lock lock(waiting_mutex_);
  waiting_.push_back(&job);
  work_waits_.notify_one();
  group_finished_.wait(lock, [&job] { return job.finished; });
  return std::move(job.outcome);
}

Result<void> Store::empty_log() {
  const std::scoped_lock lock(writers_.front()->busy);
  // All of them: one that reads keeps the log.
  std::vector<Lease> leases;
  for (std::size_t i = 0; i < readers_.size(); ++i) leases.push_back(lend_reader());
  return writers_.front()->database.empty_log();
}

void Store::run(Writer& writer) {
  for (;;) {
    const std::vector<Waiting*> group = take_group();
    if (group.empty()) return;
    {
      const std::scoped_lock lock(writer.busy);
      run_group(writer.database, group);
    }
    {
      const std::scoped_lock lock(waiting_mutex_);
      for (Waiting* job : group) job->finished = true;
    }
    group_finished_.notify_all();
  }
}

// Empty when there is nothing left to do for ever.
std::vector<Store::Waiting*> Store::take_group() {
  std::unique_lock lock(waiting_mutex_);
  work_waits_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  return std::exchange(waiting_, {});
}

void Store::run_group(sql::Database& database, const std::vector<Waiting*>& group) {
  Result<void> committed;
  for (int tries = 0; tries < most_tries; ++tries) {
    committed = try_group(database, group);
    if (committed) return;
    if (lost(committed.error())) {
      auto again = engine_.open_writer();
      if (!again) break;
      database = std::move(*again);
    } else if (committed.error().code != "retry") {
      break;
    }
  }
  for (Waiting* job : group) job->outcome = committed;
}

// An error is the transaction's, which then is undone as a whole: each job's own is in its outcome.
Result<void> Store::try_group(sql::Database& database, const std::vector<Waiting*>& group) {
  return database.transaction([&]() -> Result<void> {
    if (begin_) TRY(begin_(database));
    for (Waiting* job : group) TRY(run_in_savepoint(database, *job));
    return {};
  });
}

// No way back to the savepoint: the engine has undone the transaction itself, as SQLite does on a
// full disk. What follows would be a transaction of its own.
Result<void> Store::run_in_savepoint(sql::Database& database, Waiting& job) {
  TRY(database.run("SAVEPOINT job"));
  job.outcome = job.work(database);
  if (!job.outcome) {
    const std::string& code = job.outcome.error().code;
    if (lost(job.outcome.error()) || code == "retry") return job.outcome;
    TRY(database.run("ROLLBACK TO job"));
  }
  TRY(database.run("RELEASE job"));
  return {};
}

Store::Lease Store::lend_reader() {
  std::unique_lock lock(lending_);
  reader_back_.wait(lock, [this] { return !free_readers_.empty(); });
  sql::Database* const reader = free_readers_.back();
  free_readers_.pop_back();
  return Lease(reader, GiveBack{this});
}

void Store::take_back(sql::Database* reader) {
  {
    const std::scoped_lock lock(lending_);
    free_readers_.push_back(reader);
  }
  reader_back_.notify_one();
}

Result<void> Store::reopen_reader(sql::Database& reader) {
  reader = TRY(engine_.open_reader());
  return {};
}

}  // namespace central
