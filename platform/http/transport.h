// The asking side of HTTP/1.1. Knows no message. A Transport may be used by one thread at a time;
// the curl one keeps its connection alive between requests.
#pragma once

#include <map>
#include <stop_token>
#include <string>

#include "platform/base/clock.h"
#include "platform/base/result.h"

namespace http {

struct Request {
  std::string method = "GET";
  std::string url;                                   // absolute: "http://127.0.0.1:8421/v1/sync"
  std::map<std::string, std::string> headers;        // as sent
  std::string body;                                  // sent as it stands; the caller compresses
  base::Milliseconds deadline{10000};                // for the whole exchange
  std::size_t answer_limit = std::size_t{4} << 20U;  // inflated bytes; more is refused
};

struct Response {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // inflated
};

class Transport {
 public:
  virtual ~Transport() = default;
  // Any HTTP status is an answer. offline ("timeout", "connect", "tls", "broken_answer") when none
  // came; refused ("answer_too_large"). A stop request ends the wait early as offline ("stopped").
  virtual base::Result<Response> send(const Request& request, std::stop_token stop) = 0;
};

}  // namespace http
