#include "auth/dkim.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "crypto/crypto.h"

namespace weir::auth {
namespace {

// The fields that h= selects, each instance once, from the bottom up (RFC 6376 5.4.2); a name that
// is used up selects nothing, which signs its absence.
std::string signed_octets(const Header& header, const HeaderField& own,
                          const DkimSignature& signature) {
  std::string out;
  std::unordered_map<std::string_view, std::size_t> used;
  for (const auto& name : signature.signed_fields) {
    const auto& indices = header.named(name);
    auto& count = used[name];
    while (count < indices.size()) {
      const auto& field = header.fields()[indices[indices.size() - 1 - count]];
      ++count;
      if (field.value.data() == own.value.data()) continue;  // never itself (3.7)
      append_field(out, field, signature.header_canon);
      break;
    }
  }
  append_signature_field(out, own, signature.header_canon, signature.b_begin, signature.b_end);
  return out;
}

// Higher is better: what a message with several signatures is said to have.
int hope(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass: return 6;
    case Outcome::temperror: return 5;
    case Outcome::policy: return 4;
    case Outcome::fail: return 3;
    case Outcome::permerror: return 2;
    case Outcome::neutral: return 1;
    default: return 0;
  }
}

// What a signature that fits leaves to be desired.
void weigh(const Header& header, const DkimSignature& signature, BodyHasher& body, UnixMillis now,
           DkimResult& result) {
  const auto now_s = to_unix_millis(now) / 1'000;
  const auto from_signed =
      static_cast<std::size_t>(std::ranges::count(signature.signed_fields, "from"));
  const auto from_there = header.named("from").size();
  result.oversigned_from = from_signed > from_there;
  result.body_open =
      signature.body_octets && body.hash(signature.body_canon, signature.body_octets).more;
  result.future = signature.signed_at_s &&
                  static_cast<std::int64_t>(*signature.signed_at_s) > now_s + kClockSlackS;
  if (result.outcome != Outcome::pass) return;
  const auto refuse = [&](std::string reason) {
    result.outcome = Outcome::policy;
    result.reason = std::move(reason);
  };
  if (from_there > from_signed)
    refuse(fmt::format("of {} From fields only {} are signed", from_there, from_signed));
  else if (signature.expires_at_s &&
           static_cast<std::int64_t>(*signature.expires_at_s) + kClockSlackS < now_s)
    refuse("the signature has expired");
  else if (result.body_open)
    result.reason += "; words were added behind the signed part of the body";
}

}  // namespace

Finding verify_message(const Header& header, BodyHasher& body, const HeaderField& field,
                       const DkimSignature& signature, const DkimKey& key) {
  const auto& hash = body.hash(signature.body_canon, signature.body_octets);
  if (signature.body_octets && hash.octets < *signature.body_octets)
    return {Outcome::fail, "the body is shorter than what was signed"};
  if (as_octets(hash.digest) != signature.body_hash)
    return {Outcome::fail, "the body was changed after it was signed"};
  return verify_with(key, crypto::sha256(signed_octets(header, field, signature)),
                     signature.signature);
}

Step<DkimResults> check_dkim(const Header& header, UnixMillis now, const Answers& answers) {
  struct Candidate {
    const HeaderField* field;
    Result<DkimSignature> signature;
    FoundKey found;
  };
  Step<DkimResults> step;
  std::vector<Candidate> candidates;
  const auto& indices = header.named("dkim-signature");
  const auto count = std::min(indices.size(), kMaxDkimSignatures);
  step.result.unchecked = indices.size() - count;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& field = header.fields()[indices[i]];
    Candidate candidate{&field, parse_dkim_signature(field.value), {}};
    if (candidate.signature) candidate.found = find_key(*candidate.signature, answers, step.needs);
    candidates.push_back(std::move(candidate));
  }
  if (!step.done()) return step;

  BodyHasher body(header.body());
  for (const auto& [field, signature, found] : candidates) {
    DkimResult result;
    if (!signature) {
      result.outcome =
          signature.error().code == Errc::unsupported ? Outcome::permerror : Outcome::neutral;
      result.reason = signature.error().detail;
    } else {
      result.domain = signature->domain;
      result.selector = signature->selector;
      result.identity = signature->identity;
      auto finding =
          found.key ? verify_message(header, body, *field, *signature, *found.key) : found.instead;
      result.outcome = finding.outcome;
      result.reason = std::move(finding.reason);
      result.testing = found.key && found.key->testing;
      if (found.key) weigh(header, *signature, body, now, result);
    }
    if (hope(result.outcome) > hope(step.result.outcome)) step.result.outcome = result.outcome;
    step.result.signatures.push_back(std::move(result));
  }
  return step;
}

}  // namespace weir::auth
