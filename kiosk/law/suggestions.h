// Whole questions to choose from while one types: lay lines (assets/law/lay_lines) that hold what
// was typed. They come from this content only, never from what anybody asked (care 20).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/file.h"
#include "platform/base/mapped_file.h"
#include "platform/base/result.h"

namespace law {

class Suggestions {
 public:
  Suggestions() = default;  // suggests nothing
  // The .tsv files of the folder, mapped. Errors: storage.
  static base::Result<Suggestions> open(const base::Path& folder);

  // Lines that hold the words, those that begin with them first, then the shorter ones; each once,
  // none that is what was typed. Nothing for less than two characters.
  [[nodiscard]] std::vector<std::string> find(std::string_view typed, std::size_t limit) const;

 private:
  std::vector<base::MappedFile> files_;
};

}  // namespace law
