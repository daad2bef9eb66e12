// ledger/signed_note.h - C2SP signed-note: a text signed with Ed25519 (docs/formats/checkpoint.md).
//
// Text:     UTF-8, ends in a newline, no control characters but newlines.
// Keys:     a name (no blanks, no plus) and an Ed25519 public key; written
//           "<name>+<8 hex of key id>+<base64 of 0x01 || public key>".
// Bounds:   a note of at most kMaxNoteOctets with at most kMaxSignatures signatures is looked at.
// Threads:  pure. Source: https://c2sp.org/signed-note.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "crypto/crypto.h"

namespace weir::ledger {

// Room for 16 signatures of 5 kB each, which signed-note wants accepted, and as many again.
inline constexpr std::size_t kMaxNoteOctets = 256 * 1024;
inline constexpr std::size_t kMaxSignatures = 64;
inline constexpr std::size_t kMaxKeyNameOctets = 255;

struct VerifierKey {
  std::string name;
  crypto::PublicKey key{};
  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};
[[nodiscard]] std::string to_string(const VerifierKey& key);
// Errc::invalid for form or a key id that does not belong to name and key; Errc::unsupported for
// another kind of key.
[[nodiscard]] Result<VerifierKey> parse_verifier_key(std::string_view text);

// 1 to kMaxKeyNameOctets of UTF-8 without Unicode spaces, plus signs and control characters.
[[nodiscard]] bool is_key_name(std::string_view name);

// `name` must be a key name and `text` a text as above: anything else is a bug.
[[nodiscard]] std::string sign_note(std::string_view text, std::string_view name,
                                    const crypto::SecretSeed& seed);
// The text, as a view into `note`, once every signature by `key` was checked and there is at least
// one. Signatures by others are ignored. Errc::invalid for form, Errc::corrupt for a wrong or
// missing signature.
[[nodiscard]] Result<std::string_view> open_note(std::string_view note, const VerifierKey& key);

}  // namespace weir::ledger
