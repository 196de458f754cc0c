// Gathered laws → a law pack: each law becomes its text, pack_builder makes the rest. The file is
// written beside and renamed, so that readers see the old library or the new one.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "kiosk/law/import/gather.h"
#include "platform/base/file.h"
#include "platform/base/result.h"

namespace law {

struct LibraryCounts {
  std::size_t laws = 0;
  std::size_t versions = 0;
  std::size_t newest_articles = 0;  // units of the newest versions
  std::size_t articles = 0;         // units of all versions
};
LibraryCounts count_library(const Gathered& gathered);

// Called from time to time with what is being done ("writing") and how much of it is.
using Progress = std::function<void(std::string_view step, std::size_t done, std::size_t total)>;

// The bytes of the pack.
base::Result<std::string> make_pack(const Gathered& gathered, std::string_view region,
                                    const Progress& progress);
// Errors leave what was at `file` as it was.
base::Result<LibraryCounts> write_library(const Gathered& gathered, std::string_view region,
                                          const base::Path& file, const Progress& progress);

}  // namespace law
