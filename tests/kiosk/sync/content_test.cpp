#include "kiosk/sync/content.h"

#include "kiosk/store/packs.h"
#include "tests/kiosk/sync/fake_server.h"

using Kind = syncing::Answer::Kind;
using test::Line;
using test::must;

namespace {

// Publishes one pack; gives the hash of the manifest.
std::string publish(Line& line, const std::string& bytes, const std::string& delivered) {
  const std::string hash = crypto::sha256_hex(bytes);
  const wire::Manifest manifest{
      .version = 1, .packs = {{"catalogue", hash, static_cast<std::int64_t>(bytes.size())}}};
  const std::string text = wire::to_json(manifest);
  line.server.pages["/v1/manifest"] = text;
  line.server.pages["/v1/packs/" + hash] = delivered;
  return crypto::sha256_hex(text);
}

std::string publish(Line& line, const std::string& bytes) {
  return publish(line, bytes, bytes);
}

syncing::Answer fetch(Line& line, const std::string& manifest,
                      syncing::Library* library = nullptr) {
  return must(syncing::fetch_content(line.store, line.client, manifest, library, {}));
}

// Publishes a manifest of these packs alone.
std::string publish(Line& line, std::vector<wire::PackEntry> packs) {
  const std::string text = wire::to_json(wire::Manifest{.version = 1, .packs = std::move(packs)});
  line.server.pages["/v1/manifest"] = text;
  return crypto::sha256_hex(text);
}

// Wants ever more of it; each part takes its time.
class Insatiable final : public syncing::Library {
 public:
  explicit Insatiable(test::FakeClock& clock) : clock_(clock) {}
  int parts = 0;

  base::Result<bool> receive(const wire::PackEntry&, const Fetch& fetch) override {
    for (;; ++parts) {
      TRY(fetch(0, 5));
      clock_.advance(std::chrono::seconds{8});
    }
  }

 private:
  test::FakeClock& clock_;
};

std::string candidate(Line& line) {
  const auto pack = must(store::candidate_pack(line.store, "catalogue"));
  return pack ? pack->bytes : "";
}

void use(Line& line) {
  const store::Pack pack = must(store::candidate_pack(line.store, "catalogue")).value();
  must(line.store.write([&](store::Writer& writer) {
    return store::put_into_force(writer, pack.name, pack.sha256);
  }));
}

}  // namespace

TEST_CASE("What the center publishes waits here as a candidate") {
  Line line;
  const std::string manifest = publish(line, "menu one");
  CHECK(fetch(line, manifest).kind == Kind::ok);
  CHECK(candidate(line) == "menu one");
  CHECK(line.state().manifest == manifest);
}

TEST_CASE("A pack that is here already is not fetched again") {
  Line line;
  const std::string manifest = publish(line, "menu one");
  fetch(line, manifest);
  const std::size_t requests = line.server.requests.size();
  fetch(line, manifest);
  CHECK(line.server.requests.size() == requests + 1);  // the manifest alone
}

TEST_CASE("Bytes that are not what their name says are not stored") {
  Line line;
  const std::string manifest = publish(line, "menu one", "menu two");
  CHECK(fetch(line, manifest).code == "bad_hash");
  CHECK(candidate(line).empty());
  CHECK(line.state().manifest.empty());
  CHECK(line.state().content_error == "bad_hash");
  CHECK(line.state().last_error.empty());  // the line itself works
}

TEST_CASE("A manifest other than the announced one is left for the next exchange") {
  Line line;
  publish(line, "menu one");
  CHECK(fetch(line, crypto::sha256_hex("another")).code == "manifest_changed");
  CHECK(candidate(line).empty());
}

TEST_CASE("A manifest that cannot be read, or a pack without bounds, is not followed") {
  Line line;
  line.server.pages["/v1/manifest"] = "[1,2";
  CHECK(fetch(line, crypto::sha256_hex("[1,2")).code == "broken_answer");

  const wire::Manifest huge{
      .version = 1, .packs = {{"catalogue", crypto::sha256_hex("x"), std::int64_t{1} << 40U}}};
  line.server.pages["/v1/manifest"] = wire::to_json(huge);
  const std::size_t requests = line.server.requests.size();
  CHECK(fetch(line, crypto::sha256_hex(wire::to_json(huge))).code == "pack_too_large");
  CHECK(line.server.requests.size() == requests + 1);
}

TEST_CASE("A pack that goes missing on the way is fetched at the next try") {
  Line line;
  const std::string manifest = publish(line, "menu one");
  line.server.faults = {test::FakeServer::Fault::none, test::FakeServer::Fault::lose_reply};
  CHECK(fetch(line, manifest).kind == Kind::unreachable);
  CHECK(line.state().manifest.empty());
  CHECK(line.state().content_error == "timeout");
  CHECK(fetch(line, manifest).kind == Kind::ok);
  CHECK(candidate(line) == "menu one");
  CHECK(line.state().content_error.empty());
}

TEST_CASE("A center that takes a change back offers the content before it again") {
  Line line;
  const std::string first = publish(line, "menu one");
  fetch(line, first);
  use(line);
  fetch(line, publish(line, "menu two"));
  use(line);
  fetch(line, publish(line, "menu one"));
  CHECK(candidate(line) == "menu one");
}

TEST_CASE("Packs this release has no use for are not asked for") {
  Line line;
  const std::string manifest =
      publish(line, {{"games", crypto::sha256_hex("x"), std::int64_t{1} << 40U}});
  CHECK(fetch(line, manifest).kind == Kind::ok);
  CHECK(line.server.requests.size() == 1);
  CHECK(line.state().manifest == manifest);
}

TEST_CASE("A manifest leads nowhere but to packs") {
  Line line;
  const std::string good = crypto::sha256_hex("x");
  const std::vector<wire::PackEntry> many(17, {"catalogue", good, 1});
  const std::vector<std::vector<wire::PackEntry>> manifests{
      {{"catalogue", "../../../etc/passwd", 1}},
      {{"catalogue", "", 1}},
      {{"catalogue", good + "?x=1", 1}},
      {{"catalogue", good + "\r\nHost: evil", 1}},
      {{"laws", "../lookup", 1}},
      {{"catalogue", good, -1}},
      {{"laws", good, -1}},
      many};
  for (const auto& packs : manifests) {
    const std::size_t before = line.server.requests.size();
    CHECK(fetch(line, publish(line, packs)).code == "broken_answer");
    CHECK(line.server.requests.size() == before + 1);
  }
}

TEST_CASE("A server that gives the law by drops holds up nobody's op for longer than a minute") {
  Line line;
  const std::string sha256 = crypto::sha256_hex("x");
  line.server.pages["/v1/packs/" + sha256] = "drops";
  Insatiable library(line.world.clock);
  const base::Tick begin = line.world.clock.tick();
  CHECK(fetch(line, publish(line, {{"laws", sha256, 1000}}), &library).code == "timeout");
  CHECK(library.parts > 3);
  CHECK(line.world.clock.tick() - begin < std::chrono::seconds{75});
  CHECK(line.state().manifest.empty());
}
