// Program kiosk_hall: many kiosks without screens, with their visitors, for one while. Everything
// below the screens is the kiosk's own: database, outbox, exchange, libcurl. It ends when the
// visitors have gone and, unless it was told otherwise, everything is sent.
//
//   kiosk_hall --data DIR --config DIR --server URL --kiosks FROM-TO --seed N
//              [--visits N] [--stay-silent] [--enrol-codes FILE] [--cancel-elsewhere] [--once]
//              [--look-up]
//
// Kiosk n has the folder DIR/n. Of the codes in FILE, one a line, each kiosk takes the one at its
// place. What a screen would have confirmed goes into DIR/n/journal.tsv, one line each:
// kind, op, record, detail, code, last four digits; detail is the number of a ticket.
//   --stay-silent       the ops of these visitors stay on the kiosk
//   --cancel-elsewhere  at last each kiosk cancels, by its code, a booking of the next one
//   --once              each kiosk syncs until it is quiet, and no more is waited for
//   --look-up           asks for every code of the journals and prints how many are found

#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <thread>

#include "kiosk/store/outbox.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/sync/sync.h"
#include "platform/base/options.h"
#include "platform/http/curl_transport.h"
#include "tests/faults/desks.h"
#include "tests/support/sample_services.h"
#include "tests/support/world.h"

namespace {

using base::Result;

constexpr int hands = 8;            // kiosks at work at one moment
constexpr int visits_a_sync = 25;   // what waits meanwhile goes in one request
constexpr int most_exchanges = 60;  // of one sync until it is quiet
constexpr auto patience = std::chrono::seconds{60};

struct Arguments {
  base::Path data;
  base::Path config;
  std::string server;
  int from = 0;
  int to = 0;  // not included
  std::uint64_t seed = 0;
  int visits = 0;
  bool stay_silent = false;
  bool cancel_elsewhere = false;
  bool once = false;
  bool look_up = false;
  std::vector<std::string> enrol_codes;  // the first is of kiosk `from`
};

template <typename Number>
Number number(std::string_view text) {
  Number value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string> read_lines(const base::Path& file) {
  std::vector<std::string> lines;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Result<Arguments> read_arguments(std::span<const std::string> words) {
  const base::Options options = TRY(base::parse_options(
      words, {{"data", "config", "server", "kiosks", "seed", "visits", "enrol-codes"},
              {"stay-silent", "cancel-elsewhere", "once", "look-up"}}));
  const std::string_view kiosks = options.value("kiosks");
  const std::size_t dash = kiosks.find('-');
  return Arguments{.data = options.value("data"),
                   .config = options.value("config"),
                   .server = std::string(options.value("server")),
                   .from = number<int>(kiosks),
                   .to = number<int>(kiosks.substr(dash + 1)),
                   .seed = number<std::uint64_t>(options.value("seed")),
                   .visits = number<int>(options.value("visits")),
                   .stay_silent = options.has("stay-silent"),
                   .cancel_elsewhere = options.has("cancel-elsewhere"),
                   .once = options.has("once"),
                   .look_up = options.has("look-up"),
                   .enrol_codes = read_lines(options.value("enrol-codes"))};
}

// One kiosk of the hall, and who stands before it.
class Kiosk {
 public:
  static Result<std::unique_ptr<Kiosk>> open(const Arguments& arguments, int n,
                                             const service::Catalogue& catalogue,
                                             const base::Clock& clock) {
    auto kiosk = std::unique_ptr<Kiosk>(new Kiosk(arguments, n, catalogue, clock));
    TRY(kiosk->build(arguments, n));
    return kiosk;
  }

  Result<void> serve(int visits, bool silent) {
    for (int visit = 1; visit <= visits; ++visit) {
      TRY(one_visit(silent));
      if (!silent && visit % visits_a_sync == 0) TRY(sync());
    }
    return silent ? Result<void>{} : sync();
  }

  // Until nothing more waits that may be sent now, or the server cannot be reached.
  Result<void> sync() {
    for (int i = 0; i < most_exchanges; ++i) {
      sync_->asked();
      sync_->run({});
      const store::SyncState state = TRY(store::read_sync_state(*store_));
      if (!state.last_error.empty()) {
        return base::fail(base::ErrorKind::offline, "sync", state.last_error);
      }
      if (state.caught_up && TRY(store::pending_ops(*store_)).empty()) return {};
    }
    return base::fail(base::ErrorKind::offline, "sync", "the kiosk never comes to rest");
  }
  Result<bool> all_sent() { return TRY(store::count_waiting(*store_)).count == 0; }

  Result<void> cancel(const booking::Submitted& booked) {
    const std::string wish = TRY(desks_->bookings.cancel({booked.code, booked.last4, booked.id}));
    write("booking.cancel", wish, booked.id);
    return {};
  }
  // The last one that stands; it will be cancelled elsewhere.
  std::optional<booking::Submitted> give_away_booking() {
    if (booked_.empty()) return std::nullopt;
    booking::Submitted last = booked_.back();
    booked_.pop_back();
    return last;
  }

  // Of the codes in the journal: how many lead to their record.
  Result<std::pair<int, int>> look_up() {
    int asked = 0;
    int found = 0;
    for (const std::string& line : read_lines(folder_ / "journal.tsv")) {
      std::vector<std::string> words;
      std::istringstream stream(line);
      for (std::string word; std::getline(stream, word, '\t');) words.push_back(word);
      if (words.size() < 6) continue;
      ++asked;
      lookup_.ask(words[4], words[5]);
      sync_->answer_lookup({});
      const syncing::LookupAnswer answer = lookup_.answer();
      if (answer.kind == syncing::LookupAnswer::Kind::found && answer.found.id == words[2]) ++found;
      lookup_.forget();
    }
    return std::pair{asked, found};
  }

 private:
  Kiosk(const Arguments& arguments, int n, const service::Catalogue& catalogue,
        const base::Clock& clock)
      : folder_(arguments.data / std::to_string(n)),
        catalogue_(catalogue),
        world_{clock, chance_},
        whims_(arguments.seed * 1000 + static_cast<std::uint64_t>(n)),
        log_(clock, -1) {}

  Result<void> build(const Arguments& arguments, int n) {
    TRY(base::make_folder(folder_, 0700));
    store_ = std::make_unique<store::Store>(TRY(store::Store::open(folder_, world_)));
    desks_.emplace(TRY(faults::Desks::open(*store_)));
    key_.emplace(TRY(crypto::SigningKey::load_or_create(folder_ / "kiosk.key")));
    transport_ = std::make_unique<http::CurlTransport>(TRY(http::CurlTransport::open()));
    const auto place = static_cast<std::size_t>(n - arguments.from);
    const std::string code =
        place < arguments.enrol_codes.size() ? arguments.enrol_codes[place] : std::string();
    sync_ = std::make_unique<syncing::Sync>(
        *store_, *transport_, *key_, syncing::Options{arguments.server, code}, lookup_, log_);
    lookup_.serve([] {});
    journal_.open(folder_ / "journal.tsv", std::ios::app);
    return {};
  }

  void write(std::string_view kind, std::string_view op, std::string_view record,
             std::string_view detail = {}, std::string_view code = {},
             std::string_view last4 = {}) {
    journal_ << fmt::format("{}\t{}\t{}\t{}\t{}\t{}", kind, op, record, detail, code, last4)
             << std::endl;
  }

  Result<void> one_visit(bool silent) {
    switch (whims_.below(8)) {
      case 0: return move();
      case 1: return cancel_own();
      case 2:
      case 3: return draw_ticket(silent);
      case 4: return file_request();
      case 5: return call_person();
      default: return book();
    }
  }

  Result<const booking::Seats*> any_slot() {
    if (slots_.empty()) {
      slots_ = TRY(desks_->bookings.seats("consult", base::add_days(store_->today(), 2)));
    }
    if (slots_.empty()) return base::fail(base::ErrorKind::not_found, "no_slot", "no slots");
    return &slots_[whims_.below(static_cast<std::uint32_t>(slots_.size()))];
  }

  Result<void> book() {
    const std::string slot = TRY(any_slot())->key;
    // Everybody is somebody else: few bookings a person are taken.
    const std::uint32_t number = store_->world().chance.below(100'000'000);
    const booking::Draft draft{.service = "consult",
                               .topic = catalogue_.find("consult")->choices.front().id,
                               .way = booking::parse_slot_key(slot)->way,
                               .slot = slot,
                               .name = "王小明",
                               .phone = fmt::format("138{:08}", number)};
    const booking::Submitted booked = TRY(desks_->bookings.submit(draft));
    booked_.push_back(booked);
    write("booking.request", booked.id, booked.id, {}, booked.code, booked.last4);
    return {};
  }

  Result<void> move() {
    if (booked_.empty()) return book();
    const booking::Submitted& mine =
        booked_[whims_.below(static_cast<std::uint32_t>(booked_.size()))];
    const std::string wish =
        TRY(desks_->bookings.move({mine.code, mine.last4, mine.id}, TRY(any_slot())->key));
    write("booking.move", wish, mine.id);
    return {};
  }

  Result<void> cancel_own() {
    const auto mine = give_away_booking();
    return mine ? cancel(*mine) : book();
  }

  // Most wait for the queue's number; where nothing is sent, and one in four else, the kiosk gives
  // its own.
  Result<void> draw_ticket(bool silent) {
    const service::Service& notary = *catalogue_.find("notary");
    ticket::Drawn drawn = TRY(desks_->tickets.draw(notary, notary.choices.front().id));
    if (silent || whims_.below(4) == 0) {
      drawn.since -= ticket::answer_patience;
    } else {
      TRY(sync());
    }
    const ticket::Ticket held = TRY(desks_->tickets.settle(drawn));
    if (held.number.empty()) {
      return base::fail(base::ErrorKind::not_found, "no_number", held.reason);
    }
    write("ticket.draw", held.id, held.id, held.number);
    if (whims_.below(8) != 0) return {};
    TRY(desks_->tickets.give_back(held.id));
    write("ticket.cancel", "", held.id);
    return {};
  }

  Result<void> file_request() {
    const service::Service& mediation = *catalogue_.find("mediation");
    const intake::Filed filed =
        TRY(desks_->requests.file(mediation, test::sample_answers(mediation)));
    write("intake.file", filed.id, filed.id, {}, filed.code, filed.last4);
    return {};
  }

  Result<void> call_person() {
    const std::string id = TRY(desks_->calls.call("home"));
    write("assist.call", id, id);
    return {};
  }

  base::Path folder_;
  const service::Catalogue& catalogue_;
  base::SystemChance chance_;
  base::World world_;
  test::SeededChance whims_;
  base::Log log_;
  syncing::Lookup lookup_;
  std::unique_ptr<store::Store> store_;
  std::optional<faults::Desks> desks_;
  std::optional<crypto::SigningKey> key_;
  std::unique_ptr<http::CurlTransport> transport_;
  std::unique_ptr<syncing::Sync> sync_;
  std::ofstream journal_;
  std::vector<booking::Seats> slots_;
  std::vector<booking::Submitted> booked_;  // in this while: codes are kept nowhere else
};

using Hall = std::vector<std::unique_ptr<Kiosk>>;

// Runs `work` for each kiosk, some at a time; the first failure counts.
template <typename Work>
Result<void> everywhere(Hall& hall, Work work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  Result<void> outcome;
  std::vector<std::jthread> threads;
  for (int i = 0; i < hands; ++i) {
    threads.emplace_back([&] {
      for (std::size_t n = next++; n < hall.size(); n = next++) {
        const Result<void> done = work(*hall[n], n);
        const std::scoped_lock lock(mutex);
        if (!done && outcome) outcome = done;
      }
    });
  }
  threads.clear();
  return outcome;
}

// Deferred ops wait for their time; a kiosk at work asks for that by its schedule.
Result<void> wait_until_all_is_sent(Hall& hall) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  return everywhere(hall, [&](Kiosk& kiosk, std::size_t) -> Result<void> {
    while (!TRY(kiosk.all_sent())) {
      if (std::chrono::steady_clock::now() > deadline) {
        return base::fail(base::ErrorKind::offline, "sync", "ops wait for ever");
      }
      TRY(kiosk.sync());
    }
    return {};
  });
}

Result<void> cancel_elsewhere(Hall& hall) {
  std::vector<std::optional<booking::Submitted>> given;
  for (auto& kiosk : hall) given.push_back(kiosk->give_away_booking());
  return everywhere(hall, [&](Kiosk& kiosk, std::size_t n) -> Result<void> {
    const auto& of_next = given[(n + 1) % hall.size()];
    if (of_next) TRY(kiosk.cancel(*of_next));
    return kiosk.sync();
  });
}

Result<void> look_up(Hall& hall) {
  std::atomic<int> asked = 0;
  std::atomic<int> found = 0;
  TRY(everywhere(hall, [&](Kiosk& kiosk, std::size_t) -> Result<void> {
    const auto [of_kiosk, right] = TRY(kiosk.look_up());
    asked += of_kiosk;
    found += right;
    return {};
  }));
  fmt::print("{} {}\n", asked.load(), found.load());
  return {};
}

Result<void> run(const Arguments& arguments) {
  const base::SystemClock clock;
  const service::Catalogue catalogue = TRY(test::read_services(arguments.config));
  Hall hall;
  for (int n = arguments.from; n < arguments.to; ++n) {
    hall.push_back(TRY(Kiosk::open(arguments, n, catalogue, clock)));
  }
  if (arguments.look_up) return look_up(hall);
  TRY(everywhere(hall, [&](Kiosk& kiosk, std::size_t) -> Result<void> {
    if (!arguments.stay_silent) TRY(kiosk.sync());
    return kiosk.serve(arguments.visits, arguments.stay_silent);
  }));
  if (arguments.cancel_elsewhere) TRY(cancel_elsewhere(hall));
  if (arguments.stay_silent || arguments.once) return {};
  return wait_until_all_is_sent(hall);
}

}  // namespace

int main(int count, char** words) {
  const auto arguments = read_arguments(std::vector<std::string>(words + 1, words + count));
  const Result<void> ended =
      arguments ? run(*arguments) : Result<void>(tl::unexpected<base::Error>(arguments.error()));
  if (ended) return 0;
  fmt::print(stderr, "kiosk_hall: {}: {}\n", ended.error().code, ended.error().detail);
  return 1;
}
