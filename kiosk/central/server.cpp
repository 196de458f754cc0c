#include "kiosk/central/server.h"

#include <fmt/format.h>

#include "kiosk/central/legal_days.h"
#include "kiosk/central/replies.h"
#include "kiosk/central/slots.h"

namespace central {
namespace {

constexpr std::size_t erased_at_once = 100;  // of each kind; some milliseconds
constexpr base::Milliseconds alarm_said_again = std::chrono::hours{1};

}  // namespace

Server::Server(const Ground& ground) : ground_(ground), kiosk_(ground), office_(ground) {}

http::Response Server::answer(const http::Received& received) {
  const base::Tick began = ground_.world.clock.tick();
  const Route asked = route_of(received.path);
  http::Response response = reply(asked, received);
  ground_.metrics.answered(asked, response.status,
                           received.waited + (ground_.world.clock.tick() - began));
  return response;
}

http::Response Server::reply(Route asked, const http::Received& received) {
  if (received.path == "/healthz") return json_reply(R"({"state":"alive"})");
  if (received.path == "/readyz") return ready();
  if (asked == Route::metrics) return metrics(received);
  if (received.path.starts_with("/v1/")) return kiosk_.answer(received);
  return office_.answer(received);
}

http::Response Server::ready() {
  const auto ready = ground_.store.read(
      [](sql::Database& database) { return database.integer("SELECT count(*) FROM center"); });
  return ready ? json_reply(R"({"state":"ready"})") : problem_reply(ready.error());
}

http::Response Server::metrics(const http::Received& received) {
  if (!ground_.access.metrics_from_anywhere && !may_use_office(received)) {
    return problem_reply(
        wire::Problem{403, "metrics_here_only", "Only on this machine", false, ""});
  }
  const auto seen = ground_.store.read([&](sql::Database& database) {
    return count_kiosks_since(database, ground_.center.id(),
                              ground_.world.clock.now() - std::chrono::hours{24});
  });
  Metrics::Looked looked;
  if (seen) looked.kiosks_seen = *seen;
  return {
      200,
      {{"content-type", "text/plain; version=0.0.4; charset=utf-8"}, {"cache-control", "no-store"}},
      ground_.metrics.text(looked)};
}

Result<void> Server::keep_slots_open() {
  const std::scoped_lock lock(mutex_);
  const base::Instant now = ground_.world.clock.now();
  const base::Date today = ground_.center.zone.date(now);
  if (expanded_ == today) return {};
  TRY(ground_.store.write([&](sql::Database& database) {
    Transaction transaction{database, ground_.center, now};
    return expand_slots(transaction);
  }));
  expanded_ = today;
  ground_.log.line(base::Level::info, "slots.opened", {{"day", base::iso_date(today)}});
  return {};
}

Result<void> Server::watch_legal_days() {
  const std::scoped_lock lock(mutex_);
  const LegalDays days = TRY(ground_.store.read([&](sql::Database& database) {
    return read_legal_days(database, ground_.center, ground_.world.clock.now());
  }));
  const std::size_t alarms = days.alarms();
  const std::string nearest = days.open.empty() ? "" : days.open.front().day;
  const std::string line = fmt::format("{}|{}|{}", alarms, nearest, days.silent.size());
  const bool quiet = alarms == 0 && days.silent.empty();
  const base::Tick now = ground_.world.clock.tick();
  const bool again = !quiet && alarm_told_at_ && now - *alarm_told_at_ >= alarm_said_again;
  if (line == told_alarm_ && !again) return {};
  const bool was_quiet = told_alarm_.empty();
  told_alarm_ = quiet ? std::string() : line;
  alarm_told_at_ = now;
  if (quiet && was_quiet) return {};
  ground_.log.line(quiet ? base::Level::info : base::Level::warn, "legal_days.alarm",
                   {{"requests", std::to_string(alarms)},
                    {"nearest", nearest},
                    {"silent_kiosks", std::to_string(days.silent.size())}});
  return {};
}

Result<bool> Server::erase_old_records() {
  const std::scoped_lock lock(mutex_);
  const base::Instant now = ground_.world.clock.now();
  const base::Date today = ground_.center.zone.date(now);
  if (erased_ == today) return false;
  const auto in_transaction = [&](auto work) {
    return ground_.store.write([&](sql::Database& database) {
      Transaction transaction{database, ground_.center, now};
      return work(transaction);
    });
  };
  const Erased some = TRY(in_transaction(
      [](Transaction& transaction) { return erase_some(transaction, erased_at_once); }));
  erasing_ += some;
  if (some != Erased{}) return true;
  TRY(ground_.store.empty_log());
  TRY(in_transaction(note_all_erased));
  erased_ = today;
  const Erased all = std::exchange(erasing_, {});
  ground_.log.line(base::Level::info, "keeping.erased",
                   {{"bookings", std::to_string(all.bookings)},
                    {"answers", std::to_string(all.answers)},
                    {"requests", std::to_string(all.requests)},
                    {"tickets", std::to_string(all.tickets)},
                    {"calls", std::to_string(all.calls)}});
  return false;
}

}  // namespace central
