#include <fmt/format.h>

#include "crypto/crypto.h"
#include "crypto/sodium.h"

namespace weir::crypto {
namespace {

static_assert(std::tuple_size_v<PublicKey> == crypto_sign_PUBLICKEYBYTES);
static_assert(std::tuple_size_v<Signature> == crypto_sign_BYTES);
static_assert(crypto_sign_SEEDBYTES == 32);

const unsigned char* as_unsigned(std::string_view octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}

// libsodium's secret key is the seed with the public key behind it; wiped when it dies.
struct KeyPair {
  PublicKey public_key{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};

  explicit KeyPair(const std::array<std::uint8_t, 32>& seed) {
    detail::ensure_sodium();
    crypto_sign_seed_keypair(public_key.data(), secret.data(), seed.data());
  }
  ~KeyPair() { sodium_memzero(secret.data(), secret.size()); }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;
};

}  // namespace

SecretSeed::SecretSeed(Random& random) { random.fill(seed_); }

Result<SecretSeed> SecretSeed::from_octets(std::string_view octets) {
  SecretSeed seed;
  if (octets.size() != seed.seed_.size())
    return fail(Errc::invalid, fmt::format("a secret seed is {} octets long, this is {}",
                                           seed.seed_.size(), octets.size()));
  std::copy(octets.begin(), octets.end(), seed.seed_.begin());
  return seed;
}

SecretSeed::SecretSeed(SecretSeed&& other) noexcept : seed_(other.seed_) {
  sodium_memzero(other.seed_.data(), other.seed_.size());
}

SecretSeed& SecretSeed::operator=(SecretSeed&& other) noexcept {
  if (this == &other) return *this;
  seed_ = other.seed_;
  sodium_memzero(other.seed_.data(), other.seed_.size());
  return *this;
}

SecretSeed::~SecretSeed() { sodium_memzero(seed_.data(), seed_.size()); }

PublicKey SecretSeed::public_key() const { return KeyPair(seed_).public_key; }

Signature SecretSeed::sign(std::string_view message) const {
  const KeyPair pair(seed_);
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, as_unsigned(message), message.size(),
                       pair.secret.data());
  return signature;
}

std::string_view SecretSeed::octets() const {
  return {reinterpret_cast<const char*>(seed_.data()), seed_.size()};
}

bool verify(const PublicKey& key, std::string_view message, const Signature& signature) {
  detail::ensure_sodium();
  return crypto_sign_verify_detached(signature.data(), as_unsigned(message), message.size(),
                                     key.data()) == 0;
}

}  // namespace weir::crypto
