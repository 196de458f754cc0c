#include "kiosk/service/document.h"

#include <sstream>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 1
#include <toml++/toml.h>

namespace service {
namespace {

Place place_of(const toml::source_region& region) {
  return {.line = static_cast<int>(region.begin.line),
          .column = static_cast<int>(region.begin.column)};
}

template <typename Time>
std::string as_written(const Time& time) {
  std::ostringstream out;
  out << time;
  return std::move(out).str();
}

Value to_value(const toml::node& node);

List to_list(const toml::array& array) {
  List list;
  list.reserve(array.size());
  for (const toml::node& element : array) list.push_back(to_value(element));
  return list;
}

Entries to_entries(const toml::table& table) {
  Entries entries;
  entries.reserve(table.size());
  for (const auto& [key, node] : table) {
    entries.push_back(
        {.key = std::string(key.str()), .place = place_of(key.source()), .value = to_value(node)});
  }
  return entries;
}

Value to_value(const toml::node& node) {
  Value value{.place = place_of(node.source()), .data = {}};
  node.visit([&](const auto& item) {
    using Item = std::decay_t<decltype(item)>;
    if constexpr (toml::is_table<Item>) {
      value.data = to_entries(item);
    } else if constexpr (toml::is_array<Item>) {
      value.data = to_list(item);
    } else if constexpr (toml::is_date<Item> || toml::is_time<Item> || toml::is_date_time<Item>) {
      value.data = as_written(item.get());
    } else {
      value.data = item.get();
    }
  });
  return value;
}

}  // namespace

tl::expected<Value, Problem> parse_document(std::string_view toml, std::string_view file) {
  const toml::parse_result parsed = toml::parse(toml, file);
  if (parsed) return to_value(parsed.table());
  const toml::parse_error& error = parsed.error();
  const Place place = place_of(error.source());
  return tl::unexpected(Problem{.file = std::string(file),
                                .line = place.line,
                                .column = place.column,
                                .message = "not TOML: " + std::string(error.description())});
}

}  // namespace service
