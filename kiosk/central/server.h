// Every route of the central server behind one function, and the work that the clock asks for.
// Knows no socket: what listens is chosen by main.cpp. Any thread.
#pragma once

#include <mutex>

#include "kiosk/central/keeping.h"
#include "kiosk/central/office_routes.h"

namespace central {

class Server {
 public:
  explicit Server(const Ground& ground);

  // /healthz: the process answers; /readyz: its database does; /metrics: metrics.h, on this machine
  // unless Access says otherwise; the rest: kiosk_routes.h, office_routes.h. Everything is counted.
  http::Response answer(const http::Received& received);

  // Opens the slots of a day that has begun since the last call; the first call opens them all.
  Result<void> keep_slots_open();

  // Says in the log how many legal days are in alarm and how many kiosks are silent: when that has
  // changed, and once an hour while there are any.
  Result<void> watch_legal_days();

  // Once a local day, and after the start: erases some of the records whose days are over
  // (keeping.h), few enough that nobody waits long, and says whether to call again at once. With
  // the last of them everything erased has left the files of the database.
  Result<bool> erase_old_records();

 private:
  http::Response reply(Route asked, const http::Received& received);
  http::Response ready();
  http::Response metrics(const http::Received& received);

  Ground ground_;
  KioskRoutes kiosk_;
  OfficeRoutes office_;
  std::mutex mutex_;
  std::optional<base::Date> expanded_;  // guarded by mutex_, as what follows
  std::optional<base::Date> erased_;
  Erased erasing_;          // in the pass that is going on
  std::string told_alarm_;  // the line that stands in the log
  std::optional<base::Tick> alarm_told_at_;
};

}  // namespace central
