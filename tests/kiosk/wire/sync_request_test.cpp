#include "tests/kiosk/wire/samples.h"

namespace {

using test::complaint;
using test::sample_op;

TEST_CASE("a sync request carries each op with the very bytes it was made of") {
  wire::SyncRequest request{"e1", "c1:4711", {{"catalogue", "ab\"c"}}, {}};
  const std::string odd = " {\"z\" : [1, {\"a\\\"]\":\"},{\"}],\n \"seq\":1e0 } ";
  request.ops = {wire::to_json(sample_op()), "{}", odd};
  const auto back = wire::parse_sync_request(wire::to_json(request));
  REQUIRE(back);
  CHECK(back->epoch == "e1");
  CHECK(back->cursor == "c1:4711");
  CHECK(back->have == request.have);
  REQUIRE(back->ops.size() == 3);
  CHECK(back->ops[0] == request.ops[0]);
  CHECK(back->ops[1] == "{}");
  CHECK(back->ops[2] == odd.substr(1, odd.size() - 2));
}

TEST_CASE("an empty sync request is a request") {
  const auto back = wire::parse_sync_request(wire::to_json(wire::SyncRequest{}));
  REQUIRE(back);
  CHECK(back->ops.empty());
  CHECK(back->epoch.empty());
}

TEST_CASE("the key of the ops may be escaped, and the last of two counts") {
  const auto escaped = wire::parse_sync_request(R"({"\u006fps":[{"a":1}]})");
  REQUIRE(escaped);
  CHECK(escaped->ops == std::vector<std::string>{R"({"a":1})"});
  const auto twice = wire::parse_sync_request(R"({"ops":[1,2],"ops":[ ]})");
  REQUIRE(twice);
  CHECK(twice->ops.empty());
}

TEST_CASE("a sync request holds 200 ops and no more") {
  wire::SyncRequest request;
  request.ops.assign(wire::max_ops, "{}");
  CHECK(wire::parse_sync_request(wire::to_json(request)));
  request.ops.emplace_back("{}");
  CHECK(complaint(wire::parse_sync_request(wire::to_json(request))) == "ops");
}

}  // namespace
