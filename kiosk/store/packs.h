// Content packs: immutable bytes named by their SHA-256. The sync thread brings candidates; the
// program puts one into force at a quiet time, after it has read it.
//
//   candidate ──put_into_force──► active ──the next one──► previous ──the one after──► gone
//       └─────reject_pack──► unusable (its name alone is kept: not fetched again)
#pragma once

#include <map>

#include "kiosk/store/store.h"

namespace store {

struct Pack {
  std::string name;
  std::string sha256;
  std::string bytes;
};

Result<std::optional<Pack>> active_pack(Store& store, std::string_view name);
// The newest one fetched that is neither in force nor found unusable.
Result<std::optional<Pack>> candidate_pack(Store& store, std::string_view name);
// name → sha256 of what is in force: what the kiosk tells the server it has.
Result<std::map<std::string, std::string>> packs_in_force(Store& store);
// In whatever state: such a pack is not fetched again.
Result<bool> has_pack(Store& store, std::string_view name, std::string_view sha256);

// invalid ("bad_hash") when the bytes are not what the name says; replaces an older candidate.
Result<void> add_candidate(Writer& writer, const Pack& pack);
// For a pack that the server has put into force again after another one.
Result<void> offer_again(Writer& writer, std::string_view name, std::string_view sha256);
Result<void> put_into_force(Writer& writer, std::string_view name, std::string_view sha256);
Result<void> reject_pack(Writer& writer, std::string_view name, std::string_view sha256);

}  // namespace store
