// Program kiosk_load: a kiosk without a screen and with visitors who never stop. Everything below
// the screens is the kiosk's own: database, outbox, sync thread, libcurl. It is made to be killed.
//
//   kiosk_load --data DIR --config DIR --server URL --journal FILE --seed N [--enrol-code-file
//   FILE]
//
// The journal is the history of what was tried and of what a screen would have said of it. Each
// line is on disk before what comes next begins:
//
//   invoke<TAB>VISIT<TAB>kind<TAB>record<TAB>slot         before anything is written
//   ok<TAB>VISIT<TAB>kind<TAB>op<TAB>record<TAB>detail    confirmed; detail: a slot or a ticket's
//   number fail<TAB>VISIT<TAB>kind<TAB>code                      refused: it must not have happened
//
// VISIT is the number of the line of its "invoke". What has no second line was killed on the way:
// whether it happened is unknown. Ops that make a record carry the visit's number in their body: in
// the phone, the matter or the place. SIGTERM ends the visits; the program then waits until nothing
// is left to be sent, and exits 0.

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <utility>

#include "kiosk/assist/assist_store.h"
#include "kiosk/booking/booking_store.h"
#include "kiosk/intake/intake_store.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/sync/sync_thread.h"
#include "kiosk/ticket/ticket_store.h"
#include "platform/base/options.h"
#include "platform/base/text.h"
#include "platform/http/curl_transport.h"
#include "tests/faults/bell.h"
#include "tests/support/sample_services.h"
#include "tests/support/world.h"

namespace {

using base::Milliseconds;
using base::Result;
using faults::Bell;

// Visitors come closer together than at any real kiosk.
constexpr std::uint32_t longest_pause_ms = 40;
constexpr std::size_t visits_between_looks = 20;

volatile std::sig_atomic_t closing = 0;  // written by the signal handler

void close_the_hall(int /*signal*/) {
  closing = 1;
}

// Lines that are on the disk when a function returns.
class Journal {
 public:
  static Result<Journal> open(const base::Path& file) {
    const auto before = base::read_file(file);
    if (!before && before.error().kind != base::ErrorKind::not_found) {
      return tl::unexpected<base::Error>(before.error());
    }
    const std::string_view text = before ? std::string_view(*before) : std::string_view();
    return Journal(::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600),
                   std::count(text.begin(), text.end(), '\n'));
  }
  Journal(Journal&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), lines_(other.lines_) {}
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal() { ::close(descriptor_); }

  // The number that the next invoke() has.
  [[nodiscard]] std::int64_t next_visit() const { return lines_ + 1; }

  Result<void> invoke(std::string_view kind, std::string_view record = {},
                      std::string_view slot = {}) {
    visit_ = next_visit();
    kind_ = kind;
    return write(fmt::format("invoke\t{}\t{}\t{}\t{}\n", visit_, kind, record, slot));
  }
  Result<void> ok(std::string_view op, std::string_view record, std::string_view detail = {}) {
    return write(fmt::format("ok\t{}\t{}\t{}\t{}\t{}\n", visit_, kind_, op, record, detail));
  }
  Result<void> fail(std::string_view code) {
    return write(fmt::format("fail\t{}\t{}\t{}\n", visit_, kind_, code));
  }

 private:
  Journal(int descriptor, std::int64_t lines) : descriptor_(descriptor), lines_(lines) {}

  Result<void> write(std::string_view line) {
    const bool whole =
        ::write(descriptor_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    if (!whole || ::fdatasync(descriptor_) != 0) {
      return base::fail(base::ErrorKind::storage, "journal", "the journal cannot be written");
    }
    ++lines_;
    return {};
  }

  int descriptor_;
  std::int64_t lines_;
  std::int64_t visit_ = 0;
  std::string kind_;
};

struct Arguments {
  base::Path data;
  base::Path config;
  base::Path journal;
  std::string server;
  std::string enrol_code;
  std::uint64_t seed = 0;
};

Result<Arguments> read_arguments(std::span<const std::string> words) {
  const base::Options options = TRY(base::parse_options(
      words, {{"data", "config", "journal", "server", "seed", "enrol-code-file"}, {}}));
  Arguments arguments{.data = options.value("data"),
                      .config = options.value("config"),
                      .journal = options.value("journal"),
                      .server = std::string(options.value("server")),
                      .enrol_code = {}};
  const std::string_view seed = options.value("seed");
  std::from_chars(seed.data(), seed.data() + seed.size(), arguments.seed);
  if (options.has("enrol-code-file")) {
    arguments.enrol_code = base::trim(TRY(base::read_file(options.value("enrol-code-file"))));
  }
  return arguments;
}

// 138 and the number of the visit: everybody is somebody else, for few bookings a person are taken.
std::string phone_of(std::int64_t visit) {
  return fmt::format("138{:08}", visit);
}

// The visitors of one life of the kiosk.
class Visitors {
 public:
  Visitors(store::Store& store, booking::BookingStore bookings, ticket::TicketStore tickets,
           intake::IntakeStore requests, const service::Catalogue& catalogue, base::Chance& chance,
           Bell& bell, Journal& journal, syncing::SyncThread& thread)
      : store_(store),
        bookings_(std::move(bookings)),
        tickets_(std::move(tickets)),
        requests_(std::move(requests)),
        calls_(store),
        catalogue_(catalogue),
        chance_(chance),
        bell_(bell),
        journal_(journal),
        thread_(thread) {}

  Result<void> come_and_go() {
    for (std::size_t visit = 0; closing == 0; ++visit) {
      if (slots_.empty() || visit % visits_between_looks == 0) TRY(look_at_slots());
      // A visitor who was told that it did not work leaves; the next one comes.
      if (const Result<void> visit_ended = one_visit(); !visit_ended) {
        if (visit_ended.error().code == "journal") return visit_ended;
        TRY(journal_.fail(visit_ended.error().code));
      }
      thread_.notify();
      bell_.wait(Milliseconds{chance_.below(longest_pause_ms + 1)});
    }
    return {};
  }
  Result<void> wait_until_all_is_sent() {
    thread_.sync_now();
    while (TRY(store::count_waiting(store_)).count > 0) bell_.wait(Milliseconds{100});
    return {};
  }

 private:
  // The first slots come with the first exchange.
  Result<void> look_at_slots() {
    const base::Date soon = base::add_days(store_.today(), 2);
    slots_ = TRY(bookings_.seats("consult", soon));
    while (slots_.empty() && closing == 0) {
      bell_.wait(Milliseconds{100});
      slots_ = TRY(bookings_.seats("consult", soon));
    }
    return {};
  }

  Result<void> one_visit() {
    switch (chance_.below(8)) {
      case 0: return move();
      case 1: return cancel();
      case 2:
      case 3: return draw_ticket();
      case 4: return file_request();
      case 5: return call_person();
      default: return book();
    }
  }

  const booking::Seats& any_slot() {
    return slots_[chance_.below(static_cast<std::uint32_t>(slots_.size()))];
  }

  Result<void> book() {
    if (slots_.empty()) return {};
    const std::string slot = any_slot().key;
    const std::string phone = phone_of(journal_.next_visit());
    TRY(journal_.invoke("booking.request", {}, slot));
    const booking::Draft draft{.service = "consult",
                               .topic = catalogue_.find("consult")->choices.front().id,
                               .way = booking::parse_slot_key(slot)->way,
                               .slot = slot,
                               .name = "王小明",
                               .phone = phone};
    const booking::Submitted mine = TRY(bookings_.submit(draft));
    booked_.push_back(mine);
    return journal_.ok(mine.id, mine.id, slot);
  }

  Result<void> move() {
    if (booked_.empty() || slots_.empty()) return book();
    const booking::Submitted& mine = any_booking();
    const std::string slot = any_slot().key;
    TRY(journal_.invoke("booking.move", mine.id, slot));
    const std::string wish = TRY(bookings_.move({mine.code, mine.last4, mine.id}, slot));
    return journal_.ok(wish, mine.id, slot);
  }

  Result<void> cancel() {
    if (booked_.empty()) return book();
    const booking::Submitted mine = any_booking();
    std::erase_if(booked_, [&](const booking::Submitted& each) { return each.id == mine.id; });
    TRY(journal_.invoke("booking.cancel", mine.id));
    const std::string wish = TRY(bookings_.cancel({mine.code, mine.last4, mine.id}));
    return journal_.ok(wish, mine.id);
  }

  const booking::Submitted& any_booking() {
    return booked_[chance_.below(static_cast<std::uint32_t>(booked_.size()))];
  }

  // As the ticket screen does: the number is confirmed, not the draw.
  Result<void> draw_ticket() {
    const service::Service& notary = *catalogue_.find("notary");
    const std::string matter = fmt::format("visit-{}", journal_.next_visit());
    TRY(journal_.invoke("ticket.draw"));
    const ticket::Drawn drawn = TRY(tickets_.draw(notary, matter));
    thread_.notify();
    ticket::Ticket held = TRY(tickets_.settle(drawn));
    while (held.state == ticket::State::drawing) {
      bell_.wait(Milliseconds{20});
      held = TRY(tickets_.settle(drawn));
    }
    TRY(journal_.ok(held.id, held.id, held.number));
    if (chance_.below(8) != 0) return {};
    TRY(journal_.invoke("ticket.cancel", held.id));
    TRY(tickets_.give_back(held.id));
    return journal_.ok({}, held.id);
  }

  Result<void> file_request() {
    const service::Service& mediation = *catalogue_.find("mediation");
    const std::string phone = phone_of(journal_.next_visit());
    TRY(journal_.invoke("intake.file"));
    const intake::Filed filed =
        TRY(requests_.file(mediation, test::sample_answers(mediation, phone)));
    return journal_.ok(filed.id, filed.id);
  }

  Result<void> call_person() {
    const std::string place = fmt::format("visit-{}", journal_.next_visit());
    TRY(journal_.invoke("assist.call"));
    const std::string id = TRY(calls_.call(place));
    return journal_.ok(id, id);
  }

  store::Store& store_;
  booking::BookingStore bookings_;
  ticket::TicketStore tickets_;
  intake::IntakeStore requests_;
  assist::AssistStore calls_;
  const service::Catalogue& catalogue_;
  base::Chance& chance_;
  Bell& bell_;
  Journal& journal_;
  syncing::SyncThread& thread_;
  std::vector<booking::Seats> slots_;
  std::vector<booking::Submitted> booked_;  // in this life: codes are kept nowhere else
};

Result<void> run(const Arguments& arguments) {
  const base::SystemClock machine;
  base::ToldClock clock(machine);
  base::SystemChance chance;
  const base::World world{clock, chance};
  test::SeededChance whims(arguments.seed);
  base::Log log(clock, STDERR_FILENO);
  Journal journal = TRY(Journal::open(arguments.journal));
  Bell bell;

  const service::Catalogue catalogue = TRY(test::read_services(arguments.config));
  store::Store own = TRY(store::Store::open(arguments.data, world));
  store::Store of_thread = TRY(store::Store::open(arguments.data, world));
  auto bookings = TRY(booking::BookingStore::open(own));
  auto tickets = TRY(ticket::TicketStore::open(own));
  auto requests = TRY(intake::IntakeStore::open(own));
  const auto key = TRY(crypto::SigningKey::load_or_create(arguments.data / "kiosk.key"));
  auto transport = TRY(http::CurlTransport::open());
  syncing::Lookup lookup;
  clock.not_before(TRY(store::read_sync_state(own)).last_success.value_or(base::Instant{}));
  syncing::SyncThread thread(of_thread, transport, key,
                             {arguments.server, arguments.enrol_code, nullptr, &clock}, lookup, log,
                             [&bell] { bell.ring(); });
  Visitors visitors(own, std::move(bookings), std::move(tickets), std::move(requests), catalogue,
                    whims, bell, journal, thread);
  TRY(visitors.come_and_go());
  return visitors.wait_until_all_is_sent();
}

}  // namespace

int main(int count, char** words) {
  std::signal(SIGTERM, close_the_hall);
  const auto arguments = read_arguments(std::vector<std::string>(words + 1, words + count));
  const Result<void> ended =
      arguments ? run(*arguments) : Result<void>(tl::unexpected<base::Error>(arguments.error()));
  if (ended) return 0;
  fmt::print(stderr, "kiosk_load: {}: {}\n", ended.error().code, ended.error().detail);
  return 1;
}
