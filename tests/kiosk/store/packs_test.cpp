#include "kiosk/store/packs.h"

#include "platform/crypto/crypto.h"
#include "tests/support/stored.h"

using store::Pack;
using test::must;

namespace {

Pack catalogue(std::string bytes) {
  const std::string hash = crypto::sha256_hex(bytes);
  return {"catalogue", hash, std::move(bytes)};
}

void add(store::Store& store, const Pack& pack) {
  must(store.write([&](store::Writer& writer) { return store::add_candidate(writer, pack); }));
}

void use(store::Store& store, const Pack& pack) {
  must(store.write([&](store::Writer& writer) {
    return store::put_into_force(writer, pack.name, pack.sha256);
  }));
}

std::string in_force(store::Store& store) {
  const auto pack = must(store::active_pack(store, "catalogue"));
  return pack ? pack->bytes : "";
}

std::string candidate(store::Store& store) {
  const auto pack = must(store::candidate_pack(store, "catalogue"));
  return pack ? pack->bytes : "";
}

}  // namespace

TEST_CASE("A pack waits as a candidate until it is put into force") {
  test::Stored world;
  store::Store store = world.open();
  const Pack first = catalogue("one");
  add(store, first);
  CHECK(candidate(store) == "one");
  CHECK(in_force(store).empty());
  CHECK(must(store::packs_in_force(store)).empty());
  use(store, first);
  CHECK(in_force(store) == "one");
  CHECK(candidate(store).empty());
  CHECK(must(store::packs_in_force(store)).at("catalogue") == first.sha256);
}

TEST_CASE("A pack whose bytes are not what its name says is not stored") {
  test::Stored world;
  store::Store store = world.open();
  Pack forged = catalogue("one");
  forged.bytes = "two";
  const auto refused =
      store.write([&](store::Writer& writer) { return store::add_candidate(writer, forged); });
  CHECK(test::code_of(refused) == "bad_hash");
  CHECK_FALSE(must(store::has_pack(store, "catalogue", forged.sha256)));
}

TEST_CASE("The pack before the one in force is kept and can be offered again") {
  test::Stored world;
  store::Store store = world.open();
  const Pack first = catalogue("one");
  const Pack second = catalogue("two");
  const Pack third = catalogue("three");
  for (const Pack& each : {first, second, third}) {
    add(store, each);
    use(store, each);
  }
  CHECK(in_force(store) == "three");
  CHECK_FALSE(must(store::has_pack(store, "catalogue", first.sha256)));
  must(store.write([&](store::Writer& writer) {
    return store::offer_again(writer, "catalogue", second.sha256);
  }));
  CHECK(candidate(store) == "two");
  use(store, second);
  CHECK(in_force(store) == "two");
}

TEST_CASE("An unusable pack is neither offered nor fetched again") {
  test::Stored world;
  store::Store store = world.open();
  const Pack broken = catalogue("not what the reader wants");
  add(store, broken);
  must(store.write([&](store::Writer& writer) {
    return store::reject_pack(writer, "catalogue", broken.sha256);
  }));
  CHECK(candidate(store).empty());
  CHECK(must(store::has_pack(store, "catalogue", broken.sha256)));
}

TEST_CASE("A newer candidate takes the place of an older one") {
  test::Stored world;
  store::Store store = world.open();
  add(store, catalogue("one"));
  add(store, catalogue("two"));
  CHECK(candidate(store) == "two");
  CHECK(must(store.database().integer("SELECT count(*) FROM pack")) == 1);
}

TEST_CASE("What is not here cannot be put into force, and what is in force stays") {
  test::Stored world;
  store::Store store = world.open();
  const Pack first = catalogue("one");
  add(store, first);
  use(store, first);
  const auto refused = store.write(
      [](store::Writer& writer) { return store::put_into_force(writer, "catalogue", "none"); });
  CHECK(test::code_of(refused) == "pack_unknown");
  CHECK(in_force(store) == "one");
}

TEST_CASE("Of unusable packs the names are kept, and not many of them") {
  test::Stored world;
  store::Store store = world.open();
  for (int i = 0; i < 100; ++i) {
    const Pack broken = catalogue("useless " + std::to_string(i));
    add(store, broken);
    must(store.write([&](store::Writer& writer) {
      return store::reject_pack(writer, "catalogue", broken.sha256);
    }));
    world.clock.advance(std::chrono::seconds{1});
  }
  CHECK(must(store.database().integer("SELECT count(*) FROM pack")) == 32);
  CHECK(must(store.database().integer("SELECT sum(length(bytes)) FROM pack")) == 0);
  CHECK(must(store::has_pack(store, "catalogue", catalogue("useless 99").sha256)));
}
