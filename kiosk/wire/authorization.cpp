// Who signs a request; the grammar stands at the top of messages.h.
#include <fmt/format.h>

#include <charconv>

#include "kiosk/wire/messages.h"
#include "platform/base/ids.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"

namespace wire {
namespace {

tl::unexpected<base::Error> bad_message(std::string_view part) {
  return base::fail(base::ErrorKind::invalid, "bad_message", part);
}

}  // namespace

std::string signed_words(std::string_view method, std::string_view path, std::int64_t unix_ms,
                         std::string_view body) {
  return fmt::format("{}|{}|{}|{}", method, path, unix_ms, crypto::sha256_hex(body));
}

std::string authorization(std::string_view kiosk_id, std::int64_t unix_ms,
                          std::string_view signature) {
  return fmt::format("Kiosk id={},ts={},sig={}", kiosk_id, unix_ms, signature);
}

Result<Authorization> parse_authorization(std::string_view header) {
  constexpr std::string_view scheme = "Kiosk ";
  if (!header.starts_with(scheme)) return bad_message("authorization");
  Authorization found;
  bool timed = false;
  for (const std::string_view part : base::split(header.substr(scheme.size()), ',')) {
    const std::string_view text = base::trim(part);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) break;
    const std::string_view value = text.substr(equals + 1);
    const std::string_view name = text.substr(0, equals);
    if (name == "id") found.kiosk_id = value;
    if (name == "sig") found.signature = value;
    if (name != "ts") continue;
    const char* end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, found.unix_ms);
    timed = error == std::errc{} && stop == end;
  }
  if (!base::is_uuid(found.kiosk_id)) return bad_message("id");
  // Also before 1970: such a clock is told the time, as any other that is wrong.
  if (!timed) return bad_message("ts");
  if (found.signature.empty()) return bad_message("sig");
  return found;
}

}  // namespace wire
