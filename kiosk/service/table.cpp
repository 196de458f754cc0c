#include "kiosk/service/table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>

#include "platform/base/text.h"

namespace service {
namespace {

// In the order of Value::data.
constexpr std::array<std::string_view, 6> type_names = {
    "a text", "a whole number", "a number", "true or false", "a list", "a table"};

// How to write a key: [[way]] stands alone, anything else behind an equals sign.
std::string written(std::string_view key, std::string_view example) {
  if (example.starts_with("[[")) return std::string(example);
  return fmt::format("{} = {}", key, example);
}

// Levenshtein, Binary codes capable of correcting deletions, insertions and reversals (1966).
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::string hint(const std::optional<std::string>& meant, const std::set<std::string>& known) {
  if (meant) return fmt::format(", did you mean `{}`?", *meant);
  if (known.empty()) return "; none is defined";
  return fmt::format("; known here: `{}`", fmt::join(known, "`, `"));
}

}  // namespace

void Report::add(Place place, std::string message) {
  problems_.push_back(
      {.file = file_, .line = place.line, .column = place.column, .message = std::move(message)});
}

std::optional<std::string> nearest(std::string_view word, const std::set<std::string>& known) {
  const auto distance = [&](const std::string& other) { return edit_distance(word, other); };
  const auto best = std::ranges::min_element(known, {}, distance);
  if (best == known.end() || distance(*best) > 1 + word.size() / 4) {
    return std::nullopt;
  }
  return *best;
}

std::string suggestion(std::string_view word, const std::set<std::string>& known) {
  return hint(nearest(word, known), known);
}

Table::Table(const Value& value, Report& report)
    : entries_(std::get<Entries>(value.data)), place_(value.place), report_(report) {}

bool Table::has(std::string_view key) const {
  return std::ranges::find(entries_, key, &Entry::key) != entries_.end();
}

Place Table::place_of(std::string_view key) const {
  const auto entry = std::ranges::find(entries_, key, &Entry::key);
  return entry == entries_.end() ? place_ : entry->value.place;
}

void Table::wrong(std::string_view key, std::string message) {
  report_.add(place_of(key), std::move(message));
}

const Value* Table::find_value(std::string_view key, Need need, std::string_view example) {
  known_.emplace(key);
  const auto entry = std::ranges::find(entries_, key, &Entry::key);
  if (entry != entries_.end()) return &entry->value;
  if (need == Need::required) {
    missing_.try_emplace(std::string(key),
                         fmt::format("`{}` is missing: write {}", key, written(key, example)));
  }
  return nullptr;
}

void Table::wrong_type(const Value& value, std::string_view key, std::string_view example) {
  report_.add(value.place, fmt::format("`{}` cannot be {}: write {}", key,
                                       type_names[value.data.index()], written(key, example)));
}

void Table::check_range(std::string_view key, double value, Range range) {
  if (value >= range.from && value <= range.to) return;
  wrong(key,
        fmt::format("`{}` is {}: write a number from {} to {}", key, value, range.from, range.to));
}

std::string Table::text(std::string_view key, Need need) {
  const auto* word = find<std::string>(key, need, R"("…")");
  if (word == nullptr) return {};
  if (base::trim(*word).empty()) {
    wrong(key, need == Need::required
                   ? fmt::format("`{}` is empty: write the text", key)
                   : fmt::format("`{}` is empty: write the text or leave the line out", key));
  }
  return *word;
}

bool Table::boolean(std::string_view key, bool otherwise) {
  const auto* value = find<bool>(key, Need::optional, "true");
  return value == nullptr ? otherwise : *value;
}

int Table::integer(std::string_view key, Range range, std::optional<int> otherwise) {
  const Need need = otherwise ? Need::optional : Need::required;
  const std::string example = fmt::format("N (a whole number, {} to {})", range.from, range.to);
  const auto* value = find<std::int64_t>(key, need, example);
  if (value == nullptr) return otherwise.value_or(static_cast<int>(range.from));
  check_range(key, static_cast<double>(*value), range);
  return static_cast<int>(std::clamp(static_cast<double>(*value), range.from, range.to));
}

double Table::number(std::string_view key, Range range, double otherwise) {
  const std::string example = fmt::format("{}", otherwise);
  const Value* value = find_value(key, Need::optional, example);
  if (value == nullptr) return otherwise;
  if (const auto* whole = std::get_if<std::int64_t>(&value->data)) {
    check_range(key, static_cast<double>(*whole), range);
    return static_cast<double>(*whole);
  }
  const auto* fraction = std::get_if<double>(&value->data);
  if (fraction == nullptr) {
    wrong_type(*value, key, example);
    return otherwise;
  }
  check_range(key, *fraction, range);
  return *fraction;
}

void Table::finish() {
  std::set<std::string> open;  // known keys that do not stand here
  std::ranges::copy_if(known_, std::inserter(open, open.end()),
                       [&](const std::string& key) { return !has(key); });
  for (const Entry& entry : entries_) {
    if (known_.contains(entry.key)) continue;
    auto meant = nearest(entry.key, open);
    if (!meant) meant = nearest(entry.key, known_);
    report_.add(entry.place, fmt::format("unknown key `{}`{}", entry.key, hint(meant, known_)));
    if (meant) missing_.erase(*meant);
  }
  for (const auto& [key, message] : missing_) report_.add(place_, message);
}

void Table::accept_all_keys() {
  for (const Entry& entry : entries_) known_.insert(entry.key);
}

}  // namespace service
