// Whole numbers as LEB128: seven bits a byte, lowest first, the high bit while more follow. What
// the index and the strings of a pack are made of. Reading never leaves the bytes given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace law {

inline void append_varint(std::string& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) bytes += static_cast<char>(value | 0x80U);
  bytes += static_cast<char>(value);
}

// Takes the number at `at` and moves `at` behind it. False when the bytes end inside the number or
// it has more than 64 bits; `value` is not to be used then.
inline bool read_varint(std::string_view bytes, std::size_t& at, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; at < bytes.size() && shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

}  // namespace law
