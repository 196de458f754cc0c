// A kiosk's database in a folder of its own, with a clock and a chance that the test chooses.
#pragma once

#include <doctest/doctest.h>

#include "kiosk/store/mirror.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/store.h"
#include "kiosk/store/sync_state.h"
#include "tests/support/must.h"
#include "tests/support/world.h"

namespace test {

struct Stored {
  TempFolder folder;
  FakeClock clock;
  SeededChance chance;

  // Every call opens another connection, as every thread of the kiosk does.
  [[nodiscard]] store::Store open() {
    auto opened = store::Store::open(folder.path(), base::World{clock, chance});
    REQUIRE_MESSAGE(opened, (opened ? "" : opened.error().detail));
    return std::move(*opened);
  }
};

// The error's code; "" for success.
template <typename T>
std::string code_of(const base::Result<T>& result) {
  return result ? std::string() : result.error().code;
}

// Appends an op that belongs to `record` ("" for one of its own) and gives its id.
inline std::string append(store::Store& store, std::string_view kind, std::string_view record = {},
                          std::optional<base::Date> legal_day = {}) {
  return must(store.write([&](store::Writer& writer) {
    return writer.append({.kind = kind, .record = record, .body = "{}", .legal_day = legal_day});
  }));
}

inline void answer(store::Store& store, const std::string& id, wire::Outcome outcome,
                   const std::string& data = "{}", const std::string& code = {}) {
  must(store.write([&](store::Writer& writer) {
    return store::record_result(writer, {.id = id, .outcome = outcome, .code = code, .data = data},
                                std::chrono::seconds{20});
  }));
}

// What the feed would have told.
inline void tell(store::Store& store, std::string_view type, std::string_view key,
                 const std::string& data) {
  must(store.write([&](store::Writer& writer) {
    return store::apply_change(writer, {.type = std::string(type),
                                        .key = std::string(key),
                                        .version = 1,
                                        .deleted = false,
                                        .data = data});
  }));
}

}  // namespace test
