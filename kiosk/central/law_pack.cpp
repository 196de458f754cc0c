#include "kiosk/central/law_pack.h"

#include <algorithm>
#include <charconv>

#include "platform/crypto/crypto.h"

namespace central {
namespace {

using base::Result;

std::optional<std::size_t> whole_number(std::string_view digits) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

Result<std::optional<LawPack>> LawPack::open(const base::Path& folder) {
  std::error_code none;
  const base::Path target = std::filesystem::read_symlink(folder / "current", none);
  if (none) return std::optional<LawPack>{};
  auto file = TRY(base::MappedFile::open(folder / target));
  std::string sha256 = target.stem().string();
  if (crypto::sha256_hex(file.bytes()) != sha256) {
    return base::fail(base::ErrorKind::invalid, "bad_hash", (folder / target).string());
  }
  return std::optional(LawPack(std::move(sha256), std::move(file)));
}

std::optional<ByteRange> parse_range(std::string_view header, std::size_t size) {
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit)) return std::nullopt;
  header.remove_prefix(unit.size());
  const std::size_t dash = std::min(header.find('-'), header.size());
  const auto first = whole_number(header.substr(0, dash));
  const auto last = whole_number(header.substr(std::min(dash + 1, header.size())));
  if (!first || !last || *first >= size || *last < *first) return std::nullopt;
  const std::size_t end = std::min(*last, size - 1);
  if (end - *first >= longest_range) return std::nullopt;
  return ByteRange{*first, end - *first + 1};
}

}  // namespace central
