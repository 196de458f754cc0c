// The few forms an HTTP answer of the server takes. Knows no route.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/wire/messages.h"
#include "platform/base/result.h"
#include "platform/http/listener.h"

namespace central {

http::Response json_reply(std::string body);
// RFC 9457
http::Response problem_reply(const wire::Problem& problem);
// What went wrong in the server's own words: invalid → 400, not_found → 404, refused → 409; the
// rest is our trouble, 503 with Retry-After: "storage_full" while the disk has no room, else
// "unavailable".
http::Response problem_reply(const base::Error& error);

}  // namespace central
