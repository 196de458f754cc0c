#include "kiosk/ui/texts.h"

#define TOML_EXCEPTIONS 0
#include <fmt/format.h>
#include <toml++/toml.h>

namespace ui {
namespace {

base::Result<void> read_table(const base::Path& file,
                              std::map<std::string, std::string, std::less<>>& table) {
  const std::string content = TRY(base::read_file(file));
  const toml::parse_result parsed = toml::parse(content);
  if (!parsed) {
    return base::fail(base::ErrorKind::invalid, "bad_text_file",
                      fmt::format("{}:{}: {}", file.string(), parsed.error().source().begin.line,
                                  parsed.error().description()));
  }
  const std::string feature = file.stem().string();
  for (const auto& [key, value] : parsed.table()) {
    const auto sentence = value.value<std::string>();
    if (!sentence) {
      return base::fail(
          base::ErrorKind::invalid, "bad_text_file",
          fmt::format("{}:{}: {} is no text", file.string(), value.source().begin.line, key.str()));
    }
    table.emplace(fmt::format("{}.{}", feature, key.str()), *sentence);
  }
  return {};
}

}  // namespace

base::Result<Texts> Texts::load(const base::Path& folder) {
  Texts texts;
  std::error_code error;
  for (const auto& language : std::filesystem::directory_iterator(folder, error)) {
    if (!language.is_directory()) continue;
    Table& table = texts.languages_[language.path().filename().string()];
    for (const base::Path& file : TRY(base::list_files(language.path(), ".toml"))) {
      TRY(read_table(file, table));
    }
  }
  if (texts.languages_.empty()) {
    return base::fail(base::ErrorKind::not_found, "no_texts", folder.string());
  }
  return texts;
}

bool Texts::has(std::string_view language, std::string_view key) const {
  const auto table = languages_.find(language);
  return table != languages_.end() && table->second.contains(key);
}

std::string Texts::get(std::string_view language, std::string_view key,
                       const std::vector<base::Hole>& holes) const {
  const auto table = languages_.find(language);
  if (table != languages_.end()) {
    const auto sentence = table->second.find(key);
    if (sentence != table->second.end()) return base::fill_holes(sentence->second, holes);
  }
  return fmt::format("⟦{}⟧", key);
}

}  // namespace ui
