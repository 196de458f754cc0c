// The central server's database with the threads that write to it. Knows no table and not which
// engine there is: SQLite has one writing thread, PostgreSQL a few, and other processes beside
// them.
//
// write() hands its work to such a thread and waits. Everything that waits at one moment becomes
// one transaction with one commit, each work in a savepoint of its own: one that fails undoes only
// itself, and nobody is answered before COMMIT. A transaction that PostgreSQL broke off (two in
// each other's way, a server that went away) is run again as a whole: work must bear to be run
// twice, as every rule does, whose op is known by its id.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "platform/base/file.h"
#include "platform/base/result.h"
#include "platform/sql/database.h"

namespace central {

using base::Result;

// Where the database is and what a transaction of it begins with. Each call opens one connection.
struct Engine {
  std::function<Result<sql::Database>()> open_writer;
  std::function<Result<sql::Database>()> open_reader;
  int writers = 1;
  int readers = 1;
};
Engine sqlite_engine(const base::Path& file);
// `where` as in sql::open_postgres(); `connections` in all, at least 2.
Engine postgres_engine(const std::string& where, int connections);

class Store {
 public:
  using Work = std::function<Result<void>(sql::Database&)>;

  // Makes the database when there is none, brings its tables up to date and starts the writing
  // threads. `begin` runs first in every transaction that writes, so that those of one center go
  // one after another where the engine would let them cross (center.h: lock_center).
  static Result<std::unique_ptr<Store>> open(Engine engine,
                                             std::span<const sql::Migration> migrations,
                                             Work begin = {});
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  // Finishes what is waiting. Nobody may call any more.
  ~Store();

  // `work` takes sql::Database& and returns Result<T>; so does this, after COMMIT. Any thread but a
  // writing one. storage: nothing of this work is in the database; after "connection" that is not
  // known, and the same op may be sent again.
  template <typename Job>
  auto write(Job work) -> std::invoke_result_t<Job, sql::Database&> {
    using Outcome = std::invoke_result_t<Job, sql::Database&>;
    std::optional<Outcome> outcome;
    const Result<void> committed = commit([&](sql::Database& database) -> Result<void> {
      outcome = work(database);
      if (!*outcome) return tl::unexpected<base::Error>(outcome->error());
      return {};
    });
    if (!committed) return tl::unexpected<base::Error>(committed.error());
    return std::move(*outcome);
  }

  // Takes what was deleted out of the files (sql::Database::empty_log); on SQLite, where
  // secure_delete is on, no byte of it is left. Reads and writes wait meanwhile, some milliseconds.
  // storage ("busy") when another process is reading. Any thread but a writing one.
  Result<void> empty_log();

  // As write(), on a connection that sees what was committed. Waits for a free one.
  template <typename Job>
  auto read(Job work) -> std::invoke_result_t<Job, sql::Database&> {
    const Lease lease = lend_reader();
    auto outcome = work(*lease);
    if (!outcome && lost(outcome.error())) {
      TRY(reopen_reader(*lease));
      outcome = work(*lease);
    }
    return outcome;
  }

 private:
  // Lives on the stack of the thread that waits for it.
  struct Waiting {
    const Work& work;
    Result<void> outcome;
    bool finished = false;
  };
  struct GiveBack {
    Store* store;
    void operator()(sql::Database* database) const { store->take_back(database); }
  };
  using Lease = std::unique_ptr<sql::Database, GiveBack>;

  struct Writer {
    sql::Database database;
    std::mutex busy;  // held while a group runs, or the log is emptied
  };

  Store(Engine engine, std::vector<sql::Database> writers, std::vector<sql::Database> readers,
        Work begin);
  Result<void> commit(const Work& work);
  void run(Writer& writer);
  std::vector<Waiting*> take_group();
  void run_group(sql::Database& database, const std::vector<Waiting*>& group);
  Result<void> try_group(sql::Database& database, const std::vector<Waiting*>& group);
  static Result<void> run_in_savepoint(sql::Database& database, Waiting& job);
  Lease lend_reader();
  void take_back(sql::Database* reader);
  static bool lost(const base::Error& error) { return error.code == "connection"; }
  Result<void> reopen_reader(sql::Database& reader);

  Engine engine_;
  Work begin_;
  std::vector<std::unique_ptr<Writer>> writers_;  // a thread each
  std::vector<sql::Database> readers_;
  std::mutex lending_;
  std::condition_variable reader_back_;
  std::vector<sql::Database*> free_readers_;  // guarded by lending_
  std::mutex waiting_mutex_;
  std::condition_variable work_waits_;
  std::condition_variable group_finished_;
  std::vector<Waiting*> waiting_;  // guarded by waiting_mutex_, as Waiting::finished is
  bool stopping_ = false;          // guarded by waiting_mutex_
  std::vector<std::thread> threads_;
};

}  // namespace central
