// Program kiosk_puppet: a kiosk without a screen that does what it is told, one word a line, and
// answers each with one line. Everything below the screens is the kiosk's own: database, outbox,
// sync thread, libcurl, content, law packs. Knows no test.
//
//   kiosk_puppet --data DIR --server URL [--enrol-code-file FILE]
//
//   sync           asks the server now, as staff does   → done LAST_ERROR CONTENT_ERROR ("-": none)
//   call           somebody asks for a person           → done ID
//   book           somebody books the first slot        → done ID CODE LAST4
//   lookup C L     somebody looks a case up             → done KIND
//   rest           nobody is there: new content comes into force → done
//   time           what the kiosk takes for the time    → done UNIX_MS
//
// "failed CODE" instead of "done …" when it does not work. It ends with its input.

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <sstream>

#include "kiosk/assist/assist_store.h"
#include "kiosk/booking/booking_store.h"
#include "kiosk/content.h"
#include "kiosk/law/pack_folder.h"
#include "kiosk/law_library.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/sync/sync_thread.h"
#include "platform/base/options.h"
#include "platform/base/text.h"
#include "platform/http/curl_transport.h"
#include "tests/faults/bell.h"

namespace {

using base::Result;

constexpr base::Milliseconds patience{180'000};

class Puppet {
 public:
  Puppet(store::Store& store, booking::BookingStore bookings, syncing::SyncThread& thread,
         syncing::Lookup& lookup, faults::Bell& bell, base::Log& log)
      : store_(store),
        bookings_(std::move(bookings)),
        calls_(store),
        thread_(thread),
        lookup_(lookup),
        bell_(bell),
        log_(log) {}

  Result<std::string> obey(const std::string& line) {
    std::istringstream words(line);
    std::string verb;
    words >> verb;
    if (verb == "sync") return sync();
    if (verb == "call") return calls_.call("home");
    if (verb == "book") return book();
    if (verb == "rest") return rest();
    if (verb == "time") return std::to_string(base::to_ms(store_.now()));
    if (verb != "lookup") return base::fail(base::ErrorKind::invalid, "unknown_word");
    std::string code;
    std::string last4;
    words >> code >> last4;
    return look_up(code, last4);
  }

 private:
  Result<std::string> sync() {
    bell_.forget();
    thread_.sync_now();
    if (!bell_.wait(patience)) return base::fail(base::ErrorKind::offline, "never_ended");
    const store::SyncState state = TRY(store::read_sync_state(store_));
    const auto word = [](const std::string& code) { return code.empty() ? "-" : code; };
    return fmt::format("{} {}", word(state.last_error), word(state.content_error));
  }

  Result<std::string> book() {
    const auto seats = TRY(bookings_.seats("consult", base::add_days(store_.today(), 2)));
    if (seats.empty()) return base::fail(base::ErrorKind::not_found, "no_slot");
    const std::string slot = seats.front().key;
    const booking::Submitted mine = TRY(bookings_.submit({.service = "consult",
                                                          .topic = "wage",
                                                          .way = booking::parse_slot_key(slot)->way,
                                                          .slot = slot,
                                                          .name = "王小明",
                                                          .phone = "13800001234"}));
    return fmt::format("{} {} {}", mine.id, mine.code, mine.last4);
  }

  Result<std::string> look_up(const std::string& code, const std::string& last4) {
    using Kind = syncing::LookupAnswer::Kind;
    bell_.forget();
    lookup_.ask(code, last4);
    Kind kind = lookup_.answer().kind;
    while (kind == Kind::pending && bell_.wait(patience)) kind = lookup_.answer().kind;
    lookup_.forget();
    switch (kind) {
      case Kind::found: return "found";
      case Kind::no_match: return "no_match";
      case Kind::locked: return "locked";
      case Kind::offline: return "offline";
      case Kind::pending:
      case Kind::nothing_asked: break;
    }
    return base::fail(base::ErrorKind::offline, "never_ended");
  }

  Result<std::string> rest() { return kiosk::take_new_catalogue(store_, log_) ? "new" : "same"; }

  store::Store& store_;
  booking::BookingStore bookings_;
  assist::AssistStore calls_;
  syncing::SyncThread& thread_;
  syncing::Lookup& lookup_;
  faults::Bell& bell_;
  base::Log& log_;
};

Result<void> run(const base::Options& options) {
  const base::Path data = options.value("data");
  const base::SystemClock machine;
  base::ToldClock clock(machine);
  base::SystemChance chance;
  const base::World world{clock, chance};
  base::Log log(clock, STDERR_FILENO);
  store::Store own = TRY(store::Store::open(data, world));
  store::Store of_thread = TRY(store::Store::open(data, world));
  clock.not_before(TRY(store::read_sync_state(own)).last_success.value_or(base::Instant{}));
  auto bookings = TRY(booking::BookingStore::open(own));
  const auto key = TRY(crypto::SigningKey::load_or_create(data / "kiosk.key"));
  auto transport = TRY(http::CurlTransport::open());
  std::string code;
  if (options.has("enrol-code-file")) {
    code = base::trim(TRY(base::read_file(options.value("enrol-code-file"))));
  }
  kiosk::LawLibrary laws(law::packs_in(data));
  syncing::Lookup lookup;
  faults::Bell bell;
  syncing::SyncThread thread(of_thread, transport, key,
                             {std::string(options.value("server")), code, &laws, &clock}, lookup,
                             log, [&bell] { bell.ring(); });
  Puppet puppet(own, std::move(bookings), thread, lookup, bell, log);
  for (std::string line; std::getline(std::cin, line);) {
    const Result<std::string> said = puppet.obey(line);
    fmt::print("{} {}\n", said ? "done" : "failed", said ? *said : said.error().code);
    std::fflush(stdout);
  }
  return {};
}

}  // namespace

int main(int count, char** words) {
  const auto options = base::parse_options(std::vector<std::string>(words + 1, words + count),
                                           {{"data", "server", "enrol-code-file"}, {}});
  const Result<void> ended =
      options ? run(*options) : Result<void>(tl::unexpected<base::Error>(options.error()));
  if (ended) return 0;
  fmt::print(stderr, "kiosk_puppet: {}: {}\n", ended.error().code, ended.error().detail);
  return 1;
}
