#include "tests/faults/server_side.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/central/kiosks.h"
#include "kiosk/central/ops.h"
#include "kiosk/central/schema.h"
#include "kiosk/central/slots.h"
#include "kiosk/wire/case_code.h"
#include "platform/crypto/crypto.h"

namespace test {
namespace {

constexpr std::uint32_t most_ops = 4;  // in one request

Result<std::unique_ptr<central::Store>> open_store(const base::Path& folder) {
  return central::Store::open(central::sqlite_engine(folder / "central.db"), central::migrations());
}

Result<std::vector<std::string>> read_slots(sql::Database& database) {
  sql::Statement row = TRY(database.query("SELECT key FROM slot ORDER BY key LIMIT 20"));
  std::vector<std::string> keys;
  while (TRY(row.step())) keys.push_back(row.string(0));
  return keys;
}

}  // namespace

Result<std::unique_ptr<ServerSide>> ServerSide::open(const base::Path& folder,
                                                     const base::Clock& clock, base::Chance& ids,
                                                     const service::Catalogue& services) {
  std::unique_ptr<ServerSide> server(new ServerSide(clock, services));
  server->store_ = TRY(open_store(folder));
  server->slots_ =
      TRY(server->store_->write([&](sql::Database& database) -> Result<std::vector<std::string>> {
        central::Transaction transaction{database, server->center_, clock.now()};
        TRY(central::begin_service(transaction, "content", ids));
        TRY(central::expand_slots(transaction));
        return read_slots(database);
      }));
  return server;
}

ServerSide::ServerSide(const base::Clock& clock, const service::Catalogue& services)
    : clock_(clock), center_{services, base::china_time, "secret"} {}

Result<void> ServerSide::enrol(std::vector<Sent>& kiosks, base::Chance& ids) {
  for (std::size_t number = 0; number < kiosks.size(); ++number) {
    if (!kiosks[number].kiosk.empty()) continue;
    const std::string key =
        crypto::base64(crypto::sha256_hex(std::to_string(number)).substr(0, 32));
    const auto enrolled =
        TRY(store_->write([&](sql::Database& database) -> Result<wire::EnrolResponse> {
          central::Transaction transaction{database, center_, clock_.now()};
          const std::string code =
              TRY(central::make_enrol_code(database, center_.id(), base::World{clock_, ids}));
          return central::enrol(transaction, {code, key}, ids);
        }));
    kiosks[number].kiosk = enrolled.kiosk_id;
  }
  return {};
}

wire::Op ServerSide::make_op(Sent& kiosk, base::Chance& whims) {
  wire::Op op{base::uuid7(clock_.now(), whims),       ++kiosk.seq, {},
              base::china_time.rfc3339(clock_.now()), true,        {}};
  const auto fill = [&](std::string_view kind, std::string body) {
    op.kind = kind;
    op.body = std::move(body);
  };
  const std::string day = base::iso_date(center_.zone.date(clock_.now()));
  const std::string code = wire::make_case_code(whims);
  switch (whims.below(6)) {
    case 0: fill("ticket.draw", wire::to_json(wire::TicketDraw{"notary", {}, day})); break;
    case 1: fill("assist.call", wire::to_json(wire::AssistCall{"home"})); break;
    case 2:
      fill("intake.file", wire::to_json(wire::IntakeFile{"mediation", {}, code, "1234", {}}));
      break;
    case 3:
      if (!kiosk.drawn.empty()) {
        fill("ticket.cancel", wire::to_json(wire::TicketCancel{kiosk.drawn.back()}));
        kiosk.drawn.pop_back();
        break;
      }
      [[fallthrough]];
    default: {
      const std::string& slot = slots_[whims.below(static_cast<std::uint32_t>(slots_.size()))];
      const std::size_t way = slot.find('|') + 1;
      fill("booking.request",
           wire::to_json(wire::BookingRequest{
               slot.substr(0, way - 1), center_.catalogue.find("consult")->choices.front().id,
               slot.substr(way, slot.rfind('|') - way), slot, "王小明",
               fmt::format("138{:08}", whims.below(100'000'000)), code, "1234"}));
    }
  }
  return op;
}

Result<void> ServerSide::send(Sent& kiosk, base::Chance& whims) {
  std::vector<Sent::Op> ops;
  std::vector<std::string> bytes;
  std::vector<std::string> draws;
  for (std::uint32_t count = whims.below(most_ops) + 1; count > 0; --count) {
    const wire::Op op = make_op(kiosk, whims);
    bytes.push_back(wire::to_json(op));
    ops.push_back({op.id, bytes.back(), {}});
    if (op.kind == "ticket.draw") draws.push_back(op.id);
  }
  const std::vector<central::Arrived> arrived = TRY(central::read_ops(bytes));
  const central::OpsOutcome outcome =
      TRY(store_->write([&](sql::Database& database) -> Result<central::OpsOutcome> {
        central::Transaction transaction{database, center_, clock_.now()};
        return central::apply_ops(transaction, kiosk.kiosk, arrived);
      }));
  for (std::size_t at = 0; at < ops.size(); ++at) {
    ops[at].result = outcome.results.at(at);
    kiosk.answered.push_back(std::move(ops[at]));
  }
  kiosk.drawn.insert(kiosk.drawn.end(), draws.begin(), draws.end());
  return {};
}

// ---- what is left -------------------------------------------------------------------------------

namespace {

// Each must be true of any moment between two requests: rows that belong together are there
// together.
struct Rule {
  std::string_view what;
  std::string_view holds;  // a query that gives 1
};
constexpr Rule rules[] = {
    {"bookings and their ops",
     "SELECT (SELECT count(*) FROM op WHERE kind = 'booking.request' AND applied = 1) = "
     "(SELECT count(*) FROM booking)"},
    {"tickets and their ops",
     "SELECT (SELECT count(*) FROM op WHERE kind = 'ticket.draw' AND applied = 1) = "
     "(SELECT count(*) FROM ticket)"},
    {"requests and their ops",
     "SELECT (SELECT count(*) FROM op WHERE kind = 'intake.file' AND applied = 1) = "
     "(SELECT count(*) FROM request)"},
    {"seats and bookings",
     "SELECT (SELECT coalesce(sum(taken), 0) FROM slot) = "
     "(SELECT count(*) FROM booking WHERE state = 'confirmed')"},
    {"numbers and their counter",
     "SELECT (SELECT coalesce(sum(last), 0) FROM ticket_counter) = (SELECT count(*) FROM ticket)"},
    {"the feed's version",
     "SELECT (SELECT coalesce(max(version), 0) FROM center) >= (SELECT coalesce(max(version), 0) "
     "FROM (SELECT version FROM slot UNION ALL SELECT version FROM booking "
     "UNION ALL SELECT version FROM ticket UNION ALL SELECT version FROM request))"},
};

Result<void> check_rules(sql::Database& database, std::vector<std::string>& findings) {
  sql::Statement verdict = TRY(database.query("PRAGMA integrity_check"));
  if (TRY(verdict.step()) && verdict.text(0) != "ok") {
    findings.push_back("corrupt: integrity_check " + verdict.string(0));
  }
  for (const Rule& rule : rules) {
    if (TRY(database.integer(rule.holds)) != 1) {
      findings.push_back(fmt::format("corrupt: {} differ", rule.what));
    }
  }
  return {};
}

// The very same bytes again: the server must know each op, and answer as it did.
Result<void> send_again(ServerSide& server, const base::Clock& clock, const Sent& kiosk,
                        std::vector<std::string>& findings) {
  for (const Sent::Op& op : kiosk.answered) {
    const std::vector<central::Arrived> arrived = TRY(central::read_ops({op.bytes}));
    const auto outcome =
        server.store().write([&](sql::Database& database) -> Result<central::OpsOutcome> {
          central::Transaction transaction{database, server.center(), clock.now()};
          return central::apply_ops(transaction, kiosk.kiosk, arrived);
        });
    if (!outcome) {
      findings.push_back("lost: the kiosk " + kiosk.kiosk);
      return {};
    }
    const wire::OpResult& again = outcome->results.front();
    const bool rejected = op.result.outcome == wire::Outcome::rejected;
    const auto right = rejected ? wire::Outcome::rejected : wire::Outcome::duplicate;
    if (again.outcome != right) {
      findings.push_back("lost: op " + op.id);
    } else if (again.code != op.result.code || again.data != op.result.data) {
      findings.push_back("corrupt: the result of op " + op.id);
    }
  }
  return {};
}

Result<void> look(const base::Path& folder, const base::Clock& clock, base::Chance& ids,
                  const service::Catalogue& services, const std::vector<Sent>& kiosks,
                  std::vector<std::string>& findings) {
  {
    auto store = TRY(open_store(folder));
    TRY(store->read([&](sql::Database& database) { return check_rules(database, findings); }));
  }
  auto server = TRY(ServerSide::open(folder, clock, ids, services));
  for (const Sent& kiosk : kiosks) {
    if (!kiosk.kiosk.empty()) TRY(send_again(*server, clock, kiosk, findings));
  }
  return {};
}

}  // namespace

std::vector<std::string> compare(const base::Path& folder, const base::Clock& clock,
                                 base::Chance& ids, const service::Catalogue& services,
                                 const std::vector<Sent>& kiosks) {
  std::vector<std::string> findings;
  if (const auto done = look(folder, clock, ids, services, kiosks, findings); !done) {
    findings.push_back(fmt::format("corrupt: {} {}", done.error().code, done.error().detail));
  }
  return findings;
}

}  // namespace test
