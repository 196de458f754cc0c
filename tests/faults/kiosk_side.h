// A kiosk without a screen: visitors who do all that a visitor can do, a center that answers, and a
// book of what has been promised. Below the screens everything is the kiosk's own: stores, outbox,
// exchange. What the disk does to it all is the test's business.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kiosk/sync/exchange.h"
#include "kiosk/wire/messages.h"
#include "platform/http/transport.h"
#include "tests/faults/desks.h"
#include "tests/support/world.h"

namespace test {

using base::Result;

// What a store has said yes to. It outlives kiosk and disk.
struct Book {
  struct Op {
    std::string id;
    std::string kind;
    std::string record;
    std::string bytes;
    bool accepted = false;  // the center's result is stored
  };
  struct Case {
    std::string id;
    std::string code;
    std::string last4;
    std::string slot;  // of a booking; "" for a request
  };
  struct Ticket {
    std::string id;
    std::string day;
    std::string number;
  };
  std::vector<Op> ops;  // by seq, from 1
  std::vector<Case> cases;
  std::vector<Ticket> tickets;
  int told = 0;  // changes of the feed that are stored
};

// The center's answers to /v1/sync: takes every op, tells of a slot now and then.
class SmallCenter final : public http::Transport {
 public:
  explicit SmallCenter(const base::Clock& clock) : clock_(clock) {}
  base::Result<http::Response> send(const http::Request& request, std::stop_token) override;

  // The slots as they stand after so many changes: key → JSON.
  static std::map<std::string, std::string> slots_after(int changes);

 private:
  const base::Clock& clock_;
  int changes_ = 0;
  int numbers_ = 0;
  std::map<std::string, wire::OpResult> done_;  // op id → its result
  std::set<std::int64_t> seqs_;
};

// One life of the kiosk: from opening its folder until the disk fails or the test ends it.
class KioskSide {
 public:
  // The two connections that a kiosk has: of the UI and of the sync thread. With `careless` they
  // write as a kiosk must not: synchronous=OFF.
  static Result<std::unique_ptr<KioskSide>> open(const base::Path& folder, FakeClock& clock,
                                                 base::Chance& ids,
                                                 const service::Catalogue& services,
                                                 SmallCenter& center, Book& book,
                                                 bool careless = false);

  // One visitor, or one turn of the sync thread, by chance; an error is the disk's.
  Result<void> live(base::Chance& whims);

  Result<void> book(base::Chance& whims);
  Result<void> move(base::Chance& whims);
  Result<void> cancel(base::Chance& whims);
  Result<void> draw_ticket(base::Chance& whims);
  Result<void> file_request();
  Result<void> call_person();
  Result<void> exchange();

  [[nodiscard]] store::Store& store() { return own_; }

 private:
  KioskSide(store::Store own, store::Store of_thread, FakeClock& clock,
            const service::Catalogue& services, SmallCenter& center, Book& book);
  Result<void> open_features();
  Result<void> note_new_ops();
  const Book::Case* any_booking(base::Chance& whims) const;

  store::Store own_;
  store::Store of_thread_;
  FakeClock& clock_;
  const service::Catalogue& services_;
  SmallCenter& center_;
  Book& book_;
  crypto::SigningKey key_ = crypto::SigningKey::generate();
  syncing::Client client_;
  std::optional<faults::Desks> desks_;
};

// What a kiosk's folder has and has not, held against the book: one sentence for each finding that
// starts with "lost" or "corrupt". The folder is opened as a kiosk opens it, so it must be a copy.
// What was being written when the disk failed is added to the book, if it is there and whole.
std::vector<std::string> compare(const base::Path& folder, base::World world, Book& book);

}  // namespace test
