#include "kiosk/sync/content.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/store/packs.h"
#include "kiosk/store/sync_state.h"

namespace syncing {
namespace {

using base::Result;
using store::Writer;

constexpr std::size_t largest_manifest = std::size_t{64} << 10U;
constexpr std::size_t most_packs = 16;
constexpr std::int64_t largest_pack = std::int64_t{4} << 20U;
constexpr std::chrono::seconds pack_deadline{10};
// What visitors confirm meanwhile waits no longer behind a slow server.
constexpr std::chrono::minutes longest_fetch{1};

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Nothing in it may lead anywhere: names of packs become paths of requests and files.
bool acceptable(const wire::Manifest& manifest) {
  return manifest.packs.size() <= most_packs &&
         std::ranges::all_of(manifest.packs, [](const wire::PackEntry& entry) {
           return is_sha256(entry.sha256) && entry.size >= 0;
         });
}

Answer unusable(std::string_view code) {
  Answer answer;
  answer.kind = Answer::Kind::postponed;
  answer.code = code;
  return answer;
}

Result<Answer> store_pack(store::Store& store, const wire::PackEntry& entry, Answer answer) {
  if (crypto::sha256_hex(answer.body) != entry.sha256) return unusable("bad_hash");
  const store::Pack pack{entry.name, entry.sha256, std::move(answer.body)};
  TRY(store.write([&](Writer& writer) { return store::add_candidate(writer, pack); }));
  return Answer{};
}

Result<Answer> fetch_pack(store::Store& store, Client& client, Identity& who,
                          const wire::PackEntry& entry, const std::stop_token& stop) {
  if (TRY(store::has_pack(store, entry.name, entry.sha256))) {
    TRY(store.write(
        [&](Writer& writer) { return store::offer_again(writer, entry.name, entry.sha256); }));
    return Answer{};
  }
  if (entry.size > largest_pack) return unusable("pack_too_large");
  Answer answer = client.ask({.path = "/v1/packs/" + entry.sha256,
                              .body = {},
                              .deadline = pack_deadline,
                              .answer_limit = static_cast<std::size_t>(entry.size)},
                             who, stop);
  if (answer.kind != Answer::Kind::ok) return answer;
  return store_pack(store, entry, std::move(answer));
}

struct Fetched {
  Answer answer;
  bool complete = true;  // nothing is left for the next exchange
};

Result<Fetched> fetch_laws(Library& library, Client& client, Identity& who,
                           const wire::PackEntry& entry, const std::stop_token& stop) {
  Fetched fetched;
  const base::Tick end = client.clock().tick() + longest_fetch;
  const auto fetch = [&](std::uint64_t begin, std::uint64_t size) -> Result<std::string> {
    if (client.clock().tick() > end) {
      fetched.answer = unusable("timeout");
      return base::fail(base::ErrorKind::offline, "timeout");
    }
    fetched.answer = client.ask({.path = "/v1/packs/" + entry.sha256,
                                 .body = {},
                                 .range = fmt::format("bytes={}-{}", begin, begin + size - 1),
                                 .deadline = pack_deadline,
                                 .answer_limit = static_cast<std::size_t>(size)},
                                who, stop);
    if (fetched.answer.kind != Answer::Kind::ok) {
      return base::fail(base::ErrorKind::offline, fetched.answer.code);
    }
    return std::move(fetched.answer.body);
  };
  const auto complete = library.receive(entry, fetch);
  if (complete) fetched.complete = *complete;
  if (!complete && fetched.answer.kind == Answer::Kind::ok) {
    fetched.answer = unusable(complete.error().code);
  }
  return fetched;
}

Result<Fetched> fetch_packs(store::Store& store, Client& client, std::string_view manifest_hash,
                            Library* library, const std::stop_token& stop) {
  const store::SyncState state = TRY(store::read_sync_state(store));
  Identity who{state.kiosk_id, state.clock_offset};
  Fetched fetched{client.ask({.path = "/v1/manifest", .body = {}, .answer_limit = largest_manifest},
                             who, stop)};
  if (fetched.answer.kind != Answer::Kind::ok) return fetched;
  // Published anew between the two requests: the next exchange tells the new hash.
  if (crypto::sha256_hex(fetched.answer.body) != manifest_hash) {
    return Fetched{unusable("manifest_changed")};
  }
  const auto manifest = wire::parse_manifest(fetched.answer.body);
  if (!manifest || !acceptable(*manifest)) return Fetched{unusable("broken_answer")};
  for (const wire::PackEntry& entry : manifest->packs) {
    const bool law = entry.name == wire::law_pack;
    // A later release may publish what this one has no use for.
    if (law ? library == nullptr : entry.name != wire::catalogue_name) continue;
    fetched = law ? TRY(fetch_laws(*library, client, who, entry, stop))
                  : Fetched{TRY(fetch_pack(store, client, who, entry, stop))};
    if (fetched.answer.kind != Answer::Kind::ok || !fetched.complete) return fetched;
  }
  return Fetched{};
}

}  // namespace

Result<Answer> fetch_content(store::Store& store, Client& client, std::string_view manifest,
                             Library* library, const std::stop_token& stop) {
  Fetched fetched = TRY(fetch_packs(store, client, manifest, library, stop));
  if (stop.stop_requested()) return std::move(fetched.answer);
  store::SyncState state = TRY(store::read_sync_state(store));
  state.content_error = fetched.answer.code;
  if (fetched.answer.kind == Answer::Kind::ok && fetched.complete) state.manifest = manifest;
  TRY(store.write([&](Writer& writer) { return store::save_sync_state(writer, state); }));
  return std::move(fetched.answer);
}

}  // namespace syncing
