// crypto/crypto.h - the few cryptographic functions that Weir needs, over OpenSSL (SHA-256) and
// libsodium (the rest).
//
// Keys:    an Ed25519 seed is 32 octets; it lives in a file of mode 0600 and in a SecretSeed, which
//          is wiped when it dies.
// Threads: every function is thread-safe. libsodium is initialised on first use; failing to
//          initialise is a bug and asserts.
// Source:  FIPS 180-4, RFC 8032, RFC 2104.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"

namespace weir::crypto {

[[nodiscard]] Digest sha256(std::string_view octets);

// For hashing in pieces: Sha256 h; h.update(a); h.update(b); h.finish().
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void update(std::string_view octets);
  [[nodiscard]] Digest finish();  // once

 private:
  void* context_;
};

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

class SecretSeed {
 public:
  explicit SecretSeed(Random& random);
  [[nodiscard]] static Result<SecretSeed> from_octets(std::string_view octets);  // exactly 32
  SecretSeed(SecretSeed&&) noexcept;
  SecretSeed& operator=(SecretSeed&&) noexcept;
  SecretSeed(const SecretSeed&) = delete;
  ~SecretSeed();
  [[nodiscard]] PublicKey public_key() const;
  [[nodiscard]] Signature sign(std::string_view message) const;
  [[nodiscard]] std::string_view octets() const;  // for writing the key file only

 private:
  SecretSeed() = default;
  std::array<std::uint8_t, 32> seed_{};
};

[[nodiscard]] bool verify(const PublicKey& key, std::string_view message,
                          const Signature& signature);
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::string_view message);
[[nodiscard]] bool equal_constant_time(std::string_view a, std::string_view b);

// The operating system's source, for keys.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

}  // namespace weir::crypto
