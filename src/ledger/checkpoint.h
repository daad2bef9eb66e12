// ledger/checkpoint.h - C2SP tlog-checkpoint inside a C2SP signed-note, signed with Ed25519.
//
// Key text: verifier keys are "<name>+<8 hex of key id>+<base64 of 0x01 || public key>" (signed-note). origin = key name.
// Source:   https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/crypto.h"

namespace weir::ledger {

struct Checkpoint {
  std::string origin;      // such as "weir.test/ledger"; no blanks, no plus
  std::uint64_t size = 0;
  Digest root{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

struct VerifierKey {
  std::string name;
  crypto::PublicKey key{};
  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};
[[nodiscard]] std::string to_string(const VerifierKey& key);
[[nodiscard]] Result<VerifierKey> parse_verifier_key(std::string_view text);

[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint, const crypto::SecretSeed& seed);
// Checks form and the signature of `key` (others are ignored, as signed-note says). Errc::invalid for form, Errc::corrupt for a wrong
// or missing signature.
[[nodiscard]] Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

}  // namespace weir::ledger
