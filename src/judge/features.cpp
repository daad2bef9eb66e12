#include <algorithm>

#include "judge/judge.h"
#include "judge/views.h"

namespace weir::judge {
namespace {

class Collector final : public PieceSink {
 public:
  void piece(std::string_view, std::string_view, const std::vector<Gram>& grams) override {
    for (const Gram& gram : grams) hashes.push_back(gram.hash);
  }
  std::vector<std::uint32_t> hashes;
};

}  // namespace

Features extract(const mail::Reading& reading) {
  Collector collector;
  collector.hashes.reserve(8'192);
  walk(reading, collector);
  auto& hashes = collector.hashes;
  std::ranges::sort(hashes);
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return {std::move(hashes)};
}

std::string encode(const Features& features) {
  ByteWriter out;
  out.varint(kFeaturesVersion);
  out.varint(features.hashes.size());
  std::uint32_t previous = 0;
  for (const std::uint32_t hash : features.hashes) {
    out.varint(hash - previous);
    previous = hash;
  }
  return out.take();
}

Result<Features> decode_features(std::string_view octets) {
  ByteReader in(octets);
  const std::uint64_t version = in.varint();
  if (!in.ok()) return fail(Errc::corrupt, "the learnt features are cut short", in.offset());
  if (version != kFeaturesVersion)
    return fail(Errc::unsupported, "the learnt features are of version " + std::to_string(version),
                0);
  const std::uint64_t count = in.varint();
  // Each feature takes at least one octet.
  if (!in.ok() || count > kMaxFeatures || count > in.left())
    return fail(Errc::corrupt, "the number of learnt features is not possible", in.offset());
  Features features;
  features.hashes.reserve(count);
  std::uint64_t hash = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t delta = in.varint();
    if (!in.ok() || (delta == 0 && i > 0) || delta >= (1U << kHashBits) ||
        hash + delta >= (1U << kHashBits))
      return fail(Errc::corrupt, "the learnt features are not in order", in.offset());
    hash += delta;
    features.hashes.push_back(static_cast<std::uint32_t>(hash));
  }
  if (!in.at_end()) return fail(Errc::corrupt, "octets follow the learnt features", in.offset());
  return features;
}

}  // namespace weir::judge
