#include "platform/base/ids.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <cstdint>
#include <cstdlib>

namespace base {

std::uint32_t Chance::below(std::uint32_t bound) {
  // Rejection keeps the draw uniform: the last, incomplete run of `bound` values is drawn again.
  const std::uint32_t limit = UINT32_MAX - UINT32_MAX % bound;
  std::uint32_t value = 0;
  do {
    std::array<std::byte, 4> bytes{};
    fill(bytes);
    value = 0;
    for (const std::byte byte : bytes) value = value << 8U | std::to_integer<std::uint32_t>(byte);
  } while (value >= limit);
  return value % bound;
}

void SystemChance::fill(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      std::abort();  // ids without chance would collide: there is nothing safe left to do
    }
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

std::string uuid7(Instant now, Chance& chance) {
  std::array<std::byte, 16> id{};
  chance.fill(id);
  auto ms = static_cast<std::uint64_t>(to_ms(now));
  for (std::size_t i = 6; i-- > 0; ms >>= 8U) id[i] = static_cast<std::byte>(ms & 0xffU);
  id[6] = (id[6] & std::byte{0x0f}) | std::byte{0x70};
  id[8] = (id[8] & std::byte{0x3f}) | std::byte{0x80};
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    fmt::format_to(std::back_inserter(text), "{:02x}", std::to_integer<unsigned>(id[i]));
  }
  return text;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

}  // namespace base
