#include "ledger/signed_note.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/utf8.h"

namespace weir::ledger {
namespace {

constexpr char kEd25519 = 0x01;                     // signature type of signed-note
constexpr std::string_view kLineStart = "\u2014 ";  // em dash, space
constexpr std::size_t kKeyIdOctets = 4;
constexpr std::size_t kMaxSignersShown = 300;  // octets of an error

std::string_view octets_of(const crypto::PublicKey& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

std::string key_id(std::string_view name, const crypto::PublicKey& key) {
  crypto::Sha256 hasher;
  hasher.update(name);
  hasher.update("\n\x01");
  hasher.update(octets_of(key));
  return std::string(as_octets(hasher.finish()).substr(0, kKeyIdOctets));
}

// Unicode's White_Space property, and the control characters that a note must not hold anyway.
bool is_space_or_control(char32_t c) {
  return c <= 0x20 || c == 0x7f || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

bool is_note_text(std::string_view text) {
  return is_utf8(text) && std::ranges::all_of(text, [](char c) {
           return static_cast<unsigned char>(c) >= 0x20 || c == '\n';
         });
}

struct SignatureLine {
  std::string_view name;
  std::string key_id;
  std::string signature;
};

// A line without its newline.
Result<SignatureLine> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kLineStart))
    return fail(Errc::invalid, "a signature line begins with an em dash and a space");
  line.remove_prefix(kLineStart.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space)))
    return fail(Errc::invalid, "a signature line without a key name");
  const auto octets = parse_base64(line.substr(space + 1));
  if (!octets || octets->size() <= kKeyIdOctets)
    return fail(Errc::invalid, "a signature line without a base64 key id and signature");
  return SignatureLine{line.substr(0, space), octets->substr(0, kKeyIdOctets),
                       octets->substr(kKeyIdOctets)};
}

bool signs(const SignatureLine& line, const VerifierKey& key, std::string_view text) {
  crypto::Signature signature{};
  if (line.signature.size() != signature.size()) return false;
  std::ranges::copy(line.signature, signature.begin());
  return crypto::verify(key.key, text, signature);
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxKeyNameOctets || !is_utf8(name)) return false;
  for (std::size_t at = 0; at < name.size();)
    if (const auto c = next_code_point(name, at); c == '+' || is_space_or_control(c)) return false;
  return true;
}

std::string to_string(const VerifierKey& key) {
  return fmt::format("{}+{}+{}", key.name, to_hex(key_id(key.name, key.key)),
                     to_base64(kEd25519 + std::string(octets_of(key.key))));
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
  if (text.size() > kMaxKeyNameOctets + 64)
    return fail(Errc::invalid, "too long for a verifier key");
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos)
    return fail(Errc::invalid, "a verifier key has the form name+id+key");
  VerifierKey key{.name = std::string(text.substr(0, first))};
  if (!is_key_name(key.name)) return fail(Errc::invalid, "the name of the verifier key is no name");
  WEIR_TRY(const auto octets, parse_base64(text.substr(second + 1)));
  if (!octets.empty() && octets[0] != kEd25519)
    return fail(Errc::unsupported, "the verifier key is not an Ed25519 key");
  if (octets.size() != 1 + key.key.size())
    return fail(Errc::invalid, "an Ed25519 verifier key holds 33 octets");
  std::copy(octets.begin() + 1, octets.end(), key.key.begin());
  if (text.substr(first + 1, second - first - 1) != to_hex(key_id(key.name, key.key)))
    return fail(Errc::invalid, "the key id does not belong to this name and key: a typing error?");
  return key;
}

std::string sign_note(std::string_view text, std::string_view name,
                      const crypto::SecretSeed& seed) {
  WEIR_ASSERT(is_key_name(name));
  WEIR_ASSERT(text.ends_with('\n') && is_note_text(text));
  const auto signature = seed.sign(text);
  auto octets = key_id(name, seed.public_key());
  octets.append(reinterpret_cast<const char*>(signature.data()), signature.size());
  return fmt::format("{}\n{}{} {}\n", text, kLineStart, name, to_base64(octets));
}

Result<std::string_view> open_note(std::string_view note, const VerifierKey& key) {
  if (note.size() > kMaxNoteOctets)
    return fail(Errc::invalid, fmt::format("a note is at most {} octets", kMaxNoteOctets));
  if (!is_note_text(note)) return fail(Errc::invalid, "a note is UTF-8 without control characters");
  const auto blank = note.rfind("\n\n");
  if (blank == std::string_view::npos || !note.ends_with('\n'))
    return fail(Errc::invalid, "a note is a text, an empty line and signature lines");
  const auto text = note.substr(0, blank + 1);
  auto rest = note.substr(blank + 2);
  if (rest.empty()) return fail(Errc::invalid, "a note without a signature line");
  const auto id = key_id(key.name, key.key);
  bool is_signed = false;
  std::string signers;
  for (std::size_t count = 1; !rest.empty(); ++count) {
    if (count > kMaxSignatures) return fail(Errc::invalid, "too many signatures");
    const auto end = rest.find('\n');
    WEIR_TRY(const auto line, parse_signature_line(rest.substr(0, end)));
    rest.remove_prefix(end + 1);
    if (line.name != key.name || line.key_id != id) {
      signers +=
          fmt::format("{}{}+{}", signers.empty() ? "" : ", ", line.name, to_hex(line.key_id));
      continue;
    }
    if (!signs(line, key, text))
      return fail(Errc::corrupt, fmt::format("the signature by {} is wrong", key.name));
    is_signed = true;
  }
  if (!is_signed)
    return fail(Errc::corrupt, fmt::format("no signature by {}; it is signed by {}", to_string(key),
                                           signers.substr(0, kMaxSignersShown)));
  return text;
}

}  // namespace weir::ledger
