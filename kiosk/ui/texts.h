// Every sentence on the screen, by key and language: assets/text/<language>/<feature>.toml holds
// `thing = "sentence with {hole}"`, asked for as tr("feature.thing", {{"hole", "…"}}).
// Knows no screen. tests/check_texts.py proves that every language has every key.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/file.h"
#include "platform/base/result.h"
#include "platform/base/text.h"

namespace ui {

class Texts {
 public:
  // Reads every language folder; invalid ("bad_text_file") names file and line.
  static base::Result<Texts> load(const base::Path& folder);

  // The sentence; the key itself in ⟦⟧ when there is none, so that a picture shows the fault.
  [[nodiscard]] std::string get(std::string_view language, std::string_view key,
                                const std::vector<base::Hole>& holes = {}) const;
  [[nodiscard]] bool has(std::string_view language, std::string_view key) const;

 private:
  using Table = std::map<std::string, std::string, std::less<>>;
  std::map<std::string, Table, std::less<>> languages_;
};

}  // namespace ui
