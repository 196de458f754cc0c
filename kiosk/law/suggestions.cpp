#include "kiosk/law/suggestions.h"

#include <algorithm>

#include "platform/base/text.h"

namespace law {
namespace {

constexpr std::string_view divider = "；";  // between the lines of an article
constexpr std::size_t fewest_characters = 2;

struct Found {
  bool inside = false;  // does not begin with the words
  std::size_t length = 0;
  std::string_view line;
  auto operator<=>(const Found&) const = default;
};

// The lay line around a place in a file; empty when the place is not in one, but in a law's title.
std::string_view line_around(std::string_view bytes, std::size_t at) {
  const std::size_t row = bytes.rfind('\n', at) + 1;  // npos + 1 is 0
  const std::size_t row_end = std::min(bytes.find('\n', at), bytes.size());
  const std::string_view own = bytes.substr(row, row_end - row);
  const std::size_t lines = own.find('\t');
  if (lines == std::string_view::npos || at - row <= lines) return {};
  const std::size_t before = own.rfind(divider, at - row);
  const std::size_t begin = before == std::string_view::npos ? lines + 1 : before + divider.size();
  const std::size_t end = std::min(own.find(divider, at - row), own.size());
  return own.substr(begin, end - begin);
}

}  // namespace

base::Result<Suggestions> Suggestions::open(const base::Path& folder) {
  Suggestions suggestions;
  for (const base::Path& each : TRY(base::list_files(folder, ".tsv"))) {
    suggestions.files_.push_back(TRY(base::MappedFile::open(each)));
  }
  return suggestions;
}

std::vector<std::string> Suggestions::find(std::string_view typed, std::size_t limit) const {
  const std::string_view words = base::trim(typed);
  std::vector<std::string> list;
  if (base::count_characters(words) < fewest_characters) return list;
  std::vector<Found> found;
  for (const base::MappedFile& file : files_) {
    const std::string_view bytes = file.bytes();
    for (std::size_t at = bytes.find(words); at != std::string_view::npos;) {
      const std::string_view line = line_around(bytes, at);
      if (line.size() > words.size() && line.find(words) != std::string_view::npos) {
        found.push_back({!line.starts_with(words), line.size(), line});
      }
      at = bytes.find(words, at + words.size());
    }
  }
  std::sort(found.begin(), found.end());
  for (const Found& each : found) {
    if (list.size() == limit) break;
    if (list.empty() || list.back() != each.line) list.emplace_back(each.line);
  }
  return list;
}

}  // namespace law
