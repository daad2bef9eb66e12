// ledger/checkpoint.h - C2SP tlog-checkpoint inside a C2SP signed-note, signed with Ed25519.
//
// Text:    origin, size, root in base64, each on its line; extension lines are allowed and ignored.
//          The origin is the name of the key that signs (docs/formats/checkpoint.md).
// Threads: pure. Source: https://c2sp.org/tlog-checkpoint.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/crypto.h"
#include "ledger/signed_note.h"

namespace weir::ledger {

struct Checkpoint {
  std::string origin;  // such as "weir.test/ledger"; a key name
  std::uint64_t size = 0;
  Digest root{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// The origin must be a key name (is_key_name).
[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint,
                                          const crypto::SecretSeed& seed);
// Checks form and the signature of `key` (others are ignored, as signed-note says). Errc::invalid
// for form, Errc::corrupt for a wrong or missing signature.
[[nodiscard]] Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

}  // namespace weir::ledger
