// Requests to the central server: addressed, signed, compressed, and their answers sorted by what
// they mean for the asker (protocol rules 7 and 8). Knows no message but problems, and no database.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "platform/base/clock.h"
#include "platform/crypto/crypto.h"
#include "platform/http/transport.h"

namespace syncing {

// Small, so that what a visitor confirms meanwhile waits no longer behind a hung request.
inline constexpr std::chrono::seconds request_deadline{4};
inline constexpr std::chrono::seconds probe_deadline{1};

struct Answer {
  enum class Kind {
    ok,           // 2xx
    unreachable,  // no answer: whether the server has acted is unknown
    postponed,    // 408, 429, 5xx, or an answer that cannot be read: the same again, later
    stopped,      // any other status: the same again would be answered the same
  };
  Kind kind = Kind::ok;
  int status = 0;    // 0 when no answer came
  std::string body;  // when ok
  std::string code;  // otherwise: of the problem (snake_case), or "http_404", "timeout" …
  std::optional<base::Milliseconds> retry_after;
  std::optional<base::Instant> server_time;  // told with "skew"
};

// Pure. Retry-After in seconds only (RFC 9110 section 10.2.3), a quarter of an hour at most, for
// what visitors have confirmed may be urgent; a date is ignored.
Answer sort_answer(const base::Result<http::Response>& response);

// Who asks. The offset is mended when the server says that the clocks differ.
struct Identity {
  std::string kiosk_id;
  base::Milliseconds clock_offset{0};  // server's time minus this machine's
};

class Client {
 public:
  // `server` as in the settings: "http://127.0.0.1:8480". Everything outlives the client.
  Client(http::Transport& transport, const crypto::SigningKey& key, const base::Clock& clock,
         std::string server);

  struct Question {
    std::string method = "GET";
    std::string path;  // "/v1/sync"
    std::string body;
    std::string range = {};  // "bytes=0-499", RFC 9110 section 14.1.2
    base::Milliseconds deadline = request_deadline;
    std::size_t answer_limit = std::size_t{1} << 20U;  // inflated
  };

  // Signed. On 401 "skew" the offset is mended and the question asked once more.
  Answer ask(const Question& question, Identity& who, const std::stop_token& stop);
  // Without an identity: enrolment.
  Answer ask_unsigned(const Question& question, const std::stop_token& stop);
  // Anybody there? Any answer counts.
  bool probe(const std::stop_token& stop);

  [[nodiscard]] std::string public_key() const { return key_.public_key(); }
  // What signatures are dated by, with an identity's offset.
  [[nodiscard]] const base::Clock& clock() const { return clock_; }

 private:
  [[nodiscard]] http::Request request_for(const Question& question) const;
  Answer ask_once(const Question& question, const Identity& who, const std::stop_token& stop);

  http::Transport& transport_;
  const crypto::SigningKey& key_;
  const base::Clock& clock_;
  std::string server_;
};

}  // namespace syncing
