#include "kiosk/sync/lookup.h"

#include <doctest/doctest.h>

using Kind = syncing::LookupAnswer::Kind;
using syncing::Lookup;

namespace {

syncing::LookupAnswer found(std::string id) {
  syncing::LookupAnswer answer;
  answer.kind = Kind::found;
  answer.found.id = std::move(id);
  return answer;
}

}  // namespace

TEST_CASE("Without anybody to answer a look-up is offline at once") {
  Lookup lookup;
  CHECK(lookup.answer().kind == Kind::nothing_asked);
  lookup.ask("7K4M2-9QXRC", "1234");
  CHECK(lookup.answer().kind == Kind::offline);
  CHECK_FALSE(lookup.waiting());
}

TEST_CASE("A question is handed out once and its answer comes back") {
  Lookup lookup;
  int roused = 0;
  lookup.serve([&roused] { ++roused; });
  lookup.ask("7K4M2-9QXRC", "1234");
  CHECK(roused == 1);
  CHECK(lookup.answer().kind == Kind::pending);
  const auto question = lookup.take();
  REQUIRE(question);
  CHECK(question->code == "7K4M2-9QXRC");
  CHECK(question->last4 == "1234");
  CHECK_FALSE(lookup.take());
  lookup.reply(question->number, found("b1"));
  CHECK(lookup.answer().kind == Kind::found);
  CHECK(lookup.answer().found.id == "b1");
}

TEST_CASE("The next visitor never sees the answer to the one before") {
  Lookup lookup;
  lookup.serve([] {});
  lookup.ask("7K4M2-9QXRC", "1234");
  const auto question = lookup.take();
  lookup.forget();
  CHECK(lookup.answer().kind == Kind::nothing_asked);
  lookup.reply(question->number, found("b1"));
  CHECK(lookup.answer().kind == Kind::nothing_asked);

  lookup.ask("AAAAA-AAAAA", "0000");
  lookup.reply(question->number, found("b1"));
  CHECK(lookup.answer().kind == Kind::pending);
}

TEST_CASE("A new question takes the place of the old one") {
  Lookup lookup;
  lookup.serve([] {});
  lookup.ask("first", "1");
  const auto first = lookup.take();
  lookup.ask("second", "2");
  lookup.reply(first->number, found("of the first"));
  CHECK(lookup.answer().kind == Kind::pending);
  CHECK(lookup.take()->code == "second");
}

TEST_CASE("When nobody answers any more a waiting visitor is told so") {
  Lookup lookup;
  lookup.serve([] {});
  lookup.ask("7K4M2-9QXRC", "1234");
  lookup.close();
  CHECK(lookup.answer().kind == Kind::offline);
  CHECK_FALSE(lookup.waiting());
}

TEST_CASE("An answer that is already there stays when the line closes") {
  Lookup lookup;
  lookup.serve([] {});
  lookup.ask("7K4M2-9QXRC", "1234");
  lookup.reply(lookup.take()->number, found("b1"));
  lookup.close();
  CHECK(lookup.answer().kind == Kind::found);
}
