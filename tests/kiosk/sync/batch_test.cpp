#include "kiosk/sync/batch.h"

#include <doctest/doctest.h>

#include "kiosk/wire/messages.h"

using store::Pending;

namespace {

Pending op(std::int64_t seq, std::string record, const char* day = nullptr,
           std::size_t size = 100) {
  Pending pending;
  pending.seq = seq;
  pending.record = std::move(record);
  if (day != nullptr) pending.legal_day = base::parse_date(day);
  pending.size = size;
  return pending;
}

std::vector<std::int64_t> order(const std::vector<Pending>& pending) {
  std::vector<std::int64_t> numbers;
  for (const Pending& each : syncing::choose_batch(pending)) numbers.push_back(each.seq);
  return numbers;
}

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("Without legal days ops go in the order they were made") {
  CHECK(order({op(1, "a"), op(2, "b"), op(3, "a")}) == Numbers{1, 2, 3});
  CHECK(order({}).empty());
}

TEST_CASE("The nearest legal day goes first") {
  CHECK(order({op(1, "a"), op(2, "b", "2026-12-01"), op(3, "c", "2026-11-25"), op(4, "d")}) ==
        Numbers{3, 2, 1, 4});
}

TEST_CASE("Ops of one record keep their order, and the earlier ones come along") {
  CHECK(order({op(1, "a"), op(2, "b"), op(3, "b", "2026-11-25"), op(4, "b")}) ==
        Numbers{2, 3, 1, 4});
}

TEST_CASE("A request carries no more ops and bytes than the server takes") {
  std::vector<Pending> many;
  for (std::int64_t seq = 1; seq <= 300; ++seq) many.push_back(op(seq, std::to_string(seq)));
  CHECK(order(many).size() == wire::max_ops);

  std::vector<Pending> large;
  for (std::int64_t seq = 1; seq <= 9; ++seq) {
    large.push_back(op(seq, std::to_string(seq), nullptr, std::size_t{256} << 10U));
  }
  CHECK(order(large) == Numbers{1, 2, 3});  // a fourth would fill 1 MiB and leave no envelope
}
