#include "kiosk/law/law_content.h"

#include <set>
#include <string>

namespace law {
namespace {

using base::Result;

Result<void> faultless(const std::vector<service::Problem>& problems) {
  if (problems.empty()) return {};
  return base::fail(base::ErrorKind::invalid, "law_content", service::to_line(problems.front()));
}

}  // namespace

Result<LawContent> load_law_content(const base::Path& config) {
  const base::Path folder = config / "law";
  std::set<std::string> services;
  for (const base::Path& file : TRY(base::list_files(config / "services", ".toml"))) {
    services.insert(file.stem().string());
  }
  GlossaryOutcome glossary = read_glossary(TRY(base::read_file(folder / "glossary.toml")));
  TRY(faultless(glossary.problems));
  TopicsOutcome topics = read_topics(TRY(base::read_file(folder / "topics.toml")), services);
  TRY(faultless(topics.problems));
  return LawContent{std::move(glossary.glossary).value_or(Glossary{}),
                    std::move(topics.topics).value_or(Topics{})};
}

}  // namespace law
