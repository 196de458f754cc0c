// What the server publishes to kiosks: the catalogue and the law as immutable packs named by their
// hashes, and the manifest that lists them. Knows no database and no HTTP.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "kiosk/central/law_pack.h"
#include "kiosk/service/read.h"

namespace central {

// The pack of these files; the same files give the same bytes.
struct Pack {
  std::string sha256;
  std::string bytes;
};
Pack make_catalogue_pack(const service::Files& files);

// Ready to be served.
struct Content {
  Pack catalogue;
  std::optional<LawPack> laws;
  std::string manifest;         // JSON
  std::string manifest_sha256;  // what a sync answer names
};
Content publish(Pack catalogue, std::optional<LawPack> laws, std::int64_t manifest_version);

}  // namespace central
