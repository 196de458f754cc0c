#include "kiosk/central/content.h"

#include "kiosk/wire/messages.h"
#include "platform/crypto/crypto.h"

namespace central {

Pack make_catalogue_pack(const service::Files& files) {
  std::string bytes = wire::catalogue_pack(files);
  return {crypto::sha256_hex(bytes), std::move(bytes)};
}

Content publish(Pack catalogue, std::optional<LawPack> laws, std::int64_t manifest_version) {
  wire::Manifest manifest{
      manifest_version,
      {{"catalogue", catalogue.sha256, static_cast<std::int64_t>(catalogue.bytes.size())}}};
  if (laws) {
    manifest.packs.push_back({std::string(wire::law_pack), laws->sha256(),
                              static_cast<std::int64_t>(laws->bytes().size())});
  }
  std::string text = wire::to_json(manifest);
  std::string hash = crypto::sha256_hex(text);
  return {std::move(catalogue), std::move(laws), std::move(text), std::move(hash)};
}

}  // namespace central
