// The sync thread (namespace syncing: POSIX has taken the word sync): waits for what is due, for
// ops and for look-ups, and does it with a Store of its own. The UI never waits for it; it hears of
// news by one wake-up and then reads the database.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "kiosk/sync/sync.h"

namespace syncing {

// The one wake-up there is: called on the sync thread after a commit; glfwPostEmptyEvent fits.
using Wake = std::function<void()>;

class SyncThread {
 public:
  // Begins at once. Everything outlives the thread; `store` and `transport` are used by it alone.
  SyncThread(store::Store& store, http::Transport& transport, const crypto::SigningKey& key,
             Options options, Lookup& lookup, base::Log& log, Wake wake);
  // Stops within 200 ms, whatever request is under way; its outcome is then unknown, as after a
  // time-out.
  ~SyncThread();
  SyncThread(const SyncThread&) = delete;
  SyncThread& operator=(const SyncThread&) = delete;

  // A visitor has confirmed something. Any thread, returns at once.
  void notify();
  // This machine has got or lost a way to others (net::RouteWatch). Any thread, returns at once.
  void route_changed();
  // Staff wants to see it now. Any thread, returns at once.
  void sync_now();

 private:
  struct News {
    bool op_added = false;
    bool route_changed = false;
    bool asked = false;
    [[nodiscard]] bool any() const { return op_added || route_changed || asked; }
  };

  void loop(const std::stop_token& stop);
  void wait(const std::stop_token& stop);
  void tell(bool News::* what);
  void rouse();

  const base::Clock& clock_;
  Lookup& lookup_;
  Wake wake_;
  Sync sync_;  // of the thread alone

  std::mutex mutex_;
  std::condition_variable_any roused_;
  News news_;            // set by others, taken by the thread
  std::jthread thread_;  // last: it stops before anything it uses goes
};

}  // namespace syncing
