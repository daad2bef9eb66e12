// LZ77 over a ring of 4,096 octets that begins with the words every RTF has. A flag octet says of
// the next eight items, lowest bit first, whether each is an octet or a reference (12 bits of place
// in the ring, 4 bits of length less 2). A reference to the place that is written next is the end.
#include "document/rtf_compressed.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "document/ascii.h"

namespace weir::document {
namespace {

constexpr std::string_view kRingStart =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    "\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
static_assert(kRingStart.size() == 207);

constexpr std::uint32_t kCompressed = 0x75465A4C;    // "LZFu"
constexpr std::uint32_t kUncompressed = 0x414C454D;  // "MELA"
constexpr std::size_t kRingOctets = 4'096;

}  // namespace

Unpacked unpack_rtf(std::string_view packed, std::size_t max_octets) {
  Unpacked result;
  ByteReader header(packed);
  const std::uint32_t packed_octets = header.u32();
  const std::uint32_t raw_octets = header.u32();
  const std::uint32_t form = header.u32();
  (void)header.u32();  // a CRC, which says nothing that is needed
  if (!header.ok() || (form != kCompressed && form != kUncompressed)) {
    result.broken = true;
    return result;
  }
  std::string_view in = packed.substr(16);
  // The first field counts everything behind itself.
  if (packed_octets >= 12 && packed_octets - 12 < in.size()) in = in.substr(0, packed_octets - 12);
  const std::size_t most = std::min<std::size_t>(max_octets, raw_octets);
  if (form == kUncompressed) {
    result.rtf = in.substr(0, most);
    result.broken = in.size() < raw_octets;
    return result;
  }
  std::array<char, kRingOctets> ring{};
  std::ranges::copy(kRingStart, ring.begin());
  std::size_t at = kRingStart.size();
  std::size_t i = 0;
  const auto put = [&](char c) {
    ring[at] = c;
    at = (at + 1) % kRingOctets;
    result.rtf.push_back(c);
  };
  while (i < in.size()) {
    const unsigned flags = octet(in[i++]);
    for (unsigned bit = 0; bit < 8; ++bit) {
      if (result.rtf.size() >= most) return result;
      if ((flags & (1U << bit)) == 0) {
        if (i >= in.size()) break;
        put(in[i++]);
        continue;
      }
      if (i + 1 >= in.size()) {
        i = in.size();
        break;
      }
      const unsigned item = (octet(in[i]) << 8) | octet(in[i + 1]);
      i += 2;
      std::size_t from = item >> 4;
      if (from == at) {
        result.broken = result.rtf.size() < raw_octets;
        return result;
      }
      for (unsigned n = (item & 15) + 2; n > 0 && result.rtf.size() < most; --n) {
        put(ring[from]);
        from = (from + 1) % kRingOctets;
      }
    }
  }
  result.broken = result.rtf.size() < raw_octets;
  return result;
}

}  // namespace weir::document
