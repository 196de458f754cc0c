// libsodium behind few words: hashes, ed25519 signatures, keyed hashes, PIN hashing, text forms
// of bytes. Every function works in any thread; the library is initialised on first use.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/base/file.h"
#include "platform/base/result.h"

namespace crypto {

// SHA-256 (FIPS 180-4), as bytes and as 64 lower-case hexadecimal characters.
std::array<unsigned char, 32> sha256(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);
// HMAC-SHA-256 (RFC 2104), lower-case hexadecimal, 64 characters. Any key length.
std::string hmac_hex(std::string_view key, std::string_view message);
// Takes the same time wherever two texts of one length differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

// base64url without padding (RFC 4648 section 5).
std::string base64(std::string_view bytes);
base::Result<std::string> from_base64(std::string_view text);

// An ed25519 key pair (RFC 8032). The secret half never leaves its object but to its file.
class SigningKey {
 public:
  static SigningKey generate();
  // Reads the key file, or makes one (mode 0600) when there is none.
  static base::Result<SigningKey> load_or_create(const base::Path& path);
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  [[nodiscard]] std::string public_key() const;                    // base64url
  [[nodiscard]] std::string sign(std::string_view message) const;  // base64url

 private:
  SigningKey() = default;
  std::array<unsigned char, 32> public_{};
  std::array<unsigned char, 64> secret_{};
};

// False for anything that is no valid signature, malformed texts included.
bool verify(std::string_view public_key, std::string_view message, std::string_view signature);

// argon2id with libsodium's interactive limits (64 MiB, 2 passes); the text carries its salt.
base::Result<std::string> hash_pin(std::string_view pin);
bool pin_matches(std::string_view hash, std::string_view pin);

// Overwrites what was typed before the memory is given back.
void wipe(std::string& secret);

}  // namespace crypto
