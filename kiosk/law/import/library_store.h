// Gathered laws → the library file, in one step: a sibling is written and renamed, so that readers
// see the old library or the new one. The writing half of the library's SQL; law_store reads.
#pragma once

#include <functional>
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

// Called from time to time with what is being done ("writing") and how much of it is.
using Progress = std::function<void(std::string_view step, std::size_t done, std::size_t total)>;

// Storage errors leave what was at `file` as it was.
base::Result<LibraryCounts> write_library(const Gathered& gathered, std::string_view region,
                                          const base::Path& file, const Progress& progress);

}  // namespace law
