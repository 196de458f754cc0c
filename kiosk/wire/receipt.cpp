#include "kiosk/wire/receipt.h"

#include <fmt/format.h>

#include <charconv>

#include "platform/base/ids.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"

namespace wire {
namespace {

constexpr std::string_view version = "R1";
constexpr std::size_t parts_of_a_receipt = 7;
constexpr std::size_t longest = 512;  // bytes
constexpr std::string_view trusted = "t";
constexpr std::string_view unknown = "u";

bool is_hash(std::string_view text) {
  constexpr std::size_t characters = 64;
  return text.size() == characters &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

auto bad_receipt() {
  return base::fail(base::ErrorKind::invalid, "bad_receipt");
}

}  // namespace

std::string signed_words(const Receipt& receipt) {
  return fmt::format("{}.{}.{}.{}.{}.{}", version, receipt.center, receipt.op, receipt.hash,
                     base::to_ms(receipt.time), receipt.clock_trusted ? trusted : unknown);
}

std::string to_text(const Receipt& receipt) {
  return fmt::format("{}.{}", signed_words(receipt), receipt.signature);
}

base::Result<Receipt> parse_receipt(std::string_view text) {
  if (text.size() > longest) return bad_receipt();
  const auto parts = base::split(text, '.');
  if (parts.size() != parts_of_a_receipt || parts[0] != version) return bad_receipt();
  std::int64_t ms = 0;
  const auto [end, error] = std::from_chars(parts[4].data(), parts[4].data() + parts[4].size(), ms);
  const bool time = error == std::errc{} && end == parts[4].data() + parts[4].size();
  const bool clock = parts[5] == trusted || parts[5] == unknown;
  if (!time || !clock || !base::is_uuid(parts[2]) || !is_hash(parts[3])) return bad_receipt();
  Receipt receipt{std::string(parts[1]), std::string(parts[2]), std::string(parts[3]),
                  base::from_ms(ms),     parts[5] == trusted,   std::string(parts[6])};
  // Only one text says one thing: nothing that reads the same is signed the same.
  if (to_text(receipt) != text) return bad_receipt();
  return receipt;
}

// Crockford's letters, as case codes have them: none is taken for another.
std::string short_receipt(std::string_view text) {
  constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  constexpr std::size_t characters = 16;
  constexpr std::size_t group = 4;
  const auto digest = crypto::sha256(text);
  std::string name;
  for (std::size_t i = 0; i < characters; ++i) {
    if (i > 0 && i % group == 0) name += '-';
    const std::size_t bit = i * 5;
    const unsigned two = (unsigned{digest[bit / 8]} << 8U) | unsigned{digest[bit / 8 + 1]};
    name += letters[(two >> (11U - bit % 8)) & 31U];
  }
  return name;
}

}  // namespace wire
