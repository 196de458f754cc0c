// Reading one table of a document as a list of fields:
//
//   Paper read_paper(Table& table) {
//     return {.id = table.text("id", Need::required),
//             .required = table.boolean("required", true)};
//   }
//
// Every getter notes its key; what is missing, of the wrong type or out of range becomes a Problem
// in the Report and a default value in the result, so that one pass names all mistakes. A key no
// getter asked for is a mistake too. Knows no service; what a text may say is the caller's.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>
#include <vector>

#include "kiosk/service/document.h"
#include "kiosk/service/problem.h"

namespace service {

enum class Need { required, optional };

struct Range {
  double from;
  double to;  // inclusive
};

// The mistakes found in one file.
class Report {
 public:
  explicit Report(std::string file) : file_(std::move(file)) {}
  void add(Place place, std::string message);
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] std::vector<Problem>& problems() { return problems_; }

 private:
  std::string file_;
  std::vector<Problem> problems_;
};

// A text where it stands in the file.
struct Word {
  std::string_view text;
  Place place;
};

// The value, or what to write instead.
template <typename T>
using Parsed = tl::expected<T, std::string>;

// The known word nearest to a mistyped one, when it is near enough to be meant.
std::optional<std::string> nearest(std::string_view word, const std::set<std::string>& known);

// ", did you mean `capacity`?" or "; known here: `a`, `b`"
std::string suggestion(std::string_view word, const std::set<std::string>& known);

// Parser of an id that must be one of `known`; `what` names the kind of thing: "paper".
inline auto one_of_known(const std::set<std::string>& known, std::string_view what) {
  return [&known, what](Word word) -> Parsed<std::string> {
    std::string id(word.text);
    if (known.contains(id)) return id;
    return tl::unexpected("there is no " + std::string(what) + " `" + id + "`" +
                          suggestion(id, known));
  };
}

class Table {
 public:
  // `value` is a table and outlives this.
  Table(const Value& value, Report& report);

  [[nodiscard]] Place place() const { return place_; }
  // Of the value of the key, or of the table when it has no such key.
  [[nodiscard]] Place place_of(std::string_view key) const;
  [[nodiscard]] Report& report() { return report_; }
  [[nodiscard]] bool has(std::string_view key) const;
  // Reports at place_of(key).
  void wrong(std::string_view key, std::string message);

  // A text that is not empty; "" when optional and not there.
  std::string text(std::string_view key, Need need);
  bool boolean(std::string_view key, bool otherwise);
  // Without `otherwise` the key is required.
  int integer(std::string_view key, Range range, std::optional<int> otherwise = std::nullopt);
  double number(std::string_view key, Range range, double otherwise);

  // A text that `parse` (Word → Parsed<T>) understands; a T by default when it does not.
  template <typename Parse>
  auto parsed(std::string_view key, Need need, Parse parse);
  // A list of such texts, not empty when required; those not understood are left out.
  template <typename Parse>
  auto parsed_list(std::string_view key, Need need, Parse parse);
  // One of the named values; nothing when it is none of them.
  template <typename T>
  std::optional<T> one_of(std::string_view key, Need need,
                          std::span<const std::pair<std::string_view, T>> names);

  // A table of its own, `read` (Table& → T); a T by default when optional and not there.
  template <typename Read>
  auto table(std::string_view key, Need need, Read read);
  // A list of tables. Items that have an `id` must differ in it.
  template <typename Read>
  auto list(std::string_view key, Need need, Read read);

  // For a table whose kind is not understood: which keys belong to it, nobody knows.
  void accept_all_keys();
  // Reports the keys no getter has asked for and the ones that are missing; a missing key that was
  // only mistyped is reported once.
  void finish();

 private:
  template <typename T>
  const T* find(std::string_view key, Need need, std::string_view example);
  const Value* find_value(std::string_view key, Need need, std::string_view example);
  void wrong_type(const Value& value, std::string_view key, std::string_view example);
  void check_range(std::string_view key, double value, Range range);

  const Entries& entries_;
  Place place_;
  Report& report_;
  std::set<std::string> known_;
  std::map<std::string, std::string, std::less<>> missing_;  // key → message
};

// Reads a table and finishes it.
template <typename Read>
auto read_table(const Value& value, Report& report, Read read) {
  Table table(value, report);
  auto result = read(table);
  table.finish();
  return result;
}

// ---- the templates' bodies ---------------------------------------------------------------------

template <typename T>
const T* Table::find(std::string_view key, Need need, std::string_view example) {
  const Value* value = find_value(key, need, example);
  if (value == nullptr) return nullptr;
  const T* data = std::get_if<T>(&value->data);
  if (data == nullptr) wrong_type(*value, key, example);
  return data;
}

template <typename Parse>
auto Table::parsed(std::string_view key, Need need, Parse parse) {
  using T = typename std::invoke_result_t<Parse, Word>::value_type;
  const auto* word = find<std::string>(key, need, R"("…")");
  if (word == nullptr) return T{};
  auto result = parse(Word{.text = *word, .place = place_of(key)});
  if (!result) wrong(key, std::move(result.error()));
  return result.value_or(T{});
}

template <typename Parse>
auto Table::parsed_list(std::string_view key, Need need, Parse parse) {
  using T = typename std::invoke_result_t<Parse, Word>::value_type;
  std::vector<T> items;
  const auto* list = find<List>(key, need, R"(["…"])");
  if (list == nullptr) return items;
  if (need == Need::required && list->empty()) {
    wrong(key, "`" + std::string(key) + "` is empty: write " + std::string(key) + R"( = ["…"])");
  }
  for (const Value& element : *list) {
    const auto* word = std::get_if<std::string>(&element.data);
    if (word == nullptr) {
      wrong_type(element, key, R"(["…"])");
    } else if (auto result = parse(Word{.text = *word, .place = element.place})) {
      items.push_back(std::move(*result));
    } else {
      report_.add(element.place, std::move(result.error()));
    }
  }
  return items;
}

template <typename T>
std::optional<T> Table::one_of(std::string_view key, Need need,
                               std::span<const std::pair<std::string_view, T>> names) {
  std::set<std::string> known;
  std::string choices;
  for (const auto& [name, value] : names) {
    known.emplace(name);
    choices += (choices.empty() ? "\"" : " or \"") + std::string(name) + "\"";
  }
  const auto* word = find<std::string>(key, need, choices);
  if (word == nullptr) return std::nullopt;
  for (const auto& [name, value] : names) {
    if (name == *word) return value;
  }
  wrong(key, "`" + *word + "` is no " + std::string(key) + suggestion(*word, known));
  return std::nullopt;
}

template <typename Read>
auto Table::table(std::string_view key, Need need, Read read) {
  const Value* value = find_value(key, need, "{ … }");
  if (value != nullptr && std::holds_alternative<Entries>(value->data)) {
    return read_table(*value, report_, read);
  }
  if (value != nullptr) wrong_type(*value, key, "{ … }");
  return std::invoke_result_t<Read, Table&>{};
}

template <typename Read>
auto Table::list(std::string_view key, Need need, Read read) {
  using T = std::invoke_result_t<Read, Table&>;
  std::vector<T> items;
  const std::string example = "[[" + std::string(key) + "]]";
  const auto* list = find<List>(key, need, example);
  if (list == nullptr) return items;
  std::set<std::string> ids;
  for (const Value& element : *list) {
    if (!std::holds_alternative<Entries>(element.data)) {
      wrong_type(element, key, example);
      continue;
    }
    items.push_back(read_table(element, report_, [&](Table& table) {
      T item = read(table);
      if constexpr (requires { item.id; }) {
        if (!item.id.empty() && !ids.insert(item.id).second) {
          table.wrong("id", "`" + item.id + "` stands here twice: give each its own id");
        }
      }
      return item;
    }));
  }
  return items;
}

}  // namespace service
