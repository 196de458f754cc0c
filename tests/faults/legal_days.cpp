// Program legal_days: a legal day does not pass unnoticed while the line is cut (care rule 8).
//
//   legal_days --config DIR [--share short|full] [--seed N]
//
// Visitors file requests that protect a day at kiosks whose lines are cut for one to ten days, with
// replies lost on the way; the clock is the test's. After every few hours each request whose day is
// near, and about which no person has written anything down, must stand in an alarm: on its kiosk's
// staff page while it is there, on the office page once the server has it. People look now and then
// and write outcomes down. Below the screens kiosks and server are the product's own.
//
// Once more without looking at the kiosks: if that finds nothing unalarmed, the check is broken.
// The last line is JSON; exit 1 when the promise breaks.

#include "kiosk/central/legal_days.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <deque>
#include <random>
#include <set>

#include "kiosk/central/schema.h"
#include "kiosk/central/server.h"
#include "kiosk/central/slots.h"
#include "kiosk/intake/intake_store.h"
#include "kiosk/store/legal_days.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/sync/enrol.h"
#include "kiosk/sync/exchange.h"
#include "platform/base/options.h"
#include "tests/support/sample_services.h"
#include "tests/support/world.h"

namespace {

using base::Path;
using base::Result;

constexpr std::chrono::hours step{4};
constexpr int days_ahead = 14;             // of the days that are protected
constexpr std::uint32_t longest_cut = 10;  // days
constexpr std::uint32_t longest_peace = 2;

struct Share {
  int requests = 0;
  int kiosks = 0;
};
constexpr Share short_share{300, 3};
constexpr Share full_share{1000, 8};

// The server with its routes, called as its listener would.
class Hall {
 public:
  Hall(const Path& folder, const service::Catalogue& services, test::FakeClock& clock,
       base::Chance& chance)
      : clock_(clock), chance_(chance), center_{services, base::china_time, "secret"} {
    auto opened =
        central::Store::open(central::sqlite_engine(folder / "central.db"), central::migrations());
    if (!opened) std::abort();
    store_ = *std::move(opened);
    must(store_->write([&](sql::Database& database) -> Result<void> {
      central::Transaction transaction{database, center_, clock_.now()};
      TRY(central::begin_service(transaction, "content", chance_));
      return central::expand_slots(transaction);
    }));
    server_.emplace(
        central::Ground{*store_, center_, content_, {clock_, chance_}, log_, metrics_, {}});
  }

  http::Response answer(const http::Received& received) { return server_->answer(received); }
  std::string enrol_code() {
    return must(store_->write([&](sql::Database& database) {
      return central::make_enrol_code(database, center_.id(), {clock_, chance_});
    }));
  }
  central::LegalDays legal_days() {
    return must(store_->read([&](sql::Database& database) {
      return central::read_legal_days(database, center_, clock_.now());
    }));
  }
  void settle(const std::string& id) {
    must(store_->write([&](sql::Database& database) {
      central::Transaction transaction{database, center_, clock_.now()};
      return central::settle_legal_day(transaction, id, "told");
    }));
  }

  template <typename T>
  static T must(Result<T> result) {
    if (result) {
      if constexpr (std::is_void_v<T>)
        return;
      else
        return *std::move(result);
    }
    fmt::print("BROKEN {}: {}\n", result.error().code, result.error().detail);
    std::exit(1);
  }

 private:
  test::FakeClock& clock_;
  base::Chance& chance_;
  central::Center center_;
  central::Content content_;
  std::unique_ptr<central::Store> store_;
  base::Log log_{clock_, ::open("/dev/null", O_WRONLY | O_CLOEXEC)};
  central::Metrics metrics_{clock_.now()};
  std::optional<central::Server> server_;
};

// A kiosk's line to the hall.
class Cable final : public http::Transport {
 public:
  Cable(Hall& hall, base::Chance& chance) : hall_(hall), chance_(chance) {}
  bool cut = false;

  Result<http::Response> send(const http::Request& request, std::stop_token) override {
    if (cut) return base::fail(base::ErrorKind::offline, "connect");
    http::Received received;
    received.method = request.method;
    received.path = request.url.substr(request.url.find('/', std::string_view("http://").size()));
    received.body = request.body;
    for (const auto& [name, value] : request.headers) {
      std::string lower = name;
      for (char& each : lower) each = static_cast<char>(std::tolower(each));
      received.headers[lower] = value;
    }
    http::Response response = hall_.answer(received);
    constexpr std::uint32_t lost_replies = 8;  // one of so many
    if (chance_.below(lost_replies) == 0) return base::fail(base::ErrorKind::offline, "timeout");
    return response;
  }

 private:
  Hall& hall_;
  base::Chance& chance_;
};

// What the oracle knows of a request, counted in its own way.
struct Filed {
  std::string id;
  std::chrono::sys_days day;
  bool offline = false;  // there was no line when it was filed
  bool settled = false;  // by a person, anywhere
  bool unalarmed = false;
  bool passed = false;
};

class Place {
 public:
  Place(const Path& folder, Hall& hall, const service::Catalogue& services, test::FakeClock& clock,
        base::Chance& chance)
      : services_(services),
        clock_(clock),
        chance_(chance),
        cable_(hall, chance),
        store_(Hall::must(store::Store::open(folder, {clock, chance}))),
        requests_(Hall::must(intake::IntakeStore::open(store_))),
        client_(cable_, key_, clock, "http://hall.test") {
    const std::string code = hall.enrol_code();
    while (Hall::must(syncing::enrol(store_, client_, code, {})).kind !=
           syncing::Answer::Kind::ok) {
    }
    turn_at_ = clock.now();
  }

  // Lines come and go.
  void weather() {
    if (clock_.now() < turn_at_) return;
    cable_.cut = !cable_.cut;
    const std::uint32_t days =
        cable_.cut ? 1 + chance_.below(longest_cut) : chance_.below(longest_peace + 1);
    turn_at_ = clock_.now() + std::chrono::days{days} + std::chrono::hours{chance_.below(24)};
  }
  void mend() { cable_.cut = false; }
  void exchange() {
    constexpr int tries = 3;
    for (int i = 0; i < tries; ++i) {
      const auto done = Hall::must(syncing::exchange_once(store_, client_, {}));
      if (done.answer.kind == syncing::Answer::Kind::ok && !done.more) return;
    }
  }
  // One visitor; every tenth has no day, or does not know it.
  std::optional<Filed> file() {
    const service::Service& mediation = *services_.find("mediation");
    intake::Draft draft = test::sample_answers(mediation);
    const auto today = std::chrono::floor<std::chrono::days>(clock_.now() + std::chrono::hours{8});
    const std::chrono::sys_days day{today + std::chrono::days{chance_.below(days_ahead + 1)}};
    const bool known = chance_.below(10) != 0;
    draft.answers["last_day"] = known                   ? base::iso_date(base::Date{day})
                                : chance_.below(2) == 0 ? "none"
                                                        : "unknown";
    std::string id = Hall::must(requests_.file(mediation, draft)).id;
    ++filed_;
    if (!known) return std::nullopt;
    return Filed{.id = std::move(id), .day = day, .offline = cable_.cut};
  }
  std::vector<store::LegalAlarm> alarms() { return Hall::must(store::legal_alarms(store_)); }
  void settle(const std::string& id) {
    Hall::must(store_.write([&](store::Writer& writer) {
      return store::settle_legal_alarm(writer, id, store::LegalOutcome::told);
    }));
  }
  // Everything has arrived, in an order without gaps.
  bool drained() {
    const auto state = Hall::must(store::read_sync_state(store_));
    return Hall::must(store::pending_ops(store_)).empty() && state.applied_through == filed_;
  }

 private:
  const service::Catalogue& services_;
  test::FakeClock& clock_;
  base::Chance& chance_;
  Cable cable_;
  crypto::SigningKey key_ = crypto::SigningKey::generate();
  store::Store store_;
  intake::IntakeStore requests_;
  syncing::Client client_;
  base::Instant turn_at_;
  std::int64_t filed_ = 0;
};

struct Tally {
  int requests = 0;
  int passed = 0;     // days that ended before a person had written anything down
  int unalarmed = 0;  // requests that once were near and stood nowhere
  int stuck = 0;      // kiosks that could not empty their outbox in the end
};

class Town {
 public:
  Town(Share share, const service::Catalogue& services, std::uint64_t seed, bool blind)
      : share_(share),
        blind_(blind),
        chance_(seed),
        hall_(folder_.path(), services, clock_, chance_) {
    for (int i = 0; i < share.kiosks; ++i) {
      places_.emplace_back(folder_ / std::to_string(i), hall_, services, clock_, chance_);
    }
  }

  Tally run() {
    while (static_cast<int>(filed_.size()) < share_.requests) live(true);
    for (int i = 0; i < days_ahead * 24 / static_cast<int>(step.count()); ++i) live(false);
    Tally tally{.requests = static_cast<int>(filed_.size())};
    for (const auto& [place, each] : filed_) {
      tally.passed += each.passed ? 1 : 0;
      tally.unalarmed += each.unalarmed ? 1 : 0;
    }
    for (Place& each : places_) {
      each.mend();
      for (int i = 0; i < 20 && !each.drained(); ++i) each.exchange();
      tally.stuck += each.drained() ? 0 : 1;
    }
    return tally;
  }

 private:
  void live(bool visitors) {
    clock_.advance(step);
    for (std::size_t i = 0; i < places_.size(); ++i) {
      Place& place = places_[i];
      place.weather();
      place.exchange();
      for (std::uint32_t n = visitors ? chance_.below(3) : 0; n > 0; --n) {
        if (auto filed = place.file()) filed_.emplace_back(i, *std::move(filed));
      }
      place.exchange();
    }
    check();
    people_look();
  }

  // Near by the oracle's own count.
  [[nodiscard]] bool near(const Filed& filed) const {
    const auto today = std::chrono::floor<std::chrono::days>(clock_.now() + std::chrono::hours{8});
    const auto left = (filed.day - today).count();
    return left <= 2 || (filed.offline && left <= 6);
  }

  void check() {
    std::set<std::string> shown;
    for (const central::LegalDay& each : hall_.legal_days().open) {
      if (each.alarm) shown.insert(each.id);
    }
    for (Place& place : places_) {
      if (blind_) break;
      for (const store::LegalAlarm& each : place.alarms()) shown.insert(each.id);
    }
    const auto today = std::chrono::floor<std::chrono::days>(clock_.now() + std::chrono::hours{8});
    for (auto& [place, each] : filed_) {
      if (each.settled) continue;
      if (each.day < today) each.passed = true;
      if (!near(each) || shown.contains(each.id)) continue;
      if (!blind_ && !each.unalarmed) fmt::print("BROKEN unalarmed: {}\n", each.id);
      each.unalarmed = true;
    }
  }

  // Some of what is shown is settled, at the kiosk or in the office.
  void people_look() {
    constexpr std::uint32_t busy = 12;
    std::set<std::string> settled;
    for (Place& place : places_) {
      for (const store::LegalAlarm& each : place.alarms()) {
        if (chance_.below(busy) == 0) place.settle(each.id), settled.insert(each.id);
      }
    }
    for (const central::LegalDay& each : hall_.legal_days().open) {
      if (chance_.below(busy) == 0) hall_.settle(each.id), settled.insert(each.id);
    }
    for (auto& [place, each] : filed_) each.settled = each.settled || settled.contains(each.id);
  }

  Share share_;
  bool blind_;
  test::TempFolder folder_;
  test::FakeClock clock_;
  test::SeededChance chance_;
  Hall hall_;
  std::deque<Place> places_;
  std::vector<std::pair<std::size_t, Filed>> filed_;
};

struct Arguments {
  Path config;
  std::uint64_t seed = 0;
  Share share;
};

Result<Arguments> read_arguments(std::span<const std::string> words) {
  const base::Options options = TRY(base::parse_options(words, {{"config", "share", "seed"}, {}}));
  Arguments arguments{.config = options.value("config"),
                      .seed = std::random_device{}(),
                      .share = options.value("share") == "full" ? full_share : short_share};
  const std::string seed(options.value("seed"));
  std::from_chars(seed.data(), seed.data() + seed.size(), arguments.seed);
  return arguments;
}

Result<int> run(std::span<const std::string> words) {
  const Arguments arguments = TRY(read_arguments(words));
  const service::Catalogue services = TRY(test::read_services(arguments.config));
  fmt::print("seed: {}\n", arguments.seed);
  std::fflush(stdout);
  const Tally blind = Town({100, 2}, services, arguments.seed, true).run();
  const Tally tally = Town(arguments.share, services, arguments.seed, false).run();
  const bool sharp = blind.unalarmed > 0 && tally.passed > 0;
  if (!sharp) fmt::print("BROKEN: the check finds nothing where there must be something\n");
  const int broken = tally.unalarmed + tally.stuck + (sharp ? 0 : 1);
  fmt::print(
      R"({{"promise": "a legal day does not pass unnoticed", )"
      R"("figure": "{} requests with days, outages of 1-{} days: {} pass unalarmed", )"
      R"("seed": {}, "broken": {}, "passed_before_an_outcome": {}, "kiosks_not_drained": {}, )"
      R"("unalarmed_without_the_kiosks_alarm": {}}})"
      "\n",
      tally.requests, longest_cut, tally.unalarmed, arguments.seed, broken, tally.passed,
      tally.stuck, blind.unalarmed);
  return broken == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  // The real disk has no part in it: its syncs would only be waited for.
  if (std::filesystem::is_directory("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 0);
  const auto code = run(std::vector<std::string>(words + 1, words + count));
  if (code) return *code;
  fmt::print(stderr, "legal_days: {}: {}\n", code.error().code, code.error().detail);
  return 2;
}
