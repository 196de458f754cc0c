#include "kiosk/store/case_index.h"

#include "kiosk/wire/case_code.h"
#include "tests/support/stored.h"

using Kind = store::CaseAnswer::Kind;
using test::must;

namespace {

struct Indexed {
  test::Stored world;
  store::Store store = world.open();
  std::string code = wire::make_case_code(world.chance);

  Indexed() {
    must(store.write([&](store::Writer& writer) {
      return store::index_case(writer, {code, "1234"}, "booking", "b1");
    }));
  }
  Kind find(std::string_view last4) { return must(store::find_case(store, {code, last4})).kind; }
};

}  // namespace

TEST_CASE("Code and last four digits lead to the record, without a network") {
  Indexed it;
  const store::CaseAnswer answer = must(store::find_case(it.store, {it.code, "1234"}));
  CHECK(answer.kind == Kind::found);
  CHECK(answer.type == "booking");
  CHECK(answer.record == "b1");
}

TEST_CASE("The database holds neither the code nor the digits") {
  Indexed it;
  sql::Statement row = must(it.store.database().query("SELECT lookup FROM case_index"));
  REQUIRE(must(row.step()));
  CHECK(row.text(0).size() == 64);
  CHECK(row.text(0).find(it.code) == std::string_view::npos);
}

TEST_CASE("Five wrong tries lock a code for an hour, even for the right digits") {
  Indexed it;
  for (int i = 0; i < 4; ++i) CHECK(it.find("9999") == Kind::no_match);
  CHECK(it.find("9999") == Kind::locked);
  CHECK(it.find("1234") == Kind::locked);
  it.world.clock.advance(std::chrono::minutes{59});
  CHECK(it.find("1234") == Kind::locked);
  it.world.clock.advance(std::chrono::minutes{1});
  CHECK(it.find("1234") == Kind::found);
}

TEST_CASE("A right try forgives the wrong ones before it") {
  Indexed it;
  for (int i = 0; i < 4; ++i) CHECK(it.find("9999") == Kind::no_match);
  CHECK(it.find("1234") == Kind::found);
  for (int i = 0; i < 4; ++i) CHECK(it.find("9999") == Kind::no_match);
}

TEST_CASE("A restart does not forgive wrong tries") {
  Indexed it;
  for (int i = 0; i < 5; ++i) it.find("9999");
  store::Store again = it.world.open();
  CHECK(must(store::find_case(again, {it.code, "1234"})).kind == Kind::locked);
}

TEST_CASE("What a person types for a case is read generously, and mistakes are told apart") {
  Indexed it;
  const std::string typed = " " + it.code.substr(0, 5) + it.code.substr(6) + " ";
  CHECK(must(store::parse_typed_case(typed, " 1234 ")).code == it.code);
  CHECK(test::code_of(store::parse_typed_case("7K4M2", "1234")) == "code_form");
  CHECK(test::code_of(store::parse_typed_case(it.code, "123")) == "last4_form");
  CHECK(test::code_of(store::parse_typed_case(it.code, "12a4")) == "last4_form");
}
