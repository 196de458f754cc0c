// Chance and the ids made from it. Passed in everywhere, so that tests can choose it.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "platform/base/clock.h"

namespace base {

class Chance {
 public:
  virtual ~Chance() = default;
  // Fills with unpredictable bytes.
  virtual void fill(std::span<std::byte> bytes) = 0;
  // Uniform in [0, bound); bound > 0.
  std::uint32_t below(std::uint32_t bound);
};

// The kernel's generator (getrandom(2)); ends the process when the kernel has none.
class SystemChance final : public Chance {
 public:
  void fill(std::span<std::byte> bytes) override;
};

// UUID version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then chance;
// "0199c0de-….", 36 characters, sorts by time.
std::string uuid7(Instant now, Chance& chance);
bool is_uuid(std::string_view text);

// What every writer of new records is handed.
struct World {
  const Clock& clock;
  Chance& chance;
};

}  // namespace base
