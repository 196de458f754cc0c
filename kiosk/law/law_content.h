// What the center keeps beside the library, config/law: English words and the topics that lead from
// a question to help. Reads files once; knows no library.
#pragma once

#include "kiosk/law/glossary.h"
#include "kiosk/law/topics.h"
#include "platform/base/file.h"
#include "platform/base/result.h"

namespace law {

struct LawContent {
  Glossary glossary;
  Topics topics;
};

// glossary.toml and topics.toml in config/law, whose services are the files of config/services.
// Errors: storage; invalid ("law_content") with the first mistake as "file:line:column: what is
// wrong".
base::Result<LawContent> load_law_content(const base::Path& config);

}  // namespace law
