#include "kiosk/central/content.h"

#include "kiosk/wire/messages.h"
#include "platform/crypto/crypto.h"

namespace central {

Pack make_catalogue_pack(const service::Files& files) {
  std::string bytes = wire::catalogue_pack(files);
  return {crypto::sha256_hex(bytes), std::move(bytes)};
}

Content publish(Pack catalogue, std::int64_t manifest_version) {
  const wire::Manifest manifest{
      manifest_version,
      {{"catalogue", catalogue.sha256, static_cast<std::int64_t>(catalogue.bytes.size())}}};
  std::string text = wire::to_json(manifest);
  std::string hash = crypto::sha256_hex(text);
  return {std::move(catalogue), std::move(text), std::move(hash)};
}

}  // namespace central
