#include "kiosk/store/staff_pin.h"

#include <algorithm>

#include "kiosk/store/tries.h"
#include "platform/crypto/crypto.h"

namespace store {
namespace {

constexpr TryRule five_a_quarter{.allowed = 5, .pause = std::chrono::minutes{15}};
constexpr std::size_t shortest_pin = 6;
constexpr std::size_t longest_pin = 12;

bool well_formed(std::string_view pin) {
  return pin.size() >= shortest_pin && pin.size() <= longest_pin &&
         std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; });
}

struct Door {
  PinAnswer answer = PinAnswer::not_set;  // wrong: still to be checked against `hash`
  std::string hash;
};

// Counts the try as wrong until it is known to be right.
Result<Door> count_try(Store& store) {
  return store.write([&](Writer& writer) -> Result<Door> {
    sql::Statement row = TRY(writer.database().query("SELECT hash, tries, last_ms FROM staff_pin"));
    if (!TRY(row.step())) return Door{};
    const Tries before{.wrong = static_cast<int>(row.integer(1)),
                       .last = base::from_ms(row.integer(2))};
    if (locked(before, five_a_quarter, store.now())) return Door{PinAnswer::locked, {}};
    const Tries after = after_wrong(before, five_a_quarter, store.now());
    TRY(writer.database().run("UPDATE staff_pin SET tries = ?, last_ms = ?", after.wrong,
                              base::to_ms(after.last)));
    const bool last_one = locked(after, five_a_quarter, store.now());
    return Door{last_one ? PinAnswer::locked : PinAnswer::wrong, row.string(0)};
  });
}

}  // namespace

Result<void> set_pin(Store& store, std::string_view pin) {
  if (!well_formed(pin)) {
    return base::fail(base::ErrorKind::invalid, "pin_form", "6 to 12 digits");
  }
  const std::string hash = TRY(crypto::hash_pin(pin));
  return store.write([&](Writer& writer) -> Result<void> {
    TRY(
        writer.database().run("INSERT INTO staff_pin VALUES (1, ?1, 0, 0) "
                              "ON CONFLICT (one) DO UPDATE SET hash = ?1, tries = 0",
                              hash));
    return {};
  });
}

Result<bool> has_pin(Store& store) {
  return TRY(store.database().integer("SELECT count(*) FROM staff_pin")).value_or(0) > 0;
}

Result<PinAnswer> check_pin(Store& store, std::string_view pin) {
  const Door door = TRY(count_try(store));
  if (door.hash.empty() || !crypto::pin_matches(door.hash, pin)) return door.answer;
  return store.write([](Writer& writer) -> Result<PinAnswer> {
    TRY(writer.database().run("UPDATE staff_pin SET tries = 0"));
    return PinAnswer::right;
  });
}

}  // namespace store
