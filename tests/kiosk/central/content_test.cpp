#include "kiosk/central/content.h"

#include <doctest/doctest.h>

#include "kiosk/wire/messages.h"
#include "platform/crypto/crypto.h"

namespace {

const service::Files files{{"center.toml", "id = \"一\"\n"}, {"services/a.toml", ""}};

TEST_CASE("the same files are the same pack, and any other byte is another") {
  const central::Pack pack = central::make_catalogue_pack(files);
  CHECK(central::make_catalogue_pack(files).sha256 == pack.sha256);
  CHECK(crypto::sha256_hex(pack.bytes) == pack.sha256);
  CHECK(wire::parse_catalogue_pack(pack.bytes).value() == files);
  service::Files other = files;
  other["services/a.toml"] = " ";
  CHECK(central::make_catalogue_pack(other).sha256 != pack.sha256);
}

TEST_CASE("the manifest lists the pack by hash and size under its version") {
  const central::Content content =
      central::publish(central::make_catalogue_pack(files), std::nullopt, 41);
  const auto manifest = wire::parse_manifest(content.manifest);
  REQUIRE(manifest);
  CHECK(manifest->version == 41);
  CHECK(manifest->packs.at(0).sha256 == content.catalogue.sha256);
  CHECK(manifest->packs.at(0).size == static_cast<std::int64_t>(content.catalogue.bytes.size()));
  CHECK(content.manifest_sha256 == crypto::sha256_hex(content.manifest));
}

}  // namespace
