// Numbers of the grammar in index.h that its reader and its builder share; nobody else's.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "kiosk/law/terms.h"

namespace law {

inline constexpr unsigned terms_in_block = 32;
// From so many documents on a group tells its bytes, so that it can be stepped over.
inline constexpr std::uint64_t long_group = 8;

struct IndexHead {
  Term term = 0;
  std::uint32_t dictionary = 0;
  std::uint32_t postings = 0;
};
static_assert(sizeof(IndexHead) == 16);

inline IndexHead head_at(std::string_view heads, std::size_t i) {
  IndexHead head;
  std::memcpy(&head, heads.data() + i * sizeof(IndexHead), sizeof(IndexHead));
  return head;
}

}  // namespace law
