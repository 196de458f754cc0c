// What the server publishes to kiosks: the catalogue as an immutable pack named by its hash, and
// the manifest that lists it. Knows no database and no HTTP.
#pragma once

#include <map>
#include <string>

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
  std::string manifest;         // JSON
  std::string manifest_sha256;  // what a sync answer names
};
Content publish(Pack catalogue, std::int64_t manifest_version);

}  // namespace central
