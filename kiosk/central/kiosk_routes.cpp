#include "kiosk/central/kiosk_routes.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/central/cases.h"
#include "kiosk/central/feed.h"
#include "kiosk/central/limits.h"
#include "kiosk/central/ops.h"
#include "kiosk/central/replies.h"
#include "kiosk/central/to_tell.h"
#include "kiosk/central/web_files.h"
#include "kiosk/wire/case_code.h"
#include "platform/crypto/crypto.h"
#include "platform/http/gzip.h"

namespace central {
namespace {

using base::Level;

constexpr std::string_view packs_path = "/v1/packs/";
constexpr std::string_view immutable = "public, max-age=31536000, immutable";
constexpr std::string_view status_path = "/v1/status/";
constexpr std::string_view description_path = "/v1/openapi.json";
constexpr int enrolments_a_minute = 20;  // from one address
constexpr int status_a_minute = 60;      // from one address

http::Response refusal(int status, std::string_view code, std::string_view title) {
  return problem_reply(
      wire::Problem{status, std::string(code), std::string(title), status == 429, ""});
}

http::Response too_many(std::string_view code, std::string_view title, base::Milliseconds pause) {
  http::Response response = refusal(429, code, title);
  response.headers["retry-after"] = std::to_string(pause.count() / 1000);
  return response;
}

http::Response too_many() {
  return too_many("too_many", "Too many requests", std::chrono::minutes{1});
}

http::Response unreadable(const base::Error& error) {
  const bool large = error.code == "too_large";
  return refusal(large ? 413 : 400, error.code, error.detail);
}

Result<std::string> inflated_body(const http::Received& received) {
  if (received.header("content-encoding") != "gzip") return received.body;
  return http::gunzip(received.body, inflated_limit);
}

// Nothing is sent for the usual number.
int told_days(int days) {
  return days == wire::usual_keep_days ? 0 : days;
}

template <typename Message>
Result<Message> parse_body(const http::Received& received,
                           Result<Message> (*parse)(std::string_view)) {
  return parse(TRY(inflated_body(received)));
}

// Not a part of the feed's history: only today's key is worth anything.
void tell_person_key(const Transaction& transaction, const wire::SyncRequest& request,
                     FeedPage& page) {
  if (page.more) return;
  const wire::DayKey key = person_key(transaction.center, transaction.today());
  const auto known = request.have.find("person");
  // Who begins afresh drops the key with everything else.
  const bool keeps = !page.afresh && known != request.have.end();
  if (keeps && known->second == key.day) return;
  page.changes.push_back({"key", "person", 0, false, wire::to_json(key)});
}

}  // namespace

KioskRoutes::KioskRoutes(const Ground& ground)
    : ground_(ground),
      enrol_limit_(ground.world.clock, enrolments_a_minute),
      status_limit_(ground.world.clock, status_a_minute) {}

http::Response KioskRoutes::answer(const http::Received& received) {
  const std::string& path = received.path;
  const bool get = received.method == "GET";
  const bool post = received.method == "POST";
  if (post && path == "/v1/sync") return sync(received);
  if (post && path == "/v1/enrol") return enrol(received);
  if (post && path == "/v1/lookup") return lookup(received);
  if (get && path == "/v1/manifest") return manifest(received);
  if (get && path == description_path) return description();
  if (get && path.starts_with(packs_path)) return pack(received, path.substr(packs_path.size()));
  if (get && path.starts_with(status_path)) {
    return status(received, path.substr(status_path.size()));
  }
  return refusal(404, "no_route", "No such route");
}

std::string KioskRoutes::asker(const http::Received& received) const {
  const std::string_view told = received.header("x-real-ip");
  const bool through_proxy = !told.empty() && received.peer == ground_.access.proxy;
  return through_proxy ? std::string(told) : received.peer;
}

http::Response KioskRoutes::enrol(const http::Received& received) {
  if (!enrol_limit_.allow(asker(received))) return too_many();
  const auto request = parse_body(received, wire::parse_enrol_request);
  if (!request) return unreadable(request.error());
  const auto welcome = ground_.store.write([&](sql::Database& database) {
    Transaction transaction{database, ground_.center, ground_.world.clock.now()};
    return central::enrol(transaction, *request, ground_.world.chance);
  });
  if (!welcome) {
    ground_.log.line(Level::warn, "enrol.refused", {{"code", welcome.error().code}});
    if (welcome.error().code == "code_invalid") {
      return refusal(403, "code_invalid", "The code is unknown, used or too old");
    }
    return problem_reply(welcome.error());
  }
  ground_.log.line(Level::info, "enrol.done", {{"kiosk", std::to_string(welcome->number)}});
  return json_reply(wire::to_json(*welcome));
}

tl::expected<Kiosk, http::Response> KioskRoutes::signer(const http::Received& received) {
  const auto no = [](std::string_view code, std::string_view title) {
    return tl::unexpected(refusal(401, code, title));
  };
  const auto words = wire::parse_authorization(received.header("authorization"));
  if (!words) return no("unsigned", "Signature missing");
  const auto kiosk = ground_.store.read([&](sql::Database& database) {
    return find_kiosk(database, ground_.center.id(), words->kiosk_id);
  });
  if (!kiosk) return tl::unexpected(problem_reply(kiosk.error()));
  if (!*kiosk) return no("kiosk_unknown", "Not enrolled here");
  const std::string message =
      wire::signed_words(received.method, received.path, words->unix_ms, received.body);
  if (!crypto::verify((*kiosk)->public_key, message, words->signature)) {
    return no("bad_signature", "Signature does not fit");
  }
  // Compared by subtraction from our own, so that no claimed time overflows.
  const base::Instant now = ground_.world.clock.now();
  const bool in_time = words->unix_ms >= base::to_ms(now - allowed_skew) &&
                       words->unix_ms <= base::to_ms(now + allowed_skew);
  if (!in_time) {
    return tl::unexpected(problem_reply(
        wire::Problem{401, "skew", "The clocks differ", true, ground_.center.zone.rfc3339(now)}));
  }
  return **kiosk;
}

http::Response KioskRoutes::sync(const http::Received& received) {
  const auto kiosk = signer(received);
  if (!kiosk) return kiosk.error();
  const auto request = parse_body(received, wire::parse_sync_request);
  if (!request) return unreadable(request.error());
  const auto response = exchange(*kiosk, *request);
  if (!response) {
    ground_.log.line(Level::error, "sync.failed",
                     {{"kiosk", std::to_string(kiosk->number)},
                      {"code", response.error().code},
                      {"detail", response.error().detail}});
    return problem_reply(response.error());
  }
  for (const wire::OpResult& each : response->results) ground_.metrics.decided(each.outcome);
  log_exchange(*kiosk, *response);
  return json_reply(wire::to_json(*response));
}

// The feed is read after the commit, beside the thread that writes: it has what this exchange
// changed, and perhaps what came after.
Result<wire::SyncResponse> KioskRoutes::exchange(const Kiosk& kiosk,
                                                 const wire::SyncRequest& request) {
  const std::vector<Arrived> ops = TRY(read_ops(request.ops));
  const base::Instant now = ground_.world.clock.now();
  OpsOutcome outcome = TRY(ground_.store.write([&](sql::Database& database) -> Result<OpsOutcome> {
    Transaction transaction{database, ground_.center, now};
    const std::string epoch = TRY(read_state(transaction)).epoch;
    const bool knows_another = !request.epoch.empty() && request.epoch != epoch;
    return knows_another ? defer_ops(transaction, kiosk.id, ops)
                         : apply_ops(transaction, kiosk.id, ops);
  }));
  return ground_.store.read([&](sql::Database& database) -> Result<wire::SyncResponse> {
    Transaction transaction{database, ground_.center, now};
    const CenterState state = TRY(read_state(transaction));
    const std::string cursor = request.epoch == state.epoch ? request.cursor : "";
    FeedPage page = TRY(read_feed(transaction, kiosk.id, cursor, feed_page));
    tell_person_key(transaction, request, page);
    return wire::SyncResponse{state.epoch,
                              ground_.center.zone.rfc3339(now),
                              outcome.applied_through,
                              std::move(page.cursor),
                              page.more,
                              page.afresh,
                              ground_.center.next_poll_s,
                              ground_.center.fleet,
                              ground_.content.manifest_sha256,
                              std::move(outcome.results),
                              std::move(page.changes),
                              told_days(ground_.center.kiosks_keep_days)};
  });
}

void KioskRoutes::log_exchange(const Kiosk& kiosk, const wire::SyncResponse& response) {
  if (response.results.empty()) return;
  const auto count = [&](wire::Outcome outcome) {
    return std::to_string(
        std::count_if(response.results.begin(), response.results.end(),
                      [&](const wire::OpResult& each) { return each.outcome == outcome; }));
  };
  ground_.log.line(Level::info, "sync.ops",
                   {{"kiosk", std::to_string(kiosk.number)},
                    {"applied", count(wire::Outcome::applied)},
                    {"duplicate", count(wire::Outcome::duplicate)},
                    {"rejected", count(wire::Outcome::rejected)},
                    {"deferred", count(wire::Outcome::deferred)}});
}

http::Response KioskRoutes::lookup(const http::Received& received) {
  const auto kiosk = signer(received);
  if (!kiosk) return kiosk.error();
  const auto request = parse_body(received, wire::parse_lookup_request);
  if (!request) return unreadable(request.error());
  const auto answer = ground_.store.write([&](sql::Database& database) -> Result<CaseAnswer> {
    Transaction transaction{database, ground_.center, ground_.world.clock.now()};
    CaseAnswer found = TRY(find_case(transaction, request->code, request->last4));
    if (found.kind == CaseAnswer::Kind::found) TRY(told_at_kiosk(transaction, found.id));
    return found;
  });
  if (!answer) return problem_reply(answer.error());
  switch (answer->kind) {
    case CaseAnswer::Kind::locked: return too_many("locked", "Too many wrong tries", lock_time);
    case CaseAnswer::Kind::no_match: return refusal(404, "no_match", "Code and digits do not fit");
    case CaseAnswer::Kind::found: break;
  }
  const auto found = ground_.store.read(
      [&](sql::Database& database) { return describe_case(database, ground_.center, *answer); });
  if (!found) return problem_reply(found.error());
  return json_reply(wire::to_json(*found));
}

http::Response KioskRoutes::manifest(const http::Received& received) {
  const std::string tag = fmt::format("\"{}\"", ground_.content.manifest_sha256);
  const bool known = received.header("if-none-match") == tag;
  http::Response response =
      known ? http::Response{304, {}, ""} : json_reply(ground_.content.manifest);
  response.headers["etag"] = tag;
  return response;
}

http::Response KioskRoutes::pack(const http::Received& received, std::string_view sha256) {
  const Content& content = ground_.content;
  if (content.laws && sha256 == content.laws->sha256()) {
    return part(*content.laws, received.header("range"));
  }
  if (sha256 != content.catalogue.sha256) {
    return refusal(404, "pack_unknown", "Not published any more");
  }
  http::Response response = json_reply(content.catalogue.bytes);
  response.headers["cache-control"] = immutable;
  return response;
}

// Never the whole: what one answer takes in memory is bounded.
http::Response KioskRoutes::part(const LawPack& laws, std::string_view range) {
  const std::size_t all = laws.bytes().size();
  const auto asked = parse_range(range, all);
  if (!asked) {
    http::Response response = refusal(416, "bad_range", "Ask for one range of at most 1 MiB");
    response.headers["content-range"] = fmt::format("bytes */{}", all);
    return response;
  }
  http::Response response{206, {}, std::string(laws.bytes().substr(asked->begin, asked->size))};
  response.headers["content-type"] = "application/octet-stream";
  response.headers["content-range"] =
      fmt::format("bytes {}-{}/{}", asked->begin, asked->begin + asked->size - 1, all);
  response.headers["cache-control"] = immutable;
  // Packed already: and a range is one of these bytes, not of compressed ones.
  response.headers["content-encoding"] = "identity";
  return response;
}

http::Response KioskRoutes::status(const http::Received& received, std::string_view code) {
  if (!status_limit_.allow(asker(received))) return too_many();
  const auto canonical = wire::parse_case_code(code);
  if (!canonical) return refusal(404, "code_unknown", "No such code");
  const auto found = ground_.store.read([&](sql::Database& database) {
    return status_of_code(database, ground_.center, *canonical);
  });
  if (!found) return problem_reply(found.error());
  return json_reply(wire::to_json(*found));
}

http::Response KioskRoutes::description() {
  for (const WebFile& file : web_files()) {
    if (file.path == description_path) return json_reply(std::string(file.bytes));
  }
  return refusal(404, "no_route", "No such route");
}

}  // namespace central
