#include "platform/crypto/crypto.h"

#include <sodium.h>

#include <cstdlib>

namespace crypto {
namespace {

using base::ErrorKind;
using base::fail;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view text_of(const unsigned char* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

// sodium_init is idempotent and thread-safe; it fails only without a source of chance.
void need_sodium() {
  if (sodium_init() < 0) std::abort();
}

std::string hex(const unsigned char* bytes, std::size_t size) {
  std::string text(size * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, size);
  text.pop_back();
  return text;
}

}  // namespace

std::array<unsigned char, 32> sha256(std::string_view bytes) {
  need_sodium();
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), bytes_of(bytes), bytes.size());
  return digest;
}

std::string sha256_hex(std::string_view bytes) {
  const auto digest = sha256(bytes);
  return hex(digest.data(), digest.size());
}

std::string hmac_hex(std::string_view key, std::string_view message) {
  need_sodium();
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(message), message.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
  crypto_auth_hmacsha256_final(&state, digest.data());
  return hex(digest.data(), digest.size());
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string base64(std::string_view bytes) {
  const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
  text.pop_back();
  return text;
}

base::Result<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const int code = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                     text.data(), text.size(), nullptr, &size, nullptr,
                                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (code != 0) return fail(ErrorKind::invalid, "bad_base64");
  bytes.resize(size);
  return bytes;
}

SigningKey SigningKey::generate() {
  need_sodium();
  SigningKey key;
  crypto_sign_keypair(key.public_.data(), key.secret_.data());
  return key;
}

base::Result<SigningKey> SigningKey::load_or_create(const base::Path& path) {
  auto content = base::read_file(path, 1024);
  if (!content && content.error().kind == ErrorKind::not_found) {
    const SigningKey fresh = generate();
    const std::string secret = base64(text_of(fresh.secret_.data(), fresh.secret_.size()));
    TRY(base::replace_file(path, secret, 0600));
    return fresh;
  }
  std::string text = TRY(std::move(content));
  std::string secret = TRY(from_base64(text));
  wipe(text);
  SigningKey key;
  if (secret.size() != key.secret_.size()) {
    return fail(ErrorKind::invalid, "bad_key_file", path.string());
  }
  std::copy(secret.begin(), secret.end(), reinterpret_cast<char*>(key.secret_.data()));
  wipe(secret);
  crypto_sign_ed25519_sk_to_pk(key.public_.data(), key.secret_.data());
  return key;
}

SigningKey::~SigningKey() {
  sodium_memzero(secret_.data(), secret_.size());
}

std::string SigningKey::public_key() const {
  return base64(text_of(public_.data(), public_.size()));
}

std::string SigningKey::sign(std::string_view message) const {
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, bytes_of(message), message.size(),
                       secret_.data());
  return base64(text_of(signature.data(), signature.size()));
}

bool verify(std::string_view public_key, std::string_view message, std::string_view signature) {
  need_sodium();
  const auto key = from_base64(public_key);
  const auto raw = from_base64(signature);
  if (!key || !raw || key->size() != crypto_sign_PUBLICKEYBYTES ||
      raw->size() != crypto_sign_BYTES) {
    return false;
  }
  return crypto_sign_verify_detached(bytes_of(*raw), bytes_of(message), message.size(),
                                     bytes_of(*key)) == 0;
}

base::Result<std::string> hash_pin(std::string_view pin) {
  need_sodium();
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str(hash.data(), pin.data(), pin.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return fail(ErrorKind::device, "out_of_memory", "argon2id needs 64 MiB");
  }
  hash.resize(hash.find('\0'));
  return hash;
}

bool pin_matches(std::string_view hash, std::string_view pin) {
  need_sodium();
  const std::string text(hash);
  return crypto_pwhash_str_verify(text.c_str(), pin.data(), pin.size()) == 0;
}

void wipe(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace crypto
