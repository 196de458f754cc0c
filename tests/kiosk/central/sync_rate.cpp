// Program central_sync_rate: how many signed syncs a second a running kiosk-central answers, each
// with its ops durable. Not a test: it measures, and its kiosks stay in the database it is shown.
//
//   central_sync_rate --server URL --codes FILE [--ops N] [--seconds N]
//
// One kiosk, one thread and one kept connection for every enrolment code in FILE (one a line; see
// `kiosk-central enrol-code`); at most 20, for that many may enrol in a minute. Each sync carries N
// ops (10): bookings, which go to the waiting list once the slot is full, and calls by turns.
#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <thread>

#include "kiosk/wire/case_code.h"
#include "kiosk/wire/messages.h"
#include "platform/base/options.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/http/curl_transport.h"

namespace {

using base::Result;

int number_or(std::string_view text, int otherwise) {
  int number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

class Kiosk {
 public:
  Kiosk(http::CurlTransport transport, std::string server)
      : transport_(std::move(transport)), server_(std::move(server)) {}

  Result<void> enrol(std::string_view code) {
    const wire::EnrolRequest request{std::string(code), key_.public_key()};
    const auto answer = TRY(post("/v1/enrol", wire::to_json(request)));
    identity_ = TRY(wire::parse_enrol_response(answer));
    return {};
  }

  // Reads the feed to its end and chooses a slot, so that the measured syncs carry only what
  // changes.
  Result<void> catch_up() {
    for (bool more = true; more;) {
      const wire::SyncResponse answer = TRY(sync({}));
      more = answer.more;
      for (const wire::Change& change : answer.changes) {
        if (change.type == "slot" && change.key.find("|onsite|") != std::string::npos) {
          slot_ = change.key;
        }
      }
    }
    return {};
  }

  // Says how many ops were applied.
  Result<int> sync_some(int ops) {
    std::vector<std::string> bytes;
    for (int i = 0; i < ops; ++i) bytes.push_back(i % 2 == 0 ? booking() : call());
    int applied = 0;
    for (const wire::OpResult& result : TRY(sync(std::move(bytes))).results) {
      applied += result.outcome == wire::Outcome::applied ? 1 : 0;
    }
    return applied;
  }

 private:
  Result<std::string> post(std::string_view path, std::string body) {
    http::Request request;
    request.method = "POST";
    request.url = fmt::format("{}{}", server_, path);
    request.body = std::move(body);
    const std::int64_t now = base::to_ms(clock_.now());
    const std::string words = wire::signed_words("POST", path, now, request.body);
    request.headers["Authorization"] =
        wire::authorization(identity_.kiosk_id, now, key_.sign(words));
    const http::Response response = TRY(transport_.send(request, {}));
    if (response.status == 200) return response.body;
    return base::fail(base::ErrorKind::refused, "no_answer", response.body);
  }

  Result<wire::SyncResponse> sync(std::vector<std::string> ops) {
    const wire::SyncRequest request{identity_.epoch, cursor_, {}, std::move(ops)};
    const std::string answer = TRY(post("/v1/sync", wire::to_json(request)));
    wire::SyncResponse response = TRY(wire::parse_sync_response(answer));
    cursor_ = response.cursor;
    return response;
  }

  std::string op(std::string kind, std::string body) {
    return wire::to_json(wire::Op{base::uuid7(clock_.now(), chance_), ++seq_, std::move(kind),
                                  base::china_time.rfc3339(clock_.now()), true, std::move(body)});
  }
  std::string booking() {
    return op("booking.request", wire::to_json(wire::BookingRequest{
                                     "consult", "", "onsite", slot_, "王小明", "13800001234",
                                     wire::make_case_code(chance_), "1234"}));
  }
  std::string call() { return op("assist.call", wire::to_json(wire::AssistCall{"home"})); }

  http::CurlTransport transport_;
  std::string server_;
  base::SystemClock clock_;
  base::SystemChance chance_;
  crypto::SigningKey key_ = crypto::SigningKey::generate();
  wire::EnrolResponse identity_;
  std::string cursor_;
  std::string slot_;
  std::int64_t seq_ = 0;
};

struct Counts {
  std::atomic<int> syncs = 0;
  std::atomic<int> applied = 0;
  std::atomic<int> failed = 0;
};

void keep_syncing(Kiosk& kiosk, int ops, std::chrono::steady_clock::time_point end,
                  Counts& counts) {
  while (std::chrono::steady_clock::now() < end) {
    const Result<int> applied = kiosk.sync_some(ops);
    ++(applied ? counts.syncs : counts.failed);
    counts.applied += applied.value_or(0);
  }
}

Result<void> measure(const base::Options& options) {
  const std::string codes = TRY(base::read_file(options.value("codes")));
  const int ops = number_or(options.value("ops"), 10);
  const int seconds = number_or(options.value("seconds"), 10);
  std::vector<Kiosk> kiosks;
  for (const std::string_view code : base::split(base::trim(codes), '\n')) {
    kiosks.emplace_back(TRY(http::CurlTransport::open()), std::string(options.value("server")));
    TRY(kiosks.back().enrol(code));
    TRY(kiosks.back().catch_up());
  }
  Counts counts;
  {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{seconds};
    std::vector<std::jthread> threads;
    for (Kiosk& kiosk : kiosks) {
      threads.emplace_back([&kiosk, ops, end, &counts] { keep_syncing(kiosk, ops, end, counts); });
    }
  }
  fmt::print("{} kiosks, {} ops a sync, {} s: {} syncs/s, {} ops/s applied, {} failed\n",
             kiosks.size(), ops, seconds, counts.syncs / seconds, counts.applied / seconds,
             counts.failed.load());
  return {};
}

}  // namespace

int main(int count, char** words) {
  const auto options = base::parse_options(std::vector<std::string>(words + 1, words + count),
                                           {{"server", "codes", "ops", "seconds"}, {}});
  const Result<void> measured =
      options ? measure(*options) : Result<void>(tl::unexpected<base::Error>(options.error()));
  if (measured) return 0;
  fmt::print(stderr, "central_sync_rate: {} {}\n", measured.error().code, measured.error().detail);
  return 1;
}
