#include "judge/rehearsal.h"

#include <algorithm>

#include "crypto/crypto.h"

namespace weir::judge {
namespace {

constexpr std::string_view kMagic = "WEIRREHE";
constexpr std::uint64_t kFormatVersion = 1;

std::size_t index_of(Label label) { return label == Label::spam ? 1 : 0; }

}  // namespace

void Rehearsal::learn(Model& model, const Digest& message, Label label, const Features& features) {
  const auto before = model.label_of(message);
  if (before == label) return;
  if (before) drop(rings_[index_of(*before)], message);
  model.learn(message, label, features);
  run_ = label == last_ ? std::min(run_, kShortRun) + 1 : 1;
  last_ = label;
  keep(rings_[index_of(label)], message, features);
  if (run_ > kShortRun) learn_next_again(model, rings_[1 - index_of(label)]);
}

void Rehearsal::keep(Ring& ring, const Digest& message, const Features& features) {
  if (ring.kept.size() == kRehearsed) {
    ring.kept.erase(ring.kept.begin());
    if (ring.next > 0) --ring.next;
  }
  ring.kept.push_back({message, encode(features)});
}

void Rehearsal::drop(Ring& ring, const Digest& message) {
  const auto found = std::ranges::find(ring.kept, message, &Kept::message);
  if (found == ring.kept.end()) return;
  if (static_cast<std::size_t>(found - ring.kept.begin()) < ring.next) --ring.next;
  ring.kept.erase(found);
}

void Rehearsal::learn_next_again(Model& model, Ring& ring) {
  if (ring.kept.empty()) return;
  if (ring.next >= ring.kept.size()) ring.next = 0;
  const auto& kept = ring.kept[ring.next++];
  const auto features = decode_features(kept.features);
  WEIR_ASSERT(features);  // written by encode(), or checked by parse()
  model.learn_again(kept.message, *features);
}

std::string Rehearsal::serialise() const {
  ByteWriter out;
  out.octets(kMagic);
  out.varint(kFormatVersion);
  out.varint(kFeaturesVersion);
  out.u8(static_cast<std::uint8_t>(last_));
  out.varint(run_);
  for (const auto& ring : rings_) {
    out.varint(ring.kept.size());
    out.varint(ring.next);
    for (const auto& kept : ring.kept) {
      out.octets(as_octets(kept.message));
      out.sized(kept.features);
    }
  }
  auto octets = out.take();
  octets += as_octets(crypto::sha256(octets));
  return octets;
}

Result<Rehearsal> Rehearsal::parse(std::string_view octets) {
  constexpr std::size_t kDigestOctets = std::tuple_size_v<Digest>;
  if (octets.size() < kMagic.size() + kDigestOctets || !octets.starts_with(kMagic))
    return fail(Errc::corrupt, "this is no rehearsal file");
  const auto body = octets.substr(0, octets.size() - kDigestOctets);
  if (as_octets(crypto::sha256(body)) != octets.substr(body.size()))
    return fail(Errc::corrupt, "the rehearsal file does not match its own SHA-256");
  ByteReader in(body.substr(kMagic.size()));
  const auto version = in.varint();
  const auto features_version = in.varint();
  if (in.ok() && (version != kFormatVersion || features_version != kFeaturesVersion))
    return fail(Errc::unsupported, "the rehearsal file is of another version");
  Rehearsal rehearsal;
  const auto last = in.u8();
  const auto run = in.varint();
  if (last > 1 || run > kShortRun + 1) return fail(Errc::corrupt, "a run of no label");
  rehearsal.last_ = static_cast<Label>(last);
  rehearsal.run_ = static_cast<std::uint32_t>(run);
  for (auto& ring : rehearsal.rings_) {
    const auto count = in.varint();
    const auto next = in.varint();
    if (!in.ok() || count > kRehearsed || next > count)
      return fail(Errc::corrupt, "too many messages to rehearse", in.offset());
    ring.next = static_cast<std::size_t>(next);
    for (std::uint64_t i = 0; i < count; ++i) {
      Kept kept;
      const auto digest = in.octets(kDigestOctets);
      kept.features = in.sized();
      if (!in.ok() || !decode_features(kept.features))
        return fail(Errc::corrupt, "a message to rehearse has no features", in.offset());
      std::ranges::copy(digest, kept.message.begin());
      ring.kept.push_back(std::move(kept));
    }
  }
  if (!in.at_end()) return fail(Errc::corrupt, "octets after the end", in.offset());
  return rehearsal;
}

}  // namespace weir::judge
