// Where the articles that a learned file names stand in a library. Knows no question.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kiosk/law/learned_file.h"
#include "kiosk/law/pack.h"

namespace law {

struct NamedDocument {
  std::uint32_t document = 0;
  std::uint32_t name = 0;  // into the names
  std::uint32_t version = 0;
};

// By document; an article has one in each version that is searched. Names are ascending; those the
// library does not have are left out.
std::vector<NamedDocument> find_documents(std::span<const ArticleName> names, const Pack& pack);

}  // namespace law
