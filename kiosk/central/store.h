// The central server's database file, with one thread that writes. Knows no table.
//
// write() hands its work to that thread and waits. Everything that waits at one moment becomes one
// transaction with one fsync(2), each work in a savepoint of its own: one that fails undoes only
// itself, and nobody is answered before COMMIT. A PostgreSQL store would stand behind the same two
// functions.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "platform/base/file.h"
#include "platform/base/result.h"
#include "platform/sql/database.h"

namespace central {

using base::Result;

class Store {
 public:
  // Creates the file, brings its tables up to date and starts the writing thread.
  static Result<std::unique_ptr<Store>> open(const base::Path& file,
                                             std::span<const sql::Migration> migrations);
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  // Finishes what is waiting. Nobody may call any more.
  ~Store();

  // `work` takes sql::Database& and returns Result<T>; so does this, after COMMIT. Any thread but
  // the writing one. storage: nothing of this work is in the database.
  template <typename Work>
  auto write(Work work) -> std::invoke_result_t<Work, sql::Database&> {
    using Outcome = std::invoke_result_t<Work, sql::Database&>;
    std::optional<Outcome> outcome;
    const Result<void> committed = commit([&](sql::Database& database) -> Result<void> {
      outcome = work(database);
      if (!*outcome) return tl::unexpected<base::Error>(outcome->error());
      return {};
    });
    if (!committed) return tl::unexpected<base::Error>(committed.error());
    return std::move(*outcome);
  }

  // Cuts the write-ahead log to nothing; together with secure_delete, which is on, no byte of what
  // was deleted is left. Reads and writes wait meanwhile, some milliseconds. storage ("busy") when
  // another process is reading. Any thread but the writing one.
  Result<void> empty_log();

  // As write(), on a connection of its own that sees what was committed; one reader at a time.
  template <typename Work>
  auto read(Work work) -> std::invoke_result_t<Work, sql::Database&> {
    const std::scoped_lock lock(reading_);
    return work(reader_);
  }

 private:
  using Work = std::function<Result<void>(sql::Database&)>;
  // Lives on the stack of the thread that waits for it.
  struct Job {
    const Work& work;
    Result<void> outcome;
    bool finished = false;
  };

  Store(sql::Database writer, sql::Database reader);
  Result<void> commit(const Work& work);
  void run();
  std::vector<Job*> take_group();
  void run_group(const std::vector<Job*>& group);
  Result<void> run_in_savepoint(Job& job);

  sql::Database writer_;  // guarded by writing_
  sql::Database reader_;  // guarded by reading_
  std::mutex writing_;
  std::mutex reading_;
  std::mutex waiting_mutex_;
  std::condition_variable work_waits_;
  std::condition_variable group_finished_;
  std::vector<Job*> waiting_;  // guarded by waiting_mutex_, as Job::finished is
  bool stopping_ = false;      // guarded by waiting_mutex_
  std::thread thread_;
};

}  // namespace central
