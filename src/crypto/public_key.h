// crypto/public_key.h - signatures of others, checked with keys that they publish (RFC 8017).
//
// The keys come from strangers: what does not parse, is no RSA key or has more than kMaxRsaBits is
// refused, so that one check has a bound (8,192 bits: below a millisecond).
// Ed25519 is verify() of crypto.h. Threads: a RsaPublicKey is immutable; share freely.
#pragma once

#include <memory>
#include <string_view>

#include "base/bytes.h"

namespace weir::crypto {

inline constexpr int kMaxRsaBits = 8'192;

class RsaPublicKey {
 public:
  // DER: a SubjectPublicKeyInfo (RFC 5280 4.1) or a bare RSAPublicKey (RFC 8017 A.1.1).
  // Errc::invalid, Errc::too_large.
  [[nodiscard]] static Result<RsaPublicKey> from_der(std::string_view der);

  [[nodiscard]] int bits() const;
  // RSASSA-PKCS1-v1_5 with SHA-256 over a message that hashes to `digest`.
  [[nodiscard]] bool verify_sha256(const Digest& digest, std::string_view signature) const;

 private:
  explicit RsaPublicKey(std::shared_ptr<void> key) : key_(std::move(key)) {}
  std::shared_ptr<void> key_;
};

}  // namespace weir::crypto
