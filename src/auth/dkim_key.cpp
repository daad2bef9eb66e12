#include "auth/dkim_key.h"

#include <fmt/format.h>

#include <algorithm>

#include "auth/tag_list.h"
#include "base/ascii.h"
#include "crypto/crypto.h"
#include "crypto/public_key.h"

namespace weir::auth {
namespace {

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool is_key_record(std::string_view text) {
  const auto tags = TagList::parse(text);
  return tags && tags->find("p") != nullptr;
}

}  // namespace

Result<DkimKey> parse_dkim_key(std::string_view text) {
  WEIR_TRY(const auto tags, TagList::parse(text));
  if (const auto version = tags.value("v")) {
    if (*version != "DKIM1" || tags.tags().front().name != "v")
      return fail(Errc::invalid, "its version is not DKIM1, or does not come first");
  }
  DkimKey key;
  const auto kind = lower(tags.value("k").value_or("rsa"));
  if (kind != "rsa" && kind != "ed25519")
    return fail(Errc::invalid, fmt::format("its kind \"{}\" is not known", kind));
  key.kind = kind == "rsa" ? KeyKind::rsa : KeyKind::ed25519;
  const auto p = tags.value("p");
  if (!p) return fail(Errc::invalid, "it has no tag p=");
  auto octets = parse_base64(without_blanks(*p));
  if (!octets) return fail(Errc::invalid, "its tag p= is not base64");
  key.octets = std::move(*octets);
  if (const auto hashes = tags.value("h")) key.sha256 = has(split_colons(*hashes), "sha256");
  if (const auto services = tags.value("s")) {
    const auto words = split_colons(*services);
    key.email = has(words, "*") || has(words, "email");
  }
  if (const auto flags = tags.value("t")) {
    const auto words = split_colons(*flags);
    key.testing = has(words, "y");
    key.same_domain_only = has(words, "s");
  }
  return key;
}

FoundKey find_key(const DkimSignature& signature, const Answers& answers,
                  std::vector<Question>& needs) {
  FoundKey found;
  const auto name = fmt::format("{}._domainkey.{}", signature.selector, signature.domain);
  const auto give_up = [&](Outcome outcome, std::string reason) {
    found.instead = {outcome, std::move(reason)};
    return found;
  };
  if (!is_domain(name))
    return give_up(Outcome::permerror, "selector and domain are too long for a name");
  const auto* answer = answers.ask({name, dns::Type::txt}, needs);
  if (answer == nullptr) return found;
  if (answer->failed())
    return give_up(Outcome::temperror, fmt::format("the DNS did not answer for the key {}", name));
  if (answer->texts.empty())
    return give_up(Outcome::permerror, fmt::format("there is no key {}", name));
  // Several records are undefined (3.6.2.2); the first that is a key is taken.
  const auto text = std::ranges::find_if(answer->texts, is_key_record);
  auto key = parse_dkim_key(text == answer->texts.end() ? answer->texts.front() : *text);
  if (!key)
    return give_up(Outcome::permerror,
                   fmt::format("the key {} is broken: {}", name, key.error().detail));
  if (key->octets.empty())
    return give_up(Outcome::permerror, fmt::format("the key {} has been revoked", name));
  if (key->kind != signature.key)
    return give_up(Outcome::permerror, fmt::format("the key {} is of another kind", name));
  if (!key->sha256 || !key->email)
    return give_up(Outcome::permerror, fmt::format("the key {} is not for this use", name));
  const auto identity_domain =
      lower(std::string_view(signature.identity).substr(signature.identity.rfind('@') + 1));
  if (key->same_domain_only && !signature.identity.empty() && identity_domain != signature.domain)
    return give_up(Outcome::permerror, fmt::format("the key {} is not for subdomains", name));
  found.key = std::move(*key);
  return found;
}

Finding verify_with(const DkimKey& key, const Digest& digest, std::string_view signature) {
  Finding wrong{Outcome::fail, "the signature does not fit: header or signature was changed"};
  if (key.kind == KeyKind::ed25519) {
    crypto::PublicKey public_key{};
    crypto::Signature octets{};
    if (key.octets.size() != public_key.size())
      return {Outcome::permerror, "the key is not 32 octets long"};
    if (signature.size() != octets.size()) return wrong;
    std::ranges::copy(key.octets, public_key.begin());
    std::ranges::copy(signature, octets.begin());
    if (!crypto::verify(public_key, as_octets(digest), octets)) return wrong;
    return {Outcome::pass, "the signature is good"};
  }
  const auto rsa = crypto::RsaPublicKey::from_der(key.octets);
  if (!rsa)
    return {Outcome::permerror, fmt::format("the key cannot be used: {}", rsa.error().detail)};
  if (!rsa->verify_sha256(digest, signature)) return wrong;
  if (rsa->bits() < kMinRsaBits)
    return {Outcome::policy,
            fmt::format("signed with an RSA key of {} bits, which can be forged", rsa->bits())};
  return {Outcome::pass, "the signature is good"};
}

}  // namespace weir::auth
