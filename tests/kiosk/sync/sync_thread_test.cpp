#include "kiosk/sync/sync_thread.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>

#include "tests/kiosk/sync/fake_server.h"
#include "tests/support/signal.h"

using test::must;
using namespace std::chrono_literals;

namespace {

// Never answers; gives up only when it is told to stop.
class HungServer final : public http::Transport {
 public:
  test::Signal asked;
  base::Result<http::Response> send(const http::Request&, std::stop_token stop) override {
    asked.raise();
    std::unique_lock lock(mutex_);
    never_.wait(lock, stop, [] { return false; });
    return base::fail(base::ErrorKind::offline, "stopped");
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any never_;
};

// Every byte is the one that was told.
class ToldChance final : public base::Chance {
 public:
  std::atomic<std::byte> byte{std::byte{0x55}};
  void fill(std::span<std::byte> bytes) override { std::ranges::fill(bytes, byte.load()); }
};

// What main() would build: real clock, one store for the UI and one for the thread.
struct Program {
  test::TempFolder folder;
  base::SystemClock clock;
  base::SystemChance chance;
  base::World world{clock, chance};
  store::Store ui = must(store::Store::open(folder.path(), world));
  store::Store of_thread = must(store::Store::open(folder.path(), world));
  crypto::SigningKey key = crypto::SigningKey::generate();
  syncing::Lookup lookup;
  base::Log log{clock, -1};
  test::Signal woken;
  syncing::Options options{test::server_address, "right-code"};
};

}  // namespace

TEST_CASE("What a visitor confirms reaches the server, and the UI is woken to read it") {
  Program program;
  test::FakeServer server(program.clock);
  server.enrolment = wire::EnrolResponse{test::kiosk_id, 1, "center", "e1"};
  std::string id;
  {
    syncing::SyncThread thread(program.of_thread, server, program.key, program.options,
                               program.lookup, program.log, [&] { program.woken.raise(); });
    REQUIRE(program.woken.wait_for_count(1));
    id = test::append(program.ui, "booking.request");
    thread.notify();
    REQUIRE(program.woken.wait_for_count(2));
  }
  CHECK(must(store::find_op(program.ui, id))->delivery == store::Delivery::accepted);
  CHECK(server.order == std::vector<std::string>{"booking.request"});
}

TEST_CASE("A look-up is answered while the thread sleeps until its next poll") {
  Program program;
  test::FakeServer server(program.clock);
  server.enrolment = wire::EnrolResponse{test::kiosk_id, 1, "center", "e1"};
  const syncing::SyncThread thread(program.of_thread, server, program.key, program.options,
                                   program.lookup, program.log, [&] { program.woken.raise(); });
  REQUIRE(program.woken.wait_for_count(1));
  program.lookup.ask("7K4M2-9QXRC", "1234");
  REQUIRE(program.woken.wait_for_count(2));
  CHECK(program.lookup.answer().kind == syncing::LookupAnswer::Kind::no_match);
}

TEST_CASE("Staff's wish is done at once") {
  Program program;
  test::FakeServer server(program.clock);
  server.enrolment = wire::EnrolResponse{test::kiosk_id, 1, "center", "e1"};
  syncing::SyncThread thread(program.of_thread, server, program.key, program.options,
                             program.lookup, program.log, [&] { program.woken.raise(); });
  REQUIRE(program.woken.wait_for_count(1));
  thread.sync_now();
  CHECK(program.woken.wait_for_count(2));
}

TEST_CASE("A thread that waits out a failure is woken by another route") {
  const test::FakeClock clock;  // stands still: the wait does not end by itself
  ToldChance chance;
  test::TempFolder folder;
  store::Store store = must(store::Store::open(folder.path(), {clock, chance}));
  const crypto::SigningKey key = crypto::SigningKey::generate();
  syncing::Lookup lookup;
  base::Log log{clock, -1};
  test::FakeServer server(clock);
  server.enrolment = wire::EnrolResponse{test::kiosk_id, 1, "center", "e1"};
  server.faults.assign(1, test::FakeServer::Fault::lose_request);
  test::Signal woken;
  syncing::SyncThread thread(store, server, key, {test::server_address, "right-code"}, lookup, log,
                             [&] { woken.raise(); });
  REQUIRE(woken.wait_for_count(1));
  chance.byte = std::byte{0};  // no jitter
  thread.route_changed();
  CHECK(woken.wait_for_count(2));
}

TEST_CASE("The program ends within 200 ms though the server hangs, and keeps every op") {
  Program program;
  const std::string id = test::append(program.ui, "booking.request");
  HungServer server;
  base::Tick before;
  {
    const syncing::SyncThread thread(program.of_thread, server, program.key, program.options,
                                     program.lookup, program.log, [] {});
    REQUIRE(server.asked.wait_for_count(1));
    before = program.clock.tick();
  }
  CHECK(program.clock.tick() - before < 200ms);
  CHECK(must(store::find_op(program.ui, id))->delivery == store::Delivery::waiting);
  CHECK(must(store::read_sync_state(program.ui)).last_error.empty());
}
