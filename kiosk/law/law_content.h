// What the center keeps beside the library, config/law: English words and the topics that lead from
// a question to help. Reads files once; knows no library.
#pragma once

#include <set>
#include <string>

#include "kiosk/law/glossary.h"
#include "kiosk/law/topics.h"
#include "platform/base/file.h"
#include "platform/base/result.h"

namespace law {

struct LawContent {
  Glossary glossary;
  Topics topics;
};

// `folder` holds glossary.toml and topics.toml, `services` are the ids of the catalogue. Errors:
// storage; invalid ("law_content") with the first mistake as "file:line:column: what is wrong".
base::Result<LawContent> load_law_content(const base::Path& folder,
                                          const std::set<std::string>& services);

}  // namespace law
