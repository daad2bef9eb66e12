#include <algorithm>
#include <cstring>
#include <limits>

#include "crypto/crypto.h"
#include "judge/judge.h"

// The octets are described, with an example, in docs/formats/model.md.

namespace weir::judge {
namespace {

constexpr std::string_view kMagic = "WEIRMODL";
constexpr std::uint64_t kFormatVersion = 1;
constexpr std::size_t kLearntOctets = 16 + 4 + 1 + 4 + 4;  // of one learnt message

// Small numbers of either sign become small numbers: 0, -1, 1, -2, ... -> 0, 1, 2, 3, ...
std::uint32_t zigzag(std::uint32_t two_complement) {
  return (two_complement << 1) ^ (0U - (two_complement >> 31));
}
std::uint32_t unzigzag(std::uint32_t x) { return (x >> 1) ^ (0U - (x & 1)); }

bool fits_u32(std::uint64_t x) { return x <= std::numeric_limits<std::uint32_t>::max(); }

}  // namespace

std::string Model::serialise() const {
  ByteWriter weights;
  std::uint64_t count = 0;
  std::size_t next = 0;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    // Most of a young table is zero: look at it in blocks.
    static constexpr std::array<Weight, 64> kZeros{};
    while (i + kZeros.size() <= weights_.size() &&
           std::memcmp(&weights_[i], kZeros.data(), sizeof kZeros) == 0)
      i += kZeros.size();
    if (i == weights_.size()) break;
    if (weights_[i] == Weight{}) continue;
    weights.varint(i - next);
    weights.varint(zigzag(weights_[i].gradient));
    weights.varint(weights_[i].squares);
    next = i + 1;
    ++count;
  }

  ByteWriter out;
  out.octets(kMagic);
  out.varint(kFormatVersion);
  out.varint(kFeaturesVersion);
  out.varint(kHashBits);
  out.varint(spam_learnt_);
  out.varint(ham_learnt_);
  out.varint(count);
  out.octets(weights.str());
  out.varint(learnt_.size());
  for (std::size_t i = 0; i < learnt_.size(); ++i) {
    const Learnt& one = learnt_[(oldest_ + i) % learnt_.size()];
    out.octets({reinterpret_cast<const char*>(one.key.data()), one.key.size()});
    out.u32(one.check);
    out.u8(static_cast<std::uint8_t>(one.label));
    out.u32(one.step.gradient);
    out.u32(one.step.squares);
  }
  std::string octets = out.take();
  octets += as_octets(crypto::sha256(octets));
  return octets;
}

Result<Model> Model::parse(std::string_view octets) {
  constexpr std::size_t kDigestOctets = std::tuple_size_v<Digest>;
  if (octets.size() < kMagic.size() + kDigestOctets || !octets.starts_with(kMagic))
    return fail(Errc::corrupt, "this is not a model");
  const std::string_view body = octets.substr(0, octets.size() - kDigestOctets);
  if (as_octets(crypto::sha256(body)) != octets.substr(body.size()))
    return fail(Errc::corrupt,
                "the model does not match its own SHA-256; make it anew from the evidence log",
                body.size());

  ByteReader in(body);
  static_cast<void>(in.octets(kMagic.size()));
  const std::uint64_t format = in.varint();
  if (in.ok() && format != kFormatVersion)
    return fail(Errc::unsupported, "the model is of format version " + std::to_string(format),
                kMagic.size());
  const std::uint64_t features_version = in.varint();
  const std::uint64_t hash_bits = in.varint();
  if (in.ok() && (features_version != kFeaturesVersion || hash_bits != kHashBits))
    return fail(Errc::unsupported,
                "the model was learnt from other features; make it anew from the evidence log",
                kMagic.size());
  const auto corrupt = [&in](std::string_view what) {
    return fail(Errc::corrupt, std::string(what), in.offset());
  };

  const std::uint64_t spam_learnt = in.varint();
  const std::uint64_t ham_learnt = in.varint();
  const std::uint64_t count = in.varint();
  if (!in.ok() || count > in.left() / 3) return corrupt("the model's weights are cut short");
  // The table is made last, once all the rest is known to be good.
  constexpr std::size_t kPlaces = (std::size_t{1} << kHashBits) + 1;
  std::vector<std::pair<std::uint32_t, Weight>> weights;
  weights.reserve(count);
  std::size_t next = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t gap = in.varint();
    const std::uint64_t gradient = in.varint();
    const std::uint64_t squares = in.varint();
    if (!in.ok() || gap >= kPlaces - next || !fits_u32(gradient) || !fits_u32(squares))
      return corrupt("a weight of the model is out of range");
    next += gap;
    weights.emplace_back(next++, Weight{unzigzag(static_cast<std::uint32_t>(gradient)),
                                        static_cast<std::uint32_t>(squares)});
  }

  const std::uint64_t learnt = in.varint();
  if (!in.ok() || learnt > kMaxLearnt || in.left() != learnt * kLearntOctets)
    return corrupt("the list of learnt messages has the wrong length");
  std::vector<Learnt> messages;
  decltype(Model::where_) where;
  messages.reserve(learnt);
  where.reserve(learnt);
  for (std::uint64_t i = 0; i < learnt; ++i) {
    Learnt one;
    std::ranges::copy(in.octets(one.key.size()), one.key.begin());
    one.check = in.u32();
    const std::uint8_t label = in.u8();
    one.step.gradient = in.u32();
    one.step.squares = in.u32();
    if (label > static_cast<std::uint8_t>(Label::spam))
      return corrupt("a learnt message has an unknown label");
    one.label = static_cast<Label>(label);
    if (!where.emplace(one.key, static_cast<std::uint32_t>(i)).second)
      return corrupt("a message was learnt twice");
    messages.push_back(one);
  }
  // Taking a message back lowers the counters: they hold at least the messages listed.
  const auto spam =
      static_cast<std::uint64_t>(std::ranges::count(messages, Label::spam, &Learnt::label));
  if (spam > spam_learnt || learnt - spam > ham_learnt)
    return corrupt("the model's counters are too low");

  Model model;
  model.spam_learnt_ = spam_learnt;
  model.ham_learnt_ = ham_learnt;
  model.learnt_ = std::move(messages);
  model.where_ = std::move(where);
  for (const auto& [place, sums] : weights) model.weights_[place] = sums;
  return model;
}

}  // namespace weir::judge
