// RFC 8617 5.2: the sets must be 1 to N without gap or double, every cv= as it has to be; then the
// newest message signature must fit; then every seal, over all sets up to its own.
#include "auth/arc.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "auth/body_hash.h"
#include "auth/dkim.h"
#include "auth/tag_list.h"
#include "base/ascii.h"
#include "crypto/crypto.h"

namespace weir::auth {
namespace {

struct Set {
  const HeaderField* results = nullptr;
  const HeaderField* message = nullptr;
  const HeaderField* seal = nullptr;
  std::string_view results_text;
  DkimSignature message_signature;
  DkimSignature seal_signature;
};

// "i=1; lists.example.org; ..." -> 1, and what follows; 0: it does not begin so.
int instance_of_results(std::string_view value, std::string_view& rest) {
  const auto semicolon = value.find(';');
  if (semicolon == std::string_view::npos) return 0;
  const auto tag = value.substr(0, semicolon);
  const auto equals = tag.find('=');
  if (equals == std::string_view::npos || trim(tag.substr(0, equals)) != "i") return 0;
  const auto number = parse_number(trim(tag.substr(equals + 1)));
  if (!number || *number < 1 || *number > kMaxArcSets) return 0;
  rest = value.substr(semicolon + 1);
  return static_cast<int>(*number);
}

class Chain {
 public:
  // The reason why the fields make no chain, or empty.
  std::string read(const Header& header);
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] const Set& set(std::size_t instance) const { return sets_[instance]; }

 private:
  using Slot = const HeaderField* Set::*;
  std::string place(int instance, const HeaderField& field, Slot slot);
  std::string check_whole() const;

  std::array<Set, kMaxArcSets + 1> sets_;  // by instance
  std::size_t count_ = 0;
};

std::string Chain::place(int instance, const HeaderField& field, Slot slot) {
  auto& set = sets_[static_cast<std::size_t>(instance)];
  if (set.*slot != nullptr)
    return fmt::format("{} is there twice for instance {}", trim(field.name), instance);
  set.*slot = &field;
  count_ = std::max(count_, static_cast<std::size_t>(instance));
  return {};
}

std::string Chain::read(const Header& header) {
  const auto broken = [](const HeaderField& field, std::string_view why) {
    return fmt::format("{}: {}", trim(field.name), why);
  };
  for (const auto index : header.named("arc-authentication-results")) {
    const auto& field = header.fields()[index];
    std::string_view rest;
    const int instance = instance_of_results(field.value, rest);
    if (instance == 0) return broken(field, "it does not begin with an instance from 1 to 50");
    if (auto why = place(instance, field, &Set::results); !why.empty()) return why;
    sets_[static_cast<std::size_t>(instance)].results_text = rest;
  }
  for (const auto index : header.named("arc-message-signature")) {
    const auto& field = header.fields()[index];
    auto parsed = parse_arc_message_signature(field.value);
    if (!parsed) return broken(field, parsed.error().detail);
    const int instance = parsed->instance;
    if (auto why = place(instance, field, &Set::message); !why.empty()) return why;
    sets_[static_cast<std::size_t>(instance)].message_signature = std::move(*parsed);
  }
  for (const auto index : header.named("arc-seal")) {
    const auto& field = header.fields()[index];
    auto parsed = parse_arc_seal(field.value);
    if (!parsed) return broken(field, parsed.error().detail);
    const int instance = parsed->instance;
    if (auto why = place(instance, field, &Set::seal); !why.empty()) return why;
    sets_[static_cast<std::size_t>(instance)].seal_signature = std::move(*parsed);
  }
  return check_whole();
}

std::string Chain::check_whole() const {
  for (std::size_t i = 1; i <= count_; ++i) {
    const auto& set = sets_[i];
    if (set.results == nullptr || set.message == nullptr || set.seal == nullptr)
      return fmt::format("instance {} of {} is not whole", i, count_);
    const std::string_view expected = i == 1 ? "none" : "pass";
    if (set.seal_signature.chain != expected)
      return fmt::format("instance {} says cv={}, not cv={}", i, set.seal_signature.chain,
                         expected);
  }
  return {};
}

ArcResult ended(Outcome outcome, std::string reason) {
  ArcResult result;
  result.outcome = outcome;
  result.reason = std::move(reason);
  return result;
}

// The chain knows pass and fail; only a key that may come later is something else.
Outcome as_chain(Outcome outcome) {
  return outcome == Outcome::pass || outcome == Outcome::temperror ? outcome : Outcome::fail;
}

ArcResult verify(const Header& header, const Chain& chain, const std::vector<DkimKey>& seal_keys,
                 const DkimKey& message_key) {
  const auto& newest = chain.set(chain.size());
  BodyHasher body(header.body());
  const auto finding =
      verify_message(header, body, *newest.message, newest.message_signature, message_key);
  if (finding.outcome != Outcome::pass)
    return ended(Outcome::fail, fmt::format("the message signature of instance {}: {}",
                                            chain.size(), finding.reason));
  ArcResult result;
  std::string sealed;  // all sets up to the one at hand, in canonical form
  for (std::size_t i = 1; i <= chain.size(); ++i) {
    const auto& set = chain.set(i);
    append_field(sealed, *set.results, Canon::relaxed);
    append_field(sealed, *set.message, Canon::relaxed);
    const auto before_seal = sealed.size();
    append_signature_field(sealed, *set.seal, Canon::relaxed, set.seal_signature.b_begin,
                           set.seal_signature.b_end);
    const auto seal =
        verify_with(seal_keys[i - 1], crypto::sha256(sealed), set.seal_signature.signature);
    if (seal.outcome != Outcome::pass)
      return ended(Outcome::fail, fmt::format("the seal of instance {}: {}", i, seal.reason));
    sealed.resize(before_seal);
    append_field(sealed, *set.seal, Canon::relaxed);
    result.sets.push_back(
        {set.seal_signature.domain, set.seal_signature.selector, std::string(set.results_text)});
  }
  result.outcome = Outcome::pass;
  result.reason =
      fmt::format("{} seals, the last by {}", chain.size(), newest.seal_signature.domain);
  return result;
}

}  // namespace

Step<ArcResult> check_arc(const Header& header, const Answers& answers) {
  Step<ArcResult> step;
  Chain chain;
  if (auto why = chain.read(header); !why.empty()) {
    step.result = ended(Outcome::fail, std::move(why));
    return step;
  }
  if (chain.size() == 0) {
    step.result.reason = "nobody sealed the message";
    return step;
  }
  std::vector<DkimKey> seal_keys;
  std::optional<ArcResult> without_key;
  const auto fetch = [&](const DkimSignature& signature, std::string_view what, std::size_t i) {
    auto found = find_key(signature, answers, step.needs);
    // A key that will never come decides at once; one that may come later only if nothing else
    // does.
    if (!found.key && found.instead.outcome != Outcome::none) {
      const auto outcome = as_chain(found.instead.outcome);
      if (!without_key || without_key->outcome == Outcome::temperror)
        without_key =
            ended(outcome, fmt::format("the {} of instance {}: {}", what, i, found.instead.reason));
    }
    return found.key.value_or(DkimKey{});
  };
  const auto message_key =
      fetch(chain.set(chain.size()).message_signature, "message signature", chain.size());
  for (std::size_t i = 1; i <= chain.size(); ++i)
    seal_keys.push_back(fetch(chain.set(i).seal_signature, "seal", i));
  if (!step.done()) return step;
  step.result =
      without_key ? std::move(*without_key) : verify(header, chain, seal_keys, message_key);
  return step;
}

}  // namespace weir::auth
