#include "kiosk/ctl/laws_gathering.h"

#include <fmt/format.h>

#include <ostream>

#include "kiosk/law/import/archive.h"
#include "kiosk/law/import/gather.h"

namespace ctl {

base::Result<law::Gathered> gather_laws(const std::vector<std::string>& paths,
                                        std::string_view region, std::ostream& progress) {
  std::vector<law::Collection> collections;
  for (const std::string& path : paths) {
    progress << "reading " << path << '\n';
    collections.push_back(TRY(law::read_collection(path)));
  }
  TRY(law::check_region(collections, region));
  progress << "taking the texts apart\n";
  return law::gather(std::move(collections), region);
}

base::Result<void> check_any_law(const law::Gathered& gathered) {
  if (!gathered.laws.empty()) return {};
  return base::fail(base::ErrorKind::invalid, "no_law", "no law found there");
}

law::Progress progress_line(std::ostream& progress) {
  return [&progress](std::string_view step, std::size_t part, std::size_t total) {
    progress << fmt::format("\r{} {}/{}", step, part, total) << (part == total ? "\n" : "")
             << std::flush;
  };
}

}  // namespace ctl
