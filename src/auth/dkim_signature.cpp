#include "auth/dkim_signature.h"

#include <fmt/format.h>

#include <algorithm>

#include "auth/answers.h"
#include "auth/tag_list.h"
#include "base/ascii.h"
#include "base/bytes.h"

namespace weir::auth {
namespace {

constexpr std::size_t kMaxSignedFields = 1'000;
constexpr std::size_t kMaxSelector = 253;

enum class Form : std::uint8_t { dkim, arc_message, arc_seal };

std::unexpected<Error> missing(std::string_view tag) {
  return fail(Errc::invalid, fmt::format("the tag {}= is missing or empty", tag));
}

Result<std::string_view> required(const TagList& tags, std::string_view name) {
  const auto value = tags.value(name);
  if (!value || value->empty()) return missing(name);
  return *value;
}

Result<std::string> octets_of(const TagList& tags, std::string_view name) {
  WEIR_TRY(const auto value, required(tags, name));
  auto octets = parse_base64(without_blanks(value));
  if (!octets || octets->empty())
    return fail(Errc::invalid, fmt::format("the tag {}= is not base64", name));
  return octets;
}

Result<KeyKind> algorithm_of(const TagList& tags) {
  WEIR_TRY(const auto value, required(tags, "a"));
  const auto name = lower(value);
  if (name == "rsa-sha256") return KeyKind::rsa;
  if (name == "ed25519-sha256") return KeyKind::ed25519;
  if (name == "rsa-sha1")
    return fail(Errc::unsupported, "signed with SHA-1, which proves nothing any more (RFC 8301)");
  return fail(Errc::unsupported, fmt::format("the algorithm \"{}\" is not known", name));
}

std::optional<Canon> canon_of(std::string_view word) {
  if (iequals(word, "simple")) return Canon::simple;
  if (iequals(word, "relaxed")) return Canon::relaxed;
  return std::nullopt;
}

Status read_canon(const TagList& tags, Form form, DkimSignature& out) {
  const auto value = tags.value("c");
  if (!value) {
    // RFC 8617 is silent; its suite signs relaxed where c= is missing. DKIM: simple (RFC 6376 3.5).
    if (form == Form::arc_message) out.header_canon = out.body_canon = Canon::relaxed;
    return {};
  }
  const auto slash = value->find('/');
  const auto header = canon_of(trim(value->substr(0, slash)));
  const auto body = slash == std::string_view::npos ? std::optional(Canon::simple)
                                                    : canon_of(trim(value->substr(slash + 1)));
  if (!header || !body) return fail(Errc::invalid, "the tag c= names no canonicalisation");
  out.header_canon = *header;
  out.body_canon = *body;
  return {};
}

Status read_numbers(const TagList& tags, DkimSignature& out) {
  const auto read = [&](std::string_view name, std::optional<std::uint64_t>& slot) -> Status {
    const auto value = tags.value(name);
    if (!value) return {};
    slot = parse_number(*value);
    if (!slot) return fail(Errc::invalid, fmt::format("the tag {}= is not a number", name));
    return {};
  };
  WEIR_CHECK(read("t", out.signed_at_s));
  WEIR_CHECK(read("x", out.expires_at_s));
  WEIR_CHECK(read("l", out.body_octets));
  if (out.signed_at_s && out.expires_at_s && *out.expires_at_s <= *out.signed_at_s)
    return fail(Errc::invalid, "it ends before it begins (x= is not after t=)");
  return {};
}

Status read_signed_fields(const TagList& tags, Form form, DkimSignature& out) {
  WEIR_TRY(const auto value, required(tags, "h"));
  out.signed_fields = split_colons(value);
  if (out.signed_fields.size() > kMaxSignedFields)
    return fail(Errc::invalid, "the tag h= names too many fields");
  // The suite for ARC takes an empty name, which selects nothing; DKIM's grammar has none.
  if (form == Form::arc_message) std::erase(out.signed_fields, std::string());
  for (const auto& name : out.signed_fields)
    if (name.empty()) return fail(Errc::invalid, "the tag h= has an empty name");
  const auto names = [&](std::string_view name) {
    return std::ranges::find(out.signed_fields, name) != out.signed_fields.end();
  };
  if (!names("from")) return fail(Errc::invalid, "From is not signed");
  if (form == Form::arc_message && names("arc-seal"))
    return fail(Errc::invalid, "h= names ARC-Seal, which a message signature must not sign");
  return {};
}

// i= of DKIM: an address in d= or below it (RFC 6376 3.5).
Status read_identity(const TagList& tags, DkimSignature& out) {
  out.identity = "@" + out.domain;
  const auto value = tags.value("i");
  if (!value) return {};
  const auto at = value->rfind('@');
  if (at == std::string_view::npos) return fail(Errc::invalid, "the tag i= has no \"@\"");
  const auto domain = lower(value->substr(at + 1));
  if (domain != out.domain && !domain.ends_with("." + out.domain))
    return fail(Errc::invalid, "the domain of i= is not that of d= or below it");
  out.identity = std::string(*value);
  return {};
}

Status read_instance(const TagList& tags, DkimSignature& out) {
  WEIR_TRY(const auto value, required(tags, "i"));
  const auto number = parse_number(value);
  if (!number || *number < 1 || *number > 50)
    return fail(Errc::invalid, "the tag i= is not a number from 1 to 50");
  out.instance = static_cast<int>(*number);
  return {};
}

Status read_own(const TagList& tags, Form form, DkimSignature& out) {
  if (form == Form::dkim) {
    WEIR_TRY(const auto version, required(tags, "v"));
    if (version != "1")
      return fail(Errc::unsupported, fmt::format("DKIM version \"{}\" is not known", version));
    WEIR_CHECK(read_identity(tags, out));
    if (const auto methods = tags.value("q")) {
      const auto known = split_colons(*methods);
      if (std::ranges::find(known, "dns/txt") == known.end())
        return fail(Errc::unsupported, "the tag q= names no known way to a key");
    }
    return {};
  }
  WEIR_CHECK(read_instance(tags, out));
  if (form == Form::arc_message) {
    if (tags.find("v") != nullptr) return fail(Errc::invalid, "it has a tag v=, which ARC forbids");
    return {};
  }
  if (tags.find("h") != nullptr || tags.find("bh") != nullptr)
    return fail(Errc::invalid, "it has a tag h= or bh=, which a seal must not have");
  WEIR_TRY(const auto chain, required(tags, "cv"));
  out.chain = lower(chain);
  if (out.chain != "none" && out.chain != "pass" && out.chain != "fail")
    return fail(Errc::invalid, "the tag cv= is not none, pass or fail");
  return {};
}

Result<DkimSignature> parse(std::string_view value, Form form) {
  WEIR_TRY(const auto tags, TagList::parse(value));
  DkimSignature out;
  WEIR_TRY(out.key, algorithm_of(tags));
  WEIR_TRY(out.signature, octets_of(tags, "b"));
  const auto* b = tags.find("b");
  out.b_begin = b->begin;
  out.b_end = b->end;
  WEIR_TRY(const auto domain, required(tags, "d"));
  WEIR_TRY(const auto selector, required(tags, "s"));
  out.domain = canonical_name(domain);
  out.selector = canonical_name(selector);
  if (!is_domain(out.domain)) return fail(Errc::invalid, "the tag d= is not a domain");
  if (out.selector.size() > kMaxSelector || !is_domain(out.selector + "._domainkey"))
    return fail(Errc::invalid, "the tag s= is not a selector");
  WEIR_CHECK(read_numbers(tags, out));
  WEIR_CHECK(read_own(tags, form, out));
  if (form == Form::arc_seal) {
    out.header_canon = Canon::relaxed;
    return out;
  }
  WEIR_TRY(out.body_hash, octets_of(tags, "bh"));
  WEIR_CHECK(read_canon(tags, form, out));
  WEIR_CHECK(read_signed_fields(tags, form, out));
  return out;
}

}  // namespace

Result<DkimSignature> parse_dkim_signature(std::string_view value) {
  return parse(value, Form::dkim);
}

Result<DkimSignature> parse_arc_message_signature(std::string_view value) {
  return parse(value, Form::arc_message);
}

Result<DkimSignature> parse_arc_seal(std::string_view value) {
  return parse(value, Form::arc_seal);
}

}  // namespace weir::auth
