#include "kiosk/ctl/laws_pack_command.h"

#include <fmt/format.h>

#include <ostream>

#include "kiosk/law/import/archive.h"
#include "kiosk/law/import/gather.h"
#include "kiosk/law/import/library_store.h"
#include "kiosk/law/pack_folder.h"

namespace ctl {
namespace {

Exit roll_back(const law::PackFolder& folder, Console& console) {
  if (const auto done_so = folder.roll_back(); !done_so) return complain(console, done_so.error());
  console.out << fmt::format("in front     {}\nbefore       {}\n", folder.current_name(),
                             folder.previous_name());
  return done;
}

base::Result<std::string> build(const std::string& path, std::string_view region,
                                std::ostream& progress) {
  progress << "reading " << path << '\n';
  auto collection = TRY(law::read_collection(path));
  const auto gathered = law::gather(std::move(collection), region);
  if (gathered.laws.empty()) {
    return base::fail(base::ErrorKind::invalid, "no_law", "no law found there");
  }
  auto pack = law::make_pack(
      gathered, region, [&](std::string_view step, std::size_t part, std::size_t total) {
        progress << fmt::format("\r{} {}/{}", step, part, total) << std::flush;
      });
  progress << '\n';
  return pack;
}

base::Result<void> put_in_front(const law::PackFolder& folder, const std::string& pack,
                                Console& console) {
  const std::string name = TRY(folder.add(pack));
  TRY(folder.switch_to(name));
  console.out << fmt::format("in front     {}\nsize         {}\n", name, pack.size());
  if (const std::string before = folder.previous_name(); !before.empty()) {
    console.out << fmt::format("before       {}\n", before);
  }
  return {};
}

Exit pack_laws(std::span<const std::string> arguments, Console& console) {
  const auto options = parse_options(arguments, {{"out", "region"}, {"back"}});
  if (!options) return complain(console, misused, options.error().detail);
  const bool back = options->has("back");
  if (options->value("out").empty() || options->positional.size() != (back ? 0U : 1U)) {
    return complain(console, misused, "laws pack needs --out DIR and either PATH or --back");
  }
  const auto folder = law::PackFolder::open(std::string(options->value("out")));
  if (!folder) return complain(console, folder.error());
  if (back) return roll_back(*folder, console);
  const auto pack = build(options->positional[0], options->value("region"), console.err);
  if (!pack) return complain(console, pack.error());
  const auto written = put_in_front(*folder, *pack, console);
  return written ? done : complain(console, written.error());
}

}  // namespace

Command laws_pack_command() {
  return {"laws pack", "--out DIR (PATH [--region NAME] | --back)",
          "Builds the law pack that kiosks read, named by its hash.", pack_laws,
          "PATH and --region as for laws import. DIR/current is the new pack from one moment to\n"
          "the next, DIR/previous the one before; older ones are removed. The same texts give the\n"
          "same name on every machine. --back brings the previous pack to the front again."};
}

}  // namespace ctl
