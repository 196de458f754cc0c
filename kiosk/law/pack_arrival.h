// How a newer law pack comes into a folder of packs from a server that offers it by its name: what
// the library in front and an earlier, cut transfer already have is not fetched again; the rest is
// fetched in ranges, the pack is made here, proven by its name and brought to the front in one
// step. Whatever a server answers, the library in front stays as it is until then. Knows no
// network: the ranges come from a function.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "kiosk/law/pack_folder.h"
#include "platform/base/result.h"

namespace law {

struct PackOffer {
  std::string_view sha256;  // the pack's name
  std::uint64_t size = 0;   // bytes
};

// `size` bytes of the offered pack from `begin` on, at most longest_fetch of them.
using FetchBytes =
    std::function<base::Result<std::string>(std::uint64_t begin, std::uint64_t size)>;
inline constexpr std::uint64_t longest_fetch = std::uint64_t{256} << 10U;

// What is fetched in one call, so that other work gets its turn.
inline constexpr std::uint64_t usual_call = std::uint64_t{4} << 20U;

// Fetches what is missing, about `per_call` bytes of it. True: the pack is in front. False: call
// again, this part is kept. Errors keep what has arrived:
//   those of `fetch`, handed on
//   invalid   "law_pack" (not a pack of this release), "pack_too_large", "bad_hash", "law_frame"
//   storage   no room, for instance
// A pack that is in the folder already is brought to the front without a fetch: that is the way
// back to the one before.
base::Result<bool> receive_pack(const PackFolder& folder, const PackOffer& offer,
                                const FetchBytes& fetch, std::uint64_t per_call = usual_call);

}  // namespace law
