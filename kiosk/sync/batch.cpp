#include "kiosk/sync/batch.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "kiosk/wire/messages.h"

namespace syncing {
namespace {

using store::Pending;

constexpr base::Date no_day = std::chrono::year::max() / std::chrono::December / 31;

struct Ranked {
  base::Date day;
  const Pending* op;
};

// Walks from the last op to the first, so that each sees the nearest day behind it in its record.
std::vector<Ranked> rank(std::span<const Pending> pending) {
  std::map<std::string_view, base::Date> nearest;
  std::vector<Ranked> ranked;
  ranked.reserve(pending.size());
  for (auto op = pending.rbegin(); op != pending.rend(); ++op) {
    base::Date& day = nearest.try_emplace(op->record, no_day).first->second;
    day = std::min(day, op->legal_day.value_or(no_day));
    ranked.push_back({day, &*op});
  }
  return ranked;
}

}  // namespace

std::vector<Pending> choose_batch(std::span<const Pending> pending) {
  std::vector<Ranked> ranked = rank(pending);
  std::ranges::sort(ranked, [](const Ranked& a, const Ranked& b) {
    return std::tie(a.day, a.op->seq) < std::tie(b.day, b.op->seq);
  });
  std::vector<Pending> batch;
  std::size_t size = 0;
  for (const Ranked& each : ranked) {
    size += each.op->size + 1;
    if (batch.size() == wire::max_ops || size > largest_batch) break;
    batch.push_back(*each.op);
  }
  return batch;
}

}  // namespace syncing
