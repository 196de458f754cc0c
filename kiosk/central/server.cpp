#include "kiosk/central/server.h"

#include "kiosk/central/replies.h"
#include "kiosk/central/slots.h"

namespace central {

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

}  // namespace central
