// The projection file, docs/formats/list.md. One index has exactly one form, so that two builds of
// one ledger can be compared by their hash: subjects ascend, each reason is stored once in the
// order of its first use, and the reader accepts nothing else.
#include <fmt/format.h>

#include <bit>
#include <unordered_set>

#include "base/bytes.h"
#include "crypto/crypto.h"
#include "list/index.h"

namespace weir::list {
namespace {

constexpr std::string_view kMagic = "weirlist";
constexpr std::uint16_t kVersion = 1;
constexpr std::uint8_t kV6 =
    0x80;  // the length octet: IPv4 0..32, IPv6 0x80 + (length - 1), so that 128 fits
constexpr std::size_t kHashOctets = 32;
constexpr std::size_t kLeastListingOctets = 1 + 1 + 4 + 8 + 8 + 1;

std::size_t address_octets(int length) { return (static_cast<std::size_t>(length) + 7) / 8; }

void write_subject(ByteWriter& out, const Prefix& subject) {
  const int length = subject.length();
  out.u8(static_cast<std::uint8_t>(subject.is_v4() ? length : kV6 | (length - 1)));
  const auto& octets = subject.address().octets();
  out.octets({reinterpret_cast<const char*>(octets.data()), address_octets(length)});
}

std::optional<Prefix> read_subject(ByteReader& in) {
  const std::uint8_t head = in.u8();
  const bool v6 = head & kV6;
  const int length = v6 ? (head & 0x7f) + 1 : head;
  if (length > (v6 ? 128 : 32)) return std::nullopt;
  std::array<std::uint8_t, 16> octets{};
  const auto stored = in.octets(address_octets(length));
  std::copy(stored.begin(), stored.end(), octets.begin());
  const auto number = [&] {
    return (std::uint32_t{octets[0]} << 24) | (std::uint32_t{octets[1]} << 16) |
           (std::uint32_t{octets[2]} << 8) | octets[3];
  };
  const Address address = v6 ? Address::v6(octets) : Address::v4(number());
  if (address.is_v4() == v6) return std::nullopt;  // a mapped address is stored as IPv4
  const Prefix prefix(address, length);
  if (prefix.address() != address || !can_be_listed(prefix)) return std::nullopt;
  return prefix;
}

// ByteReader also takes numbers with needless high groups; one index has one form, so here they are
// damage.
std::optional<std::uint64_t> read_number(ByteReader& in) {
  const auto begin = in.offset();
  const std::uint64_t number = in.varint();
  const auto least =
      std::max<std::size_t>(1, (static_cast<std::size_t>(std::bit_width(number)) + 6) / 7);
  if (!in.ok() || in.offset() - begin != least) return std::nullopt;
  return number;
}

std::unexpected<Error> corrupt(std::string_view what, std::uint64_t at) {
  return fail(Errc::corrupt,
              fmt::format("the list file is damaged: {}; build it anew from the ledger", what), at);
}

Result<std::vector<std::string>> read_reasons(ByteReader& in) {
  const auto count = read_number(in);
  if (!count || *count > in.left()) return corrupt("the number of reasons", in.offset());
  std::vector<std::string> reasons;
  reasons.reserve(*count);
  std::unordered_set<std::string_view> seen;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto size = read_number(in);
    const auto reason = in.octets(size.value_or(0));
    if (!size || !in.ok() || !seen.insert(reason).second) return corrupt("a reason", in.offset());
    reasons.emplace_back(reason);
  }
  return reasons;
}

Result<std::vector<Listing>> read_listings(ByteReader& in,
                                           const std::vector<std::string>& reasons) {
  const auto count = read_number(in);
  if (!count || *count > in.left() / kLeastListingOctets || *count >= UINT32_MAX)
    return corrupt("the number of listings", in.offset());
  std::vector<Listing> listings;
  listings.reserve(*count);
  std::uint64_t used = 0;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto at = in.offset();
    Listing listing;
    const auto subject = read_subject(in);
    for (auto& octet : listing.code) octet = in.u8();
    listing.since = from_unix_millis(static_cast<std::int64_t>(in.u64()));
    listing.until = from_unix_millis(static_cast<std::int64_t>(in.u64()));
    const auto reason = read_number(in);
    if (!in.ok() || !subject || !reason) return corrupt("a listing", at);
    if (!listings.empty() && *subject <= listings.back().subject)
      return corrupt("the order of the listings", at);
    if (*reason >= reasons.size() || *reason > used) return corrupt("the reason of a listing", at);
    if (*reason == used) ++used;
    listing.subject = *subject;
    listing.reason = reasons[*reason];
    listings.push_back(std::move(listing));
  }
  if (used != reasons.size()) return corrupt("a reason that no listing has", in.offset());
  return listings;
}

}  // namespace

std::string Index::serialise() const {
  std::unordered_map<std::string_view, std::uint64_t> numbers;
  std::vector<std::string_view> reasons;
  for (const auto& listing : listings_)
    if (numbers.try_emplace(listing.reason, reasons.size()).second)
      reasons.push_back(listing.reason);

  ByteWriter out;
  out.octets(kMagic);
  out.u16(kVersion);
  out.varint(reasons.size());
  for (const auto reason : reasons) out.sized(reason);
  out.varint(listings_.size());
  for (const auto& listing : listings_) {
    write_subject(out, listing.subject);
    for (const auto octet : listing.code) out.u8(octet);
    out.u64(static_cast<std::uint64_t>(to_unix_millis(listing.since)));
    out.u64(static_cast<std::uint64_t>(to_unix_millis(listing.until)));
    out.varint(numbers.at(listing.reason));
  }
  out.octets(as_octets(crypto::sha256(out.str())));
  return out.take();
}

Result<Index> Index::parse(std::string_view octets) {
  if (octets.size() < kMagic.size() + 2 + kHashOctets || !octets.starts_with(kMagic))
    return corrupt("it does not begin as one", 0);
  // The version comes first: a newer form may end in something else than this hash.
  ByteReader in(octets.substr(0, octets.size() - kHashOctets));
  in.octets(kMagic.size());
  if (const auto version = in.u16(); version != kVersion)
    return fail(
        Errc::unsupported,
        fmt::format(
            "the list file has version {}, this program reads {}; build it anew from the ledger",
            version, kVersion),
        kMagic.size());
  const auto hash = crypto::sha256(octets.substr(0, octets.size() - kHashOctets));
  if (as_octets(hash) != octets.substr(octets.size() - kHashOctets))
    return corrupt("its SHA-256 does not match", octets.size() - kHashOctets);
  WEIR_TRY(const auto reasons, read_reasons(in));
  WEIR_TRY(auto listings, read_listings(in, reasons));
  if (!in.at_end()) return corrupt("octets behind the last listing", in.offset());
  return Index(std::move(listings));
}

}  // namespace weir::list
