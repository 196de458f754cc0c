#include "kiosk/central/store.h"

#include <utility>

namespace central {

Result<std::unique_ptr<Store>> Store::open(const base::Path& file,
                                           std::span<const sql::Migration> migrations) {
  sql::Database writer = TRY(sql::Database::open(file));
  TRY(writer.execute("PRAGMA secure_delete=ON"));
  TRY(writer.migrate(migrations));
  sql::Database reader = TRY(sql::Database::open(file, sql::Access::read_only));
  return std::unique_ptr<Store>(new Store(std::move(writer), std::move(reader)));
}

Store::Store(sql::Database writer, sql::Database reader)
    : writer_(std::move(writer)), reader_(std::move(reader)), thread_([this] { run(); }) {}

Store::~Store() {
  {
    const std::scoped_lock lock(waiting_mutex_);
    stopping_ = true;
  }
  work_waits_.notify_one();
  thread_.join();
}

Result<void> Store::commit(const Work& work) {
  Job job{work, {}};
  std::unique_lock lock(waiting_mutex_);
  waiting_.push_back(&job);
  work_waits_.notify_one();
  group_finished_.wait(lock, [&job] { return job.finished; });
  return std::move(job.outcome);
}

Result<void> Store::empty_log() {
  const std::scoped_lock lock(writing_, reading_);
  return writer_.empty_log();
}

void Store::run() {
  for (;;) {
    const std::vector<Job*> group = take_group();
    if (group.empty()) return;
    run_group(group);
    {
      const std::scoped_lock lock(waiting_mutex_);
      for (Job* job : group) job->finished = true;
    }
    group_finished_.notify_all();
  }
}

// Empty when there is nothing left to do for ever.
std::vector<Store::Job*> Store::take_group() {
  std::unique_lock lock(waiting_mutex_);
  work_waits_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  return std::exchange(waiting_, {});
}

void Store::run_group(const std::vector<Job*>& group) {
  const std::scoped_lock lock(writing_);
  const Result<void> committed = writer_.transaction([&]() -> Result<void> {
    for (Job* job : group) {
      job->outcome = run_in_savepoint(*job);
    }
    return {};
  });
  if (committed) return;
  for (Job* job : group) job->outcome = committed;
}

Result<void> Store::run_in_savepoint(Job& job) {
  TRY(writer_.run("SAVEPOINT job"));
  Result<void> outcome = job.work(writer_);
  if (!outcome) TRY(writer_.run("ROLLBACK TO job"));
  TRY(writer_.run("RELEASE job"));
  return outcome;
}

}  // namespace central
