#include "kiosk/central/server.h"

#include "tests/kiosk/central/client.h"

namespace {

TEST_CASE("the slots of a new local day open when it begins in the center, not in Greenwich") {
  test::RunningServer server;
  const std::string kiosk = server.enrolled().kiosk.kiosk_id;
  REQUIRE(server.server.keep_slots_open());
  const std::string cursor = server.bench.feed(kiosk, "").cursor;
  const auto news = [&] { return server.bench.feed(kiosk, cursor).changes.size(); };
  server.bench.clock.set(*base::parse_rfc3339("2026-11-23T23:59:59+08:00"));
  REQUIRE(server.server.keep_slots_open());
  CHECK(news() == 0);
  server.bench.clock.set(*base::parse_rfc3339("2026-11-24T00:00:00+08:00"));
  REQUIRE(server.server.keep_slots_open());
  CHECK(news() == 26);
}

TEST_CASE("within one day the slots are opened once") {
  test::RunningServer server;
  const std::string kiosk = server.enrolled().kiosk.kiosk_id;
  REQUIRE(server.server.keep_slots_open());
  server.bench.center.catalogue.services[0].ways[0].capacity = 9;
  const std::string cursor = server.bench.feed(kiosk, "").cursor;
  REQUIRE(server.server.keep_slots_open());
  CHECK(server.bench.feed(kiosk, cursor).changes.empty());
}

}  // namespace
