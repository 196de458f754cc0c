// A TOML 1.0 text as plain values, each with the place it stands at. The one file behind it is the
// only one that knows toml++; nothing here knows what a key means (table.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "kiosk/service/problem.h"

namespace service {

struct Place {
  int line = 1;    // from 1
  int column = 1;  // from 1, in characters
};

struct Value;
struct Entry;
using List = std::vector<Value>;
using Entries = std::vector<Entry>;

struct Value {
  Place place;
  // Dates and times of TOML come as the text they were written as: "2026-10-01".
  std::variant<std::string, std::int64_t, double, bool, List, Entries> data;
};

struct Entry {
  std::string key;
  Place place;  // of the key
  Value value;
};

// The document's root, whose data is Entries, or the one mistake the parser stopped at.
tl::expected<Value, Problem> parse_document(std::string_view toml, std::string_view file);

}  // namespace service
