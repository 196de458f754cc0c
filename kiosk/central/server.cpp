#include "kiosk/central/server.h"

#include "kiosk/central/replies.h"
#include "kiosk/central/slots.h"

namespace central {
namespace {

constexpr std::size_t erased_at_once = 100;  // of each kind; some milliseconds

}  // namespace

Server::Server(const Ground& ground) : ground_(ground), kiosk_(ground), office_(ground) {}

http::Response Server::answer(const http::Received& received) {
  if (received.path == "/healthz") return json_reply(R"({"state":"alive"})");
  if (received.path == "/readyz") {
    const auto ready = ground_.store.read(
        [](sql::Database& database) { return database.integer("SELECT count(*) FROM center"); });
    return ready ? json_reply(R"({"state":"ready"})") : problem_reply(ready.error());
  }
  if (received.path.starts_with("/v1/")) return kiosk_.answer(received);
  return office_.answer(received);
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
