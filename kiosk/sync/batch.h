// Which waiting ops go into the next request, and in which order. Pure.
//
// Nearest legal day first, then by seq; but the ops of one record keep their order, so an op takes
// over the nearest legal day of what stands behind it in its record.
#pragma once

#include <span>
#include <vector>

#include "kiosk/store/outbox.h"

namespace syncing {

// Inflated bytes of ops in one request; the rest of 1 MiB is room for the envelope.
inline constexpr std::size_t largest_batch = (std::size_t{1} << 20U) - (std::size_t{8} << 10U);

// At most wire::max_ops ops and largest_batch bytes, commas included. `pending` is ordered by seq.
std::vector<store::Pending> choose_batch(std::span<const store::Pending> pending);

}  // namespace syncing
