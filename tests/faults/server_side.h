// A central server without HTTP: its real store and rules, kiosks that send ops from threads of
// their own, and a book of what they were answered. What the disk does to it all is the test's
// business.
#pragma once

#include <string>
#include <vector>

#include "kiosk/central/center.h"
#include "kiosk/central/store.h"
#include "kiosk/wire/messages.h"
#include "tests/support/world.h"

namespace test {

using base::Result;

// What one kiosk has sent and been answered. It outlives server and disk.
struct Sent {
  struct Op {
    std::string id;
    std::string bytes;
    wire::OpResult result;
  };
  std::string kiosk;  // id; "" before it is enrolled
  std::int64_t seq = 0;
  std::vector<Op> answered;
  std::vector<std::string> drawn;  // tickets that may still be given back
};

// One life of the server: from opening its folder until the disk fails or the test ends it.
class ServerSide {
 public:
  static Result<std::unique_ptr<ServerSide>> open(const base::Path& folder,
                                                  const base::Clock& clock, base::Chance& ids,
                                                  const service::Catalogue& services);

  // Enrols the kiosks that are not enrolled yet.
  Result<void> enrol(std::vector<Sent>& kiosks, base::Chance& ids);
  // One request with some ops; an error is the disk's. Any thread; of one kiosk one at a time.
  Result<void> send(Sent& kiosk, base::Chance& whims);

  [[nodiscard]] central::Store& store() { return *store_; }
  [[nodiscard]] const central::Center& center() const { return center_; }

 private:
  ServerSide(const base::Clock& clock, const service::Catalogue& services);
  wire::Op make_op(Sent& kiosk, base::Chance& whims);

  const base::Clock& clock_;
  central::Center center_;
  std::unique_ptr<central::Store> store_;
  std::vector<std::string> slots_;
};

// What a server's folder has and has not, held against what its kiosks were answered: one sentence
// for each finding that starts with "lost" or "corrupt". Everything is sent once more, so the
// folder must be a copy.
std::vector<std::string> compare(const base::Path& folder, const base::Clock& clock,
                                 base::Chance& ids, const service::Catalogue& services,
                                 const std::vector<Sent>& kiosks);

}  // namespace test
