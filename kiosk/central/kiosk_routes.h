// The routes of kiosks and of people with a code: /v1/*. Knows HTTP and envelopes; what an op does
// is decided in rules.h. Any thread.
//
//   POST /v1/enrol            one-time code and public key → number
//   POST /v1/sync             signed; ops up, results and changes down
//   POST /v1/lookup           signed; code and last four digits → what it is about
//   GET  /v1/manifest         which content there is; ETag
//   GET  /v1/packs/{sha256}   immutable content; of the law pack one byte range of at most 1 MiB
//   GET  /v1/status/{code}    open to anybody who has a code; no personal data
//   GET  /v1/openapi.json     all of this and the office's routes, kiosk/wire/openapi.json
#pragma once

#include "kiosk/central/center.h"
#include "kiosk/central/content.h"
#include "kiosk/central/kiosks.h"
#include "kiosk/central/metrics.h"
#include "kiosk/central/rate_limit.h"
#include "kiosk/central/store.h"
#include "platform/base/log.h"
#include "platform/http/listener.h"

namespace central {

// A signature older or newer than this is refused with our time.
inline constexpr base::Milliseconds allowed_skew = std::chrono::minutes{5};
inline constexpr std::size_t inflated_limit = std::size_t{1} << 20U;
inline constexpr std::size_t feed_page = 200;

struct Access {
  std::string proxy;                   // address of the one whose X-Real-IP is believed; "": nobody
  bool metrics_from_anywhere = false;  // else from this machine only
};

// What all routes stand on; everything outlives them.
struct Ground {
  Store& store;
  const Center& center;
  const Content& content;
  base::World world;  // its chance is used by several threads
  base::Log& log;
  Metrics& metrics;
  Access access{};
};

class KioskRoutes {
 public:
  explicit KioskRoutes(const Ground& ground);
  http::Response answer(const http::Received& received);

 private:
  http::Response enrol(const http::Received& received);
  http::Response sync(const http::Received& received);
  http::Response lookup(const http::Received& received);
  http::Response manifest(const http::Received& received);
  http::Response pack(const http::Received& received, std::string_view sha256);
  static http::Response part(const LawPack& laws, std::string_view range);
  http::Response status(const http::Received& received, std::string_view code);
  static http::Response description();
  // The kiosk that signed the request, or the answer to one that did not.
  tl::expected<Kiosk, http::Response> signer(const http::Received& received);
  Result<wire::SyncResponse> exchange(const Kiosk& kiosk, const wire::SyncRequest& request);
  void log_exchange(const Kiosk& kiosk, const wire::SyncResponse& response);
  // Whom a limit for each address is counted on.
  [[nodiscard]] std::string asker(const http::Received& received) const;

  Ground ground_;
  RateLimit enrol_limit_;
  RateLimit status_limit_;
};

}  // namespace central
