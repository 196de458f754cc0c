// Program clock_jumps: a kiosk whose machine's clock jumps, mostly while the line is cut.
//
//   clock_jumps --config DIR [--seed N] [--share short|full]
//
// The kiosk's own stores, outbox, sync and client, and the server's own routes and rules, with a
// function call for a line between them. Time is simulated; the server has the true one. The
// kiosk's clock jumps by ten years, by an hour (summer time), back before 1970, and is put right
// again; the line is cut and mended, the program starts anew, visitors come. In the end everything
// is sent, and what was kept, promised and called is compared with what truly happened when.

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "kiosk/central/schema.h"
#include "kiosk/central/server.h"
#include "kiosk/service/read.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/sync/sync.h"
#include "platform/http/gzip.h"
#include "tests/faults/desks.h"
#include "tests/faults/promise.h"
#include "tests/support/world.h"

namespace {

using base::Instant;
using base::Milliseconds;
using base::Result;
using namespace std::chrono_literals;

constexpr Milliseconds close_enough = 4s;  // told by the second, noticed from two seconds on
constexpr Milliseconds longest_cut = 20h;
constexpr Milliseconds ten_years = std::chrono::days{3652};
constexpr central::KeepDays keep_all{3650, 3650, 3650, 3650};

// ---- the center ---------------------------------------------------------------------------------

Result<service::Catalogue> open_all_week(const base::Path& config) {
  auto outcome = service::read_catalogue(TRY(service::load_folder(config)));
  if (!outcome.catalogue) return base::fail(base::ErrorKind::invalid, "bad_catalogue");
  for (service::Service& each : outcome.catalogue->services) {
    for (auto& day : each.hours.week) day = {service::TimeSpan{{0}, {24 * 60}}};
    each.hours.closed.clear();
  }
  return *std::move(outcome.catalogue);
}

class Center {
 public:
  static Result<std::unique_ptr<Center>> open(const base::Path& config, base::World world) {
    auto catalogue = TRY(open_all_week(config));
    auto center = std::unique_ptr<Center>(new Center(std::move(catalogue), world));
    center->store_ = TRY(central::Store::open(
        central::sqlite_engine(center->folder_ / "central.db"), central::migrations()));
    TRY(center->store_->write([&](sql::Database& database) {
      central::Transaction transaction{database, center->center_, world.clock.now()};
      return central::begin_service(transaction, "catalogue", world.chance);
    }));
    center->server_.emplace(central::Ground{*center->store_, center->center_, center->content_,
                                            world, center->log_, center->metrics_});
    return center;
  }

  [[nodiscard]] const service::Catalogue& catalogue() const { return center_.catalogue; }
  http::Response answer(const http::Received& received) { return server_->answer(received); }
  Result<void> look_at_the_calendar() {
    TRY(server_->keep_slots_open());
    while (TRY(server_->erase_old_records())) continue;
    return {};
  }
  Result<std::string> enrol_code() {
    return store_->write([this](sql::Database& database) {
      return central::make_enrol_code(database, center_.id(), world_);
    });
  }
  template <typename Work>
  auto read(Work work) {
    return store_->read(work);
  }

 private:
  Center(service::Catalogue catalogue, base::World world)
      : world_(world),
        center_{std::move(catalogue), base::china_time, "secret", 20, keep_all},
        log_(world.clock, -1),
        metrics_(world.clock.now()) {
    content_ = central::publish(central::make_catalogue_pack({{"menu.toml", "#"}}), {}, 1);
  }

  test::TempFolder folder_;
  base::World world_;
  central::Center center_;
  base::Log log_;
  central::Metrics metrics_;
  central::Content content_;
  std::unique_ptr<central::Store> store_;
  std::optional<central::Server> server_;
};

// ---- the line -----------------------------------------------------------------------------------

class Line final : public http::Transport {
 public:
  explicit Line(Center& center) : center_(center) {}

  bool whole = true;
  std::vector<std::string> arrived;  // ids of ops, each once, in the order they came in
  int skewed = 0;                    // requests that were sent back with the time

  Result<http::Response> send(const http::Request& request, std::stop_token) override {
    if (!whole) return base::fail(base::ErrorKind::offline, "connect");
    http::Received received{.method = request.method,
                            .path = request.url.substr(address.size()),
                            .query = {},
                            .headers = {},
                            .body = request.body,
                            .peer = "127.0.0.1",
                            .peer_is_loopback = true};
    for (const auto& [name, value] : request.headers) {
      std::string lower = name;
      std::ranges::transform(lower, lower.begin(),
                             [](char c) { return static_cast<char>(std::tolower(c)); });
      received.headers[lower] = value;
    }
    http::Response response = center_.answer(received);
    if (response.status == 401) ++skewed;
    if (response.status == 200 && received.path == "/v1/sync") TRY(note(received));
    return response;
  }

  static constexpr std::string_view address = "http://center.test";

 private:
  Result<void> note(const http::Received& received) {
    const bool packed = received.header("content-encoding") == "gzip";
    const std::string body =
        packed ? TRY(http::gunzip(received.body, std::size_t{1} << 20U)) : received.body;
    for (const std::string& bytes : TRY(wire::parse_sync_request(body)).ops) {
      const std::string id = TRY(wire::parse_op(bytes)).id;
      if (seen_.insert(id).second) arrived.push_back(id);
    }
    return {};
  }

  Center& center_;
  std::set<std::string> seen_;
};

// ---- the kiosk ----------------------------------------------------------------------------------

// From one start of the program to the next.
class Life {
 public:
  static Result<std::unique_ptr<Life>> start(const base::Path& data, const base::Clock& machine,
                                             base::Chance& chance, Line& line,
                                             const std::string& code) {
    auto life = std::unique_ptr<Life>(new Life(machine, chance));
    life->ui.emplace(TRY(store::Store::open(data, life->world)));
    life->of_thread.emplace(TRY(store::Store::open(data, life->world)));
    const auto state = TRY(store::read_sync_state(*life->ui));
    life->clock.not_before(state.last_success.value_or(Instant{}));
    life->desks.emplace(TRY(faults::Desks::open(*life->ui)));
    life->key.emplace(TRY(crypto::SigningKey::load_or_create(data / "kiosk.key")));
    life->sync.emplace(*life->of_thread, line, *life->key,
                       syncing::Options{std::string(Line::address), code, nullptr, &life->clock},
                       life->lookup, life->log);
    return life;
  }

  base::ToldClock clock;
  base::World world;
  base::Log log;
  syncing::Lookup lookup;
  std::optional<store::Store> ui;
  std::optional<store::Store> of_thread;
  std::optional<faults::Desks> desks;
  std::optional<crypto::SigningKey> key;
  std::optional<syncing::Sync> sync;

 private:
  Life(const base::Clock& machine, base::Chance& chance)
      : clock(machine), world{clock, chance}, log(clock, -1) {}
};

// ---- what truly happened ------------------------------------------------------------------------

struct Drawn {
  std::string id;
  Instant at;            // true time
  bool certain = false;  // the kiosk had been told the time since its start
};

struct Case {
  std::string code;
  std::string last4;
};

class Trial {
 public:
  Trial(const faults::Trial& trial, faults::Outcome& outcome)
      : outcome_(outcome), whims_(trial.seed), chance_(trial.seed + 1) {}

  Result<void> open(const base::Path& config) {
    center_ = TRY(Center::open(config, {truth_, chance_}));
    TRY(center_->look_at_the_calendar());
    line_.emplace(*center_);
    TRY(start(TRY(center_->enrol_code())));
    TRY(let_pass(1s));
    if (!life_->clock.certain()) outcome_.find("the first exchange has told no time");
    return {};
  }

  Result<void> run(int steps) {
    for (int step = 0; step < steps; ++step) {
      TRY(let_pass(a_while()));
      TRY(happen());
      if (step % 25 == 0) TRY(check_what_is_kept());
    }
    return finish();
  }

  Result<void> check();
  int close();

 private:
  std::uint32_t draw(std::uint32_t bound) { return whims_.below(bound); }

  Milliseconds a_while() {
    if (draw(40) == 0) return 6h;
    return Milliseconds{draw(draw(4) == 0 ? 600'000 : 20'000)};
  }

  Result<void> start(const std::string& code) {
    life_.reset();
    life_ = TRY(Life::start(data_.path(), machine_, chance_, *line_, code));
    return {};
  }

  Result<void> let_pass(Milliseconds time) {
    truth_.advance(time);
    machine_.advance(time);
    TRY(center_->look_at_the_calendar());
    if (!line_->whole && truth_.now() - cut_since_ > longest_cut) line_->whole = true;
    for (int i = 0; i < 20 && life_->sync->due() <= machine_.tick(); ++i) {
      life_->sync->run({});
      TRY(check_the_line());
    }
    return {};
  }

  // Whatever the clock says, a line that is whole brings an answer that counts.
  Result<void> check_the_line() {
    const store::SyncState state = TRY(store::read_sync_state(*life_->ui));
    if (line_->whole && !state.last_error.empty() && state.last_error != "connect") {
      outcome_.find(fmt::format("refused as {}", state.last_error));
    }
    if (!life_->clock.certain()) return {};
    const Milliseconds off = std::chrono::abs(life_->clock.now() - truth_.now());
    outcome_.expect(off <= close_enough, fmt::format("the kiosk's time is {} ms off", off.count()));
    return {};
  }

  Result<void> happen() {
    switch (draw(16)) {
      case 0:
      case 1: return jump();
      case 2: return cut_or_mend();
      case 3: return draw(4) == 0 ? start_anew() : jump();
      case 4:
      case 5: return book();
      case 6: return change();
      case 7: return call();
      default: return draw_ticket();
    }
  }

  Result<void> jump() {
    const base::Tick due = life_->sync->due();
    const Instant now = machine_.now();
    const Instant jumps[] = {now + ten_years, now - ten_years, now + 1h,     now - 1h,
                             now + 24h,       now - 24h,       Instant{},    Instant{-ten_years},
                             truth_.now(),    truth_.now(),    truth_.now(), truth_.now()};
    machine_.set(jumps[draw(std::size(jumps))]);
    ++jumps_;
    outcome_.expect(life_->sync->due() == due, "a jump has moved the next exchange");
    return let_pass(0ms);
  }

  Result<void> cut_or_mend() {
    line_->whole = !line_->whole;
    if (!line_->whole) cut_since_ = truth_.now();
    return {};
  }

  Result<void> start_anew() {
    ++starts_;
    return start({});
  }

  Result<void> book() {
    const auto seats =
        TRY(life_->desks->bookings.seats("consult", base::add_days(life_->ui->today(), 2)));
    if (seats.empty()) return {};
    const std::string slot = seats[draw(static_cast<std::uint32_t>(seats.size()))].key;
    // Somebody else each time: few bookings a person are taken.
    const booking::Submitted mine =
        TRY(life_->desks->bookings.submit({.service = "consult",
                                           .topic = "wage",
                                           .way = booking::parse_slot_key(slot)->way,
                                           .slot = slot,
                                           .name = "王小明",
                                           .phone = fmt::format("138{:08}", cases_.size())}));
    life_->sync->op_added();
    booked_.push_back(mine);
    cases_.push_back({mine.code, mine.last4});
    return let_pass(100ms);
  }

  Result<void> change() {
    if (booked_.empty()) return book();
    const std::size_t which = draw(static_cast<std::uint32_t>(booked_.size()));
    const booking::Submitted mine = booked_[which];
    const auto seats =
        TRY(life_->desks->bookings.seats("consult", base::add_days(life_->ui->today(), 2)));
    if (seats.empty() || draw(3) == 0) {
      booked_.erase(booked_.begin() + static_cast<std::ptrdiff_t>(which));
      TRY(life_->desks->bookings.cancel({mine.code, mine.last4, mine.id}));
    } else {
      const std::string slot = seats[draw(static_cast<std::uint32_t>(seats.size()))].key;
      TRY(life_->desks->bookings.move({mine.code, mine.last4, mine.id}, slot));
    }
    life_->sync->op_added();
    return let_pass(100ms);
  }

  Result<void> call() {
    TRY(life_->desks->calls.call("home"));
    life_->sync->op_added();
    return let_pass(100ms);
  }

  Result<void> draw_ticket() {
    const service::Service& notary = *center_->catalogue().find("notary");
    const ticket::Drawn drawn = TRY(life_->desks->tickets.draw(notary, ""));
    drawn_.push_back({drawn.id, truth_.now(), life_->clock.certain()});
    life_->sync->op_added();
    TRY(let_pass(100ms));
    if (draw(6) == 0) TRY(jump());  // while the visitor waits for the number
    ticket::Ticket held = TRY(life_->desks->tickets.settle(drawn));
    if (held.state == ticket::State::drawing) {
      TRY(let_pass(ticket::answer_patience));
      held = TRY(life_->desks->tickets.settle(drawn));
    }
    outcome_.expect(held.state != ticket::State::drawing, "a visitor waits for a number for ever");
    numbers_[drawn.id] = held.number;
    if (draw(10) == 0) TRY(life_->desks->tickets.give_back(drawn.id));
    life_->sync->op_added();
    return {};
  }

  // Everything is sent, by a kiosk whose clock is wrong to the end.
  Result<void> finish() {
    line_->whole = true;
    machine_.set(truth_.now() - ten_years);
    for (int i = 0; i < 100 && TRY(store::count_waiting(*life_->ui)).count > 0; ++i) {
      TRY(let_pass(1min));
    }
    return check_what_is_kept();
  }

  Result<void> check_what_is_kept();
  Result<void> check_outbox();
  Result<void> check_tickets();
  Result<void> check_arrivals();

  faults::Outcome& outcome_;
  test::SeededChance whims_;   // of the test
  test::SeededChance chance_;  // of kiosk and server
  test::FakeClock truth_;
  test::FakeClock machine_;
  test::TempFolder data_;
  std::unique_ptr<Center> center_;
  std::optional<Line> line_;
  std::unique_ptr<Life> life_;
  Instant cut_since_;
  std::vector<booking::Submitted> booked_;
  std::vector<Case> cases_;
  std::vector<Drawn> drawn_;
  std::map<std::string, std::string> numbers_;  // id of a draw → what the visitor holds
  std::map<std::string, Instant> accepted_;     // op → when it was seen to be, true time
  int jumps_ = 0;
  int starts_ = 0;
  int astray_ = 0;  // tickets in the queue of another day than they were drawn on
  int ops_ = 0;
};

// ---- what must be so ----------------------------------------------------------------------------

// Nothing young is taken away, whatever day the clock says.
Result<void> Trial::check_what_is_kept() {
  sql::Statement row =
      TRY(life_->ui->database().query("SELECT id FROM outbox WHERE state = 'accepted'"));
  std::set<std::string> here;
  while (TRY(row.step())) here.insert(row.string(0));
  for (const std::string& id : here) accepted_.try_emplace(id, truth_.now());
  for (const auto& [id, since] : accepted_) {
    const bool young = truth_.now() - since < std::chrono::days{7} - longest_cut;
    if (young && !here.contains(id)) outcome_.find("an accepted op is gone before its time: " + id);
  }
  const auto slots = TRY(life_->ui->database().integer(
      "SELECT count(*) FROM mirror WHERE type = 'slot' AND data ->> '$.day' > ?",
      base::iso_date(base::china_time.date(truth_.now()))));
  outcome_.expect(slots.value_or(0) > 0, "the kiosk knows of no slot any more");
  for (const Case& each : cases_) {
    const auto found = TRY(life_->desks->bookings.find(each.code, each.last4));
    outcome_.expect(found.kind == store::CaseAnswer::Kind::found, "a code leads nowhere");
  }
  return {};
}

Result<void> Trial::check_outbox() {
  const std::set<std::string> of_the_day{"closed", "slot_past"};
  sql::Statement row = TRY(
      life_->ui->database().query("SELECT id, kind, state, code, bytes FROM outbox ORDER BY seq"));
  while (TRY(row.step())) {
    const wire::Op op = TRY(wire::parse_op(row.blob(4)));
    const std::string words = fmt::format("{} {} {}", row.text(1), row.text(2), row.text(3));
    outcome_.expect(row.text(2) != "waiting", "never sent: " + words);
    if (row.text(2) != "refused" || row.text(3) == "slot_full") continue;
    // Who was told no time since the start may be wrong about the day, and says so.
    const bool unknown_day = !op.clock_trusted && of_the_day.contains(row.string(3));
    outcome_.expect(unknown_day || row.text(1) != "ticket.draw", "refused: " + words);
  }
  ops_ =
      static_cast<int>(TRY(life_->ui->database().integer("SELECT last FROM sequence")).value_or(0));
  return {};
}

Result<void> Trial::check_tickets() {
  struct Called {
    std::string day;
    std::string number;
    std::int64_t position = 0;
  };
  const auto called =
      TRY(center_->read([](sql::Database& database) -> Result<std::map<std::string, Called>> {
        std::map<std::string, Called> all;
        sql::Statement row = TRY(database.query("SELECT id, day, number, position FROM ticket"));
        while (TRY(row.step())) {
          all[row.string(0)] = {row.string(1), row.string(2), row.integer(3)};
        }
        return all;
      }));
  std::map<std::string, std::int64_t> last;  // day → position of the ticket drawn before
  std::set<std::pair<std::string, std::string>> given;
  for (const Drawn& each : drawn_) {
    const auto found = called.find(each.id);
    const auto true_day = [&](Milliseconds off) {
      return base::iso_date(base::china_time.date(each.at + off));
    };
    const bool right_day = found != called.end() && (found->second.day == true_day(close_enough) ||
                                                     found->second.day == true_day(-close_enough));
    if (!right_day) {
      ++astray_;
      outcome_.expect(!each.certain, "a ticket is not in the queue of its day: " + each.id);
    }
    if (found == called.end()) continue;
    const Called& ticket = found->second;
    outcome_.expect(ticket.number == numbers_[each.id], "paper and counter differ: " + each.id);
    outcome_.expect(given.insert({ticket.day, ticket.number}).second,
                    fmt::format("{} of {} was given twice", ticket.number, ticket.day));
    std::int64_t& before = last[ticket.day];
    outcome_.expect(ticket.position > before,
                    "called before somebody who drew earlier: " + each.id);
    const std::int64_t off = std::abs(ticket.position - base::to_ms(each.at));
    const bool in_place = off <= close_enough.count() || ticket.position == before + 1;
    outcome_.expect(in_place || !each.certain,
                    fmt::format("its place in the queue is {} ms off: {}", off, each.id));
    before = ticket.position;
  }
  return {};
}

// Of one record the ops have come in the order they were made in.
Result<void> Trial::check_arrivals() {
  std::map<std::string, std::pair<std::string, std::int64_t>> made;  // op → record, seq
  sql::Statement row = TRY(life_->ui->database().query("SELECT id, record, seq FROM outbox"));
  while (TRY(row.step())) made[row.string(0)] = {row.string(1), row.integer(2)};
  std::map<std::string, std::int64_t> last;
  for (const std::string& id : line_->arrived) {
    const auto op = made.find(id);
    if (op == made.end()) continue;  // accepted more than a week ago
    std::int64_t& before = last[op->second.first];
    outcome_.expect(op->second.second > before, "out of order: " + id);
    before = op->second.second;
  }
  return {};
}

Result<void> Trial::check() {
  TRY(check_outbox());
  TRY(check_tickets());
  return check_arrivals();
}

int Trial::close() {
  outcome_.count("jumps", jumps_);
  outcome_.count("starts", starts_);
  outcome_.count("ops", ops_);
  outcome_.count("tickets", drawn_.size());
  outcome_.count("skewed", line_->skewed);
  outcome_.count("astray", astray_);
  return outcome_.close(
      fmt::format("{} jumps, {} starts, {} ops, {} tickets: 0 order faults; {} requests signed "
                  "anew; {} tickets "
                  "of kiosks that started without line and right time are in another day's queue",
                  jumps_, starts_, ops_, drawn_.size(), line_->skewed, astray_));
}

Result<int> run(const faults::Trial& trial) {
  faults::Outcome outcome("clock jumps are harmless", trial.seed);
  Trial it(trial, outcome);
  TRY(it.open(trial.options.value("config")));
  TRY(it.run(trial.full() ? 6000 : 250));
  TRY(it.check());
  return it.close();
}

}  // namespace

int main(int count, char** words) {
  const auto trial = faults::read_trial(count, words, {"config"});
  if (!trial) return faults::cannot_run("clock_jumps", trial.error());
  const auto ended = run(*trial);
  return ended ? *ended : faults::cannot_run("clock_jumps", ended.error());
}
