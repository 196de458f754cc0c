#include "tests/faults/kiosk_side.h"

#include <fmt/format.h>

#include "kiosk/store/mirror.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/store/tidy.h"
#include "platform/http/gzip.h"
#include "tests/support/sample_services.h"

namespace test {
namespace {

constexpr int slots = 5;
constexpr int most_new_changes = 3;  // in one answer
constexpr std::uint32_t longest_pause_ms = 60'000;

std::string slot_key(int number) {
  return fmt::format("consult|onsite|2026-11-24T{:02}:00", 9 + number);
}

std::string slot_data(int number, int change) {
  return wire::to_json(wire::SlotState{.service = "consult",
                                       .way = "onsite",
                                       .day = "2026-11-24",
                                       .start = fmt::format("{:02}:00", 9 + number),
                                       .end = fmt::format("{:02}:30", 9 + number),
                                       .capacity = 100'000,
                                       .taken = change,
                                       .room = "会谈室"});
}

// The changes that have ever been are numbered; each is of one slot, and some take it away.
wire::Change change_number(int change) {
  const int slot = change % slots;
  return {.type = "slot",
          .key = slot_key(slot),
          .version = change + 1,
          .deleted = change % 7 == 6,
          .data = slot_data(slot, change)};
}

Result<http::Response> answer_with(const wire::SyncResponse& response) {
  return http::Response{200, {}, wire::to_json(response)};
}

Result<std::vector<Book::Op>> read_ops(store::Store& store, std::int64_t behind) {
  sql::Statement row = TRY(store.database().query(
      "SELECT seq, id, kind, record, bytes, state FROM outbox WHERE seq > ? ORDER BY seq", behind));
  std::vector<Book::Op> ops;
  while (TRY(row.step())) {
    if (row.integer(0) != behind + static_cast<std::int64_t>(ops.size()) + 1) {
      return base::fail(base::ErrorKind::storage, "gap", "the sequence has a gap");
    }
    ops.push_back({row.string(1), row.string(2), row.string(3), std::string(row.blob(4)),
                   row.text(5) == "accepted"});
  }
  return ops;
}

}  // namespace

// ---- the center ---------------------------------------------------------------------------------

std::map<std::string, std::string> SmallCenter::slots_after(int changes) {
  std::map<std::string, std::string> slots_now;
  for (int number = 0; number < changes; ++number) {
    const wire::Change change = change_number(number);
    if (change.deleted) {
      slots_now.erase(change.key);
    } else {
      slots_now[change.key] = change.data;
    }
  }
  return slots_now;
}

Result<http::Response> SmallCenter::send(const http::Request& request, std::stop_token) {
  const bool packed = request.headers.count("Content-Encoding") > 0;
  const std::string body =
      packed ? TRY(http::gunzip(request.body, std::size_t{1} << 20U)) : request.body;
  const wire::SyncRequest asked = TRY(wire::parse_sync_request(body));
  wire::SyncResponse response;
  for (const std::string& bytes : asked.ops) {
    const wire::Op op = TRY(wire::parse_op(bytes));
    const auto [known, fresh] = done_.try_emplace(op.id);
    if (fresh) {
      wire::Promise promise{"confirmed", {}, 0};
      if (op.kind == "ticket.draw") promise = {"", fmt::format("B{:03}", ++numbers_), numbers_};
      known->second = {op.id, wire::Outcome::applied, {}, wire::to_json(promise)};
      seqs_.insert(op.seq);
    }
    response.results.push_back(known->second);
  }
  response.epoch = "e1";
  response.time = base::china_time.rfc3339(clock_.now());
  while (seqs_.count(response.applied_through + 1) > 0) ++response.applied_through;
  const int from = asked.cursor.empty() ? 0 : std::stoi(asked.cursor);
  changes_ = std::max(changes_, from) + most_new_changes;
  for (int number = from; number < changes_; ++number) {
    response.changes.push_back(change_number(number));
  }
  response.cursor = std::to_string(changes_);
  return answer_with(response);
}

// ---- the kiosk ----------------------------------------------------------------------------------

Result<std::unique_ptr<KioskSide>> KioskSide::open(const base::Path& folder, FakeClock& clock,
                                                   base::Chance& ids,
                                                   const service::Catalogue& services,
                                                   SmallCenter& center, Book& book, bool careless) {
  const base::World world{clock, ids};
  store::Store own = TRY(store::Store::open(folder, world));
  store::Store of_thread = TRY(store::Store::open(folder, world));
  for (store::Store* each : {&own, &of_thread}) {
    if (careless) TRY(each->database().execute("PRAGMA synchronous=OFF"));
  }
  std::unique_ptr<KioskSide> kiosk(
      new KioskSide(std::move(own), std::move(of_thread), clock, services, center, book));
  TRY(kiosk->open_features());
  return kiosk;
}

KioskSide::KioskSide(store::Store own, store::Store of_thread, FakeClock& clock,
                     const service::Catalogue& services, SmallCenter& center, Book& book)
    : own_(std::move(own)),
      of_thread_(std::move(of_thread)),
      clock_(clock),
      services_(services),
      center_(center),
      book_(book),
      client_(center_, key_, clock_, "http://center.test") {}

Result<void> KioskSide::open_features() {
  desks_.emplace(TRY(faults::Desks::open(own_)));
  // Draws that nobody holds have been given back.
  return note_new_ops();
}

Result<void> KioskSide::note_new_ops() {
  for (Book::Op& op : TRY(read_ops(own_, static_cast<std::int64_t>(book_.ops.size())))) {
    book_.ops.push_back(std::move(op));
  }
  return {};
}

Result<void> KioskSide::live(base::Chance& whims) {
  clock_.advance(base::Milliseconds{whims.below(longest_pause_ms)});
  switch (whims.below(16)) {
    case 0: return move(whims);
    case 1: return cancel(whims);
    case 2:
    case 3:
    case 4: return draw_ticket(whims);
    case 5:
    case 6: return file_request();
    case 7: return call_person();
    case 8:
    case 9:
    case 10: return exchange();
    case 11: return whims.below(8) == 0 ? store::tidy(of_thread_) : exchange();
    default: return book(whims);
  }
}

Result<void> KioskSide::book(base::Chance& whims) {
  const service::Service& consult = *services_.find("consult");
  const std::string slot = slot_key(static_cast<int>(whims.below(slots)));
  booking::Draft draft{.service = "consult",
                       .topic = consult.choices.front().id,
                       .way = "onsite",
                       .slot = slot,
                       .name = "王小明",
                       .phone = "13800001234"};
  draft.no_phone = whims.below(3) == 0;
  const booking::Submitted made = TRY(desks_->bookings.submit(draft));
  book_.cases.push_back({made.id, made.code, made.last4, slot});
  return note_new_ops();
}

const Book::Case* KioskSide::any_booking(base::Chance& whims) const {
  if (book_.cases.empty()) return nullptr;
  const auto& any = book_.cases[whims.below(static_cast<std::uint32_t>(book_.cases.size()))];
  return any.slot.empty() ? nullptr : &any;
}

Result<void> KioskSide::move(base::Chance& whims) {
  const Book::Case* mine = any_booking(whims);
  if (mine == nullptr) return book(whims);
  const std::string slot = slot_key(static_cast<int>(whims.below(slots)));
  TRY(desks_->bookings.move({mine->code, mine->last4, mine->id}, slot));
  return note_new_ops();
}

Result<void> KioskSide::cancel(base::Chance& whims) {
  const Book::Case* mine = any_booking(whims);
  if (mine == nullptr) return book(whims);
  TRY(desks_->bookings.cancel({mine->code, mine->last4, mine->id}));
  return note_new_ops();
}

// As the ticket screen does: the number is shown once it is fixed.
Result<void> KioskSide::draw_ticket(base::Chance& whims) {
  const service::Service& notary = *services_.find("notary");
  const ticket::Drawn drawn = TRY(desks_->tickets.draw(notary, notary.choices.front().id));
  TRY(note_new_ops());
  if (whims.below(2) == 0) TRY(exchange());
  clock_.advance(std::chrono::seconds{2});
  const ticket::Ticket held = TRY(desks_->tickets.settle(drawn));
  book_.tickets.push_back({held.id, base::iso_date(held.day), held.number});
  TRY(note_new_ops());
  if (whims.below(8) == 0) TRY(desks_->tickets.give_back(held.id));
  return note_new_ops();
}

Result<void> KioskSide::file_request() {
  const service::Service& mediation = *services_.find("mediation");
  const intake::Filed filed = TRY(desks_->requests.file(mediation, sample_answers(mediation)));
  book_.cases.push_back({filed.id, filed.code, filed.last4, {}});
  return note_new_ops();
}

Result<void> KioskSide::call_person() {
  TRY(desks_->calls.call("home"));
  return note_new_ops();
}

Result<void> KioskSide::exchange() {
  const syncing::Exchange done = TRY(syncing::exchange_once(of_thread_, client_, {}));
  if (done.answer.kind != syncing::Answer::Kind::ok) {
    return base::fail(base::ErrorKind::storage, done.answer.code, "the center did not answer");
  }
  const auto stored = TRY(read_ops(of_thread_, 0));
  for (std::size_t at = 0; at < stored.size(); ++at) book_.ops[at].accepted = stored[at].accepted;
  book_.told = std::stoi(TRY(store::read_sync_state(of_thread_)).cursor);
  return {};
}

// ---- what is left -------------------------------------------------------------------------------

namespace {

class Comparison {
 public:
  Comparison(const base::Path& folder, base::World world, Book& book)
      : folder_(folder), world_(world), book_(book) {}

  std::vector<std::string> run() {
    if (const auto done = look(); !done) find("corrupt", done.error().code, done.error().detail);
    return std::move(findings_);
  }

 private:
  void find(std::string_view what, std::string_view where, std::string_view why) {
    findings_.push_back(fmt::format("{}: {} {}", what, where, why));
  }

  Result<void> look() {
    store::Store store = TRY(store::Store::open(folder_, world_));
    sql::Statement verdict = TRY(store.database().query("PRAGMA integrity_check"));
    if (TRY(verdict.step()) && verdict.text(0) != "ok") {
      find("corrupt", "integrity_check", verdict.text(0));
    }
    TRY(compare_feed(store));
    // Before the tickets' store is opened, which gives back what nobody holds.
    TRY(compare_ops(store));
    auto bookings = TRY(booking::BookingStore::open(store));
    auto requests = TRY(intake::IntakeStore::open(store));
    auto tickets = TRY(ticket::TicketStore::open(store));
    TRY(compare_counts(store));
    for (const Book::Case& each : book_.cases) TRY(compare_case(each, bookings, requests));
    for (const Book::Ticket& each : book_.tickets) TRY(compare_ticket(each, tickets));
    return {};
  }

  Result<void> compare_feed(store::Store& store) {
    const store::SyncState state = TRY(store::read_sync_state(store));
    const int told = state.cursor.empty() ? 0 : std::stoi(state.cursor);
    if (told < book_.told) find("lost", "feed", fmt::format("{} < {}", told, book_.told));
    const auto slots_now = SmallCenter::slots_after(told);
    for (int number = 0; number < slots; ++number) {
      const auto stored = TRY(store::find_state(store, "slot", slot_key(number)));
      const auto right = slots_now.find(slot_key(number));
      if (stored.has_value() != (right != slots_now.end()) ||
          (stored && *stored != right->second)) {
        find("corrupt", "feed", "rows and cursor are not of one moment");
      }
    }
    book_.told = told;
    return {};
  }

  Result<void> compare_ops(store::Store& store) {
    std::vector<Book::Op> stored = TRY(read_ops(store, 0));
    for (std::size_t at = 0; at < book_.ops.size(); ++at) {
      const Book::Op& right = book_.ops[at];
      if (at >= stored.size()) {
        find("lost", right.kind, fmt::format("op {}", at + 1));
      } else if (std::tie(stored[at].id, stored[at].kind, stored[at].record, stored[at].bytes) !=
                 std::tie(right.id, right.kind, right.record, right.bytes)) {
        find("corrupt", right.kind, fmt::format("op {} is another one", at + 1));
      } else if (right.accepted && !stored[at].accepted) {
        find("lost", right.kind, fmt::format("the result of op {}", at + 1));
      }
    }
    const auto last = TRY(store.database().integer("SELECT last FROM sequence"));
    if (last != static_cast<std::int64_t>(stored.size())) find("corrupt", "sequence", "");
    // One op at most was on its way, but for the draws that an opening kiosk gives back.
    std::size_t unknown = 0;
    for (std::size_t at = book_.ops.size(); at < stored.size(); ++at) {
      if (stored[at].kind != "ticket.cancel") ++unknown;
    }
    if (unknown > 1) find("corrupt", "outbox", "ops that nobody has made");
    book_.ops = std::move(stored);
    return {};
  }

  // Record and op are there together or not at all.
  Result<void> compare_counts(store::Store& store) {
    const auto count = [&](std::string_view what) -> Result<std::int64_t> {
      return TRY(store.database().integer("SELECT count(*) FROM " + std::string(what))).value_or(0);
    };
    const std::int64_t bookings = TRY(count("outbox WHERE kind = 'booking.request'"));
    const std::int64_t requests = TRY(count("outbox WHERE kind = 'intake.file'"));
    if (TRY(count("booking")) != bookings) find("corrupt", "booking", "rows and ops differ");
    if (TRY(count("intake")) != requests) find("corrupt", "intake", "rows and ops differ");
    if (TRY(count("case_index")) != bookings + requests) find("corrupt", "case_index", "");
    const std::int64_t numbers = TRY(count("outbox WHERE kind = 'ticket.issue'"));
    if (TRY(count("ticket WHERE number IS NOT NULL")) != numbers) {
      find("corrupt", "ticket", "numbers and ops differ");
    }
    const std::int64_t doubled =
        TRY(count("(SELECT 1 FROM ticket WHERE number IS NOT NULL GROUP BY day, number "
                  "HAVING count(*) > 1)"));
    if (doubled > 0) find("corrupt", "ticket", "a number twice");
    return {};
  }

  Result<void> compare_case(const Book::Case& right, booking::BookingStore& bookings,
                            intake::IntakeStore& requests) {
    const bool booked = !right.slot.empty();
    const auto found = TRY(bookings.find(right.code, right.last4));
    if (found.record != right.id) find("lost", "case", right.id);
    if (booked) {
      const auto status = bookings.status(right.id);
      if (!status) find("lost", "booking", right.id);
    } else if (!requests.status(right.id)) {
      find("lost", "request", right.id);
    }
    return {};
  }

  Result<void> compare_ticket(const Book::Ticket& right, ticket::TicketStore& tickets) {
    const auto held = tickets.find(right.id);
    if (!held || held->number != right.number) find("lost", "ticket", right.number);
    return {};
  }

  const base::Path& folder_;
  base::World world_;
  Book& book_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> compare(const base::Path& folder, base::World world, Book& book) {
  return Comparison(folder, world, book).run();
}

}  // namespace test
