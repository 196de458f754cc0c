// The work of the sync thread, without the thread: enrols, exchanges, fetches content, answers
// look-ups, and keeps the schedule. Everything it learns goes into the database; nothing is handed
// back but whether there is something new to read.
#pragma once

#include "kiosk/store/store.h"
#include "kiosk/sync/client.h"
#include "kiosk/sync/content.h"
#include "kiosk/sync/exchange.h"
#include "kiosk/sync/lookup.h"
#include "kiosk/sync/schedule.h"
#include "platform/base/log.h"

namespace syncing {

struct Options {
  std::string server;      // "http://127.0.0.1:8480"
  std::string enrol_code;  // from the office; used once, when the center does not know the kiosk
  Library* library = nullptr;  // outlives the sync; without it no law is fetched
  // Outlives the sync; is told the center's time, and its machine's clock dates the signatures.
  base::ToldClock* clock = nullptr;
};

class Sync {
 public:
  // Everything outlives it; an exchange is due at once.
  Sync(store::Store& store, http::Transport& transport, const crypto::SigningKey& key,
       Options options, Lookup& lookup, base::Log& log);

  // Tells when the next deed is due.
  [[nodiscard]] base::Tick due() const { return schedule_.next().at; }
  void op_added() { schedule_.op_added(tick()); }
  void route_changed() { schedule_.route_changed(tick()); }
  void asked();

  // Does what is due, if anything. True when the database may say something new.
  bool run(const std::stop_token& stop);
  // Answers the question in the letter-box, if there is one. True when it did.
  bool answer_lookup(const std::stop_token& stop);

 private:
  [[nodiscard]] base::Tick tick() const { return store_.world().clock.tick(); }
  bool probe(const std::stop_token& stop);
  base::Result<void> exchange(const std::stop_token& stop);
  base::Result<bool> ensure_enrolled(const std::stop_token& stop);
  base::Result<bool> enrol_with_code(const std::stop_token& stop);
  base::Result<void> fetch_news(std::string_view manifest, const std::stop_token& stop);
  base::Result<void> tidy_once_a_day();
  base::Result<void> plan_after_failure(const Answer& answer);
  void plan_after_success(const Exchange& done);
  LookupAnswer look_up(const Lookup::Question& question, const std::stop_token& stop);
  void log_change(std::string_view code);

  store::Store& store_;
  Client client_;
  Lookup& lookup_;
  base::Log& log_;
  std::string enrol_code_;
  Library* library_;
  base::ToldClock* told_clock_;
  Schedule schedule_;
  int at_once_ = 0;  // exchanges in a row that asked for another one
  Backoff content_backoff_;
  base::Tick content_due_;            // after a failure: content is not fetched before
  std::optional<base::Date> tidied_;  // local day on which old rows were last taken away
  std::string last_code_;             // of the last failure, so that each is logged once
};

}  // namespace syncing
