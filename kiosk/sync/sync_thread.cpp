#include "kiosk/sync/sync_thread.h"

#include <utility>

namespace syncing {

SyncThread::SyncThread(store::Store& store, http::Transport& transport,
                       const crypto::SigningKey& key, Options options, Lookup& lookup,
                       base::Log& log, Wake wake)
    : clock_(store.world().clock),
      lookup_(lookup),
      wake_(std::move(wake)),
      sync_(store, transport, key, std::move(options), lookup, log) {
  lookup_.serve([this] { rouse(); });
  thread_ = std::jthread([this](const std::stop_token& stop) { loop(stop); });
}

SyncThread::~SyncThread() {
  thread_.request_stop();
  thread_.join();
  lookup_.close();
}

void SyncThread::notify() {
  tell(&News::op_added);
}

void SyncThread::route_changed() {
  tell(&News::route_changed);
}

void SyncThread::sync_now() {
  tell(&News::asked);
}

void SyncThread::tell(bool News::* what) {
  {
    const std::scoped_lock lock(mutex_);
    news_.*what = true;
  }
  roused_.notify_one();
}

// The lock is taken so that the thread is either before its look at the flags or already asleep.
void SyncThread::rouse() {
  {
    const std::scoped_lock lock(mutex_);
  }
  roused_.notify_one();
}

void SyncThread::loop(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    wait(stop);
    if (stop.stop_requested()) return;
    // A person stands in front of a look-up: it goes first.
    const bool answered = sync_.answer_lookup(stop);
    const bool news = sync_.run(stop);
    if (answered || news) wake_();
  }
}

void SyncThread::wait(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const base::Milliseconds until_due = sync_.due() - clock_.tick();
  roused_.wait_for(lock, stop, until_due, [this] { return news_.any() || lookup_.waiting(); });
  const News news = std::exchange(news_, {});
  if (news.op_added) sync_.op_added();
  if (news.route_changed) sync_.route_changed();
  if (news.asked) sync_.asked();
}

}  // namespace syncing
