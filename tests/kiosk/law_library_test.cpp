// Law packs from the center's real routes to the kiosk's data folder, over real HTTP on the
// loopback.
#include "kiosk/law_library.h"

#include "kiosk/law/law_store.h"
#include "kiosk/law/pack_folder.h"
#include "platform/base/text.h"
#include "tests/kiosk/central/client.h"
#include "tests/kiosk/law/small_collections.h"
#include "tests/support/stored.h"

using Kind = syncing::Answer::Kind;
using test::must;

namespace {

std::string pack_of(const std::vector<test::PathAndText>& files) {
  const auto gathered = law::gather(test::collection_of(files), {});
  return must(law::make_pack(gathered, {}, [](auto, auto, auto) {}));
}

// Laws of noise: `changed` of them are others than with 0.
std::string noisy_pack(int laws, int changed) {
  std::vector<test::PathAndText> files;
  for (int i = 0; i < laws; ++i) {
    test::SeededChance chance(static_cast<std::uint64_t>(i < changed ? i + 100'000 : i + 1));
    std::string body;
    for (int c = 0; c < 20'000; ++c) {
      base::append_utf8(body, static_cast<char32_t>(U'一' + chance.below(64)));
    }
    const std::string title = "第" + std::to_string(i) + "号借伞法";
    files.emplace_back("laws/社会法/" + title + ".md",
                       test::book_text(title, "", "第一条 " + body + "。"));
  }
  return pack_of(files);
}

// A center with one law pack, behind a line that can be cut and that counts what it carries.
class Center {
 public:
  explicit Center(std::string_view pack) : server_(publish(pack)) {
    auto opened = http::Listener::open(
        {}, [this](const http::Received& received) { return answer(received); });
    REQUIRE(opened);
    listener_ = std::make_unique<http::Listener>(std::move(*opened));
  }

  [[nodiscard]] std::string address() const {
    return fmt::format("http://127.0.0.1:{}", listener_->port());
  }
  [[nodiscard]] const std::string& manifest() const { return server_.content.manifest_sha256; }

  std::atomic<std::size_t> carried{0};          // bytes of packs
  std::atomic<std::size_t> parts_left{10'000};  // then it answers 503
  std::atomic<bool> lies = false;               // other bytes than those asked for

 private:
  std::optional<central::LawPack> publish(std::string_view pack) {
    const std::string name = crypto::sha256_hex(pack);
    REQUIRE(base::replace_file(folder_ / (name + ".lawpack"), pack));
    REQUIRE(base::replace_link(folder_ / "current", name + ".lawpack"));
    return must(central::LawPack::open(folder_.path()));
  }

  http::Response answer(const http::Received& received) {
    const bool part = !received.header("range").empty();
    if (part && parts_left == 0) return {503, {}, ""};
    http::Response response = server_.server.answer(received);
    if (!part) return response;
    --parts_left;
    carried += response.body.size();
    if (lies) std::fill(response.body.begin(), response.body.end(), '?');
    return response;
  }

  test::TempFolder folder_;
  test::RunningServer server_;
  std::unique_ptr<http::Listener> listener_;
};

class Kiosk {
 public:
  explicit Kiosk(std::uint64_t per_call = law::usual_call)
      : library_(law::packs_in(world_.folder.path()), per_call) {}

  syncing::Answer fetch(const Center& center) {
    auto transport = must(http::CurlTransport::open());
    syncing::Client client(transport, key_, world_.clock, center.address());
    return must(syncing::fetch_content(store_, client, center.manifest(), &library_, {}));
  }
  // Until nothing more is to come, or an error.
  syncing::Answer fetch_all(const Center& center) {
    syncing::Answer answer = fetch(center);
    while (answer.kind == Kind::ok && state().manifest != center.manifest()) answer = fetch(center);
    return answer;
  }
  store::SyncState state() { return must(store::read_sync_state(store_)); }
  [[nodiscard]] base::Path library() const { return law::library_in(world_.folder.path()); }
  [[nodiscard]] std::string in_front() const { return must(base::read_file(library())); }

 private:
  test::Stored world_;
  store::Store store_ = world_.open();
  crypto::SigningKey key_ = crypto::SigningKey::generate();
  kiosk::LawLibrary library_;
};

}  // namespace

TEST_CASE("A kiosk without law fetches the center's, and next month only what changed") {
  const std::string june = noisy_pack(60, 0);
  const std::string july = noisy_pack(60, 1);
  Kiosk kiosk;
  CHECK_FALSE(std::filesystem::exists(kiosk.library()));
  Center center(june);
  CHECK(kiosk.fetch_all(center).kind == Kind::ok);
  CHECK(kiosk.in_front() == june);
  CHECK(must(law::LawStore::open(kiosk.library())).info().laws == 60);

  Center next(july);
  CHECK(kiosk.fetch_all(next).kind == Kind::ok);
  CHECK(kiosk.in_front() == july);
  CHECK(next.carried * 20 <= july.size());  // 5 %
}

TEST_CASE("A large pack comes in several exchanges, so that others get their turn") {
  const std::string pack = noisy_pack(20, 0);
  Kiosk kiosk(100'000);
  Center center(pack);
  CHECK(kiosk.fetch(center).kind == Kind::ok);
  CHECK(kiosk.state().manifest.empty());
  CHECK(kiosk.state().content_error.empty());
  CHECK_FALSE(std::filesystem::exists(kiosk.library()));
  CHECK(kiosk.fetch_all(center).kind == Kind::ok);
  CHECK(kiosk.in_front() == pack);
}

TEST_CASE("A line that is cut in the middle costs nothing that had arrived") {
  const std::string pack = noisy_pack(60, 0);
  Kiosk uncut;
  Center whole(pack);
  CHECK(uncut.fetch_all(whole).kind == Kind::ok);

  Kiosk kiosk;
  Center center(pack);
  center.parts_left = 4;  // the header, the head, two stretches of laws
  CHECK(kiosk.fetch_all(center).kind == Kind::postponed);
  CHECK(kiosk.state().content_error == "http_503");
  CHECK_FALSE(std::filesystem::exists(kiosk.library()));
  CHECK(center.carried > 400'000);
  center.parts_left = 10'000;
  CHECK(kiosk.fetch_all(center).kind == Kind::ok);
  CHECK(kiosk.in_front() == pack);
  CHECK(center.carried < whole.carried + 10'000);  // the head twice, each law once
}

TEST_CASE("A center that sends other bytes changes nothing on the kiosk") {
  const std::string pack = pack_of(test::small_book());
  Kiosk kiosk;
  Center center(pack);
  CHECK(kiosk.fetch_all(center).kind == Kind::ok);
  Center liar(noisy_pack(3, 0));
  liar.lies = true;
  const auto answer = kiosk.fetch_all(liar);
  CHECK(answer.kind == Kind::postponed);
  CHECK(kiosk.state().content_error == "law_pack");
  CHECK(kiosk.in_front() == pack);
}

TEST_CASE("A center that goes back to the pack before brings it to the front without a fetch") {
  const std::string june = noisy_pack(3, 0);
  Kiosk kiosk;
  Center first(june);
  Center second(noisy_pack(3, 1));
  Center third(june);
  CHECK(kiosk.fetch_all(first).kind == Kind::ok);
  CHECK(kiosk.fetch_all(second).kind == Kind::ok);
  CHECK(kiosk.fetch_all(third).kind == Kind::ok);
  CHECK(kiosk.in_front() == june);
  CHECK(third.carried == 0);
}

TEST_CASE(
    "The screens read the new library after the next quiet moment, and keep it over a bad one") {
  test::TempFolder data;
  const test::FakeClock clock;
  base::Log log(clock, -1);  // writes nowhere
  kiosk::OpenLaws laws({.named = {}, .data = data.path(), .ranking = data / "none"}, log);
  CHECK_FALSE(laws.store().present());
  CHECK_FALSE(laws.renew());

  REQUIRE(base::replace_file(data / "laws.db", noisy_pack(2, 0)));
  CHECK(laws.renew());
  CHECK(laws.store().info().laws == 2);
  CHECK_FALSE(laws.renew());

  const auto packs = must(law::PackFolder::open(law::packs_in(data.path())));
  REQUIRE(packs.switch_to(must(packs.add(noisy_pack(3, 0)))));
  CHECK(laws.renew());
  CHECK(laws.store().info().laws == 3);

  const std::string broken = must(packs.add("no library"));
  REQUIRE(packs.switch_to(broken));
  CHECK_FALSE(laws.renew());
  CHECK(laws.store().info().laws == 3);
  REQUIRE(packs.roll_back());
  CHECK(laws.renew());
  CHECK(laws.store().info().laws == 3);
}

TEST_CASE("A library the owner has named is read, whatever the data folder has") {
  test::TempFolder data;
  const test::FakeClock clock;
  base::Log log(clock, -1);  // writes nowhere
  REQUIRE(base::replace_file(data / "laws.db", noisy_pack(2, 0)));
  REQUIRE(base::replace_file(data / "named.db", noisy_pack(4, 0)));
  kiosk::OpenLaws laws({.named = data / "named.db", .data = data.path(), .ranking = data / "none"},
                       log);
  CHECK(laws.store().info().laws == 4);
  REQUIRE(base::replace_file(data / "named.db", noisy_pack(5, 0)));
  CHECK(laws.renew());
  CHECK(laws.store().info().laws == 5);
}
