#include "kiosk/store/sync_state.h"

#include "tests/support/stored.h"

using test::must;

TEST_CASE("A fresh kiosk is number one, not enrolled, offline, and does not trust its clock") {
  test::Stored world;
  store::Store store = world.open();
  const store::SyncState state = must(store::read_sync_state(store));
  CHECK(state == store::SyncState{});
  CHECK(state.number == 1);
  CHECK_FALSE(state.enrolled());
  CHECK_FALSE(store::online(state, world.clock.now()));
  CHECK_FALSE(store::clock_trusted(state));
}

TEST_CASE("What the sync thread has learnt is there after a restart") {
  test::Stored world;
  store::SyncState state;
  state.kiosk_id = "0199c0de-0000-7000-8000-000000000001";
  state.number = 2;
  state.center_id = "center";
  state.epoch = "e1";
  state.cursor = "c1:4711";
  state.applied_through = 812;
  state.caught_up = true;
  state.last_success = world.clock.now();
  state.last_error = "timeout";
  state.content_error = "bad_hash";
  state.clock_offset = std::chrono::seconds{-3};
  state.next_poll_s = 287;
  state.manifest = "abc";
  state.fleet = true;
  {
    store::Store store = world.open();
    must(store.write([&](store::Writer& writer) { return store::save_sync_state(writer, state); }));
  }
  store::Store store = world.open();
  CHECK(must(store::read_sync_state(store)) == state);
}

TEST_CASE("Online means that the last try succeeded, not long ago") {
  test::FakeClock clock;
  store::SyncState state;
  state.last_success = clock.now();
  CHECK(store::online(state, clock.now() + std::chrono::seconds{50}));
  CHECK_FALSE(store::online(state, clock.now() + std::chrono::seconds{51}));
  state.last_error = "connect";
  CHECK_FALSE(store::online(state, clock.now()));
}

TEST_CASE("The clock is trusted while it is within five minutes of the server's") {
  store::SyncState state;
  state.last_success = base::Instant{};
  state.clock_offset = std::chrono::minutes{-5};
  CHECK(store::clock_trusted(state));
  state.clock_offset = std::chrono::minutes{-5} - base::Milliseconds{1};
  CHECK_FALSE(store::clock_trusted(state));
}
