#include "kiosk/content.h"

#include <string>

#include "kiosk/service/read.h"
#include "kiosk/store/packs.h"
#include "kiosk/wire/messages.h"

namespace kiosk {
namespace {

constexpr std::string_view pack_name = wire::catalogue_name;

base::Result<service::Catalogue> read_files(const service::Files& files) {
  service::ReadOutcome outcome = service::read_catalogue(files);
  if (outcome.catalogue) return *std::move(outcome.catalogue);
  const std::string words =
      outcome.problems.empty() ? "nothing in it" : service::to_line(outcome.problems.front());
  return base::fail(base::ErrorKind::invalid, "bad_catalogue", words);
}

base::Result<service::Catalogue> read_pack(const store::Pack& pack) {
  return read_files(TRY(wire::parse_catalogue_pack(pack.bytes)));
}

}  // namespace

base::Result<service::Catalogue> load_catalogue(store::Store& store, const base::Path& config,
                                                base::Log& log) {
  if (const auto pack = TRY(store::active_pack(store, pack_name))) {
    auto catalogue = read_pack(*pack);
    if (catalogue) return catalogue;
    log.line(base::Level::error, "catalogue.unreadable", {{"why", catalogue.error().detail}});
  }
  return read_files(TRY(service::load_folder(config)));
}

std::optional<service::Catalogue> take_new_catalogue(store::Store& store, base::Log& log) {
  const auto pack = store::candidate_pack(store, pack_name);
  if (!pack || !*pack) return std::nullopt;
  auto catalogue = read_pack(**pack);
  const auto settled = store.write([&](store::Writer& writer) {
    return catalogue ? store::put_into_force(writer, pack_name, (*pack)->sha256)
                     : store::reject_pack(writer, pack_name, (*pack)->sha256);
  });
  if (!catalogue) {
    log.line(base::Level::error, "catalogue.rejected", {{"why", catalogue.error().detail}});
    return std::nullopt;
  }
  if (!settled) {
    log.line(base::Level::error, "catalogue.not_kept", {{"why", settled.error().detail}});
    return std::nullopt;
  }
  log.line(base::Level::info, "catalogue.in_force", {{"sha256", (*pack)->sha256}});
  return *std::move(catalogue);
}

law::LawContent load_law_content(const base::Path& config, base::Log& log) {
  auto content = law::load_law_content(config);
  if (content) return *std::move(content);
  log.line(base::Level::error, "law.content", {{"why", content.error().detail}});
  return {};
}

}  // namespace kiosk
