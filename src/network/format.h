// network/format.h - numbers of docs/formats/network-table.md that the writer and the reader share.
// Internal to network/.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/utf8.h"
#include "network/table.h"

namespace weir::network {

inline constexpr std::string_view kMagic{"WEIRNET\n", 8};
inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::size_t kHeaderOctets = 32;
inline constexpr std::size_t kNetworkOctets = 12;
inline constexpr std::size_t kDigestOctets = 32;
inline constexpr std::uint32_t kNothingKnown = 0;  // the network record that a gap points to

// Names end up in pages and in DNS answers: UTF-8, no control characters, a bounded length.
[[nodiscard]] constexpr bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}
[[nodiscard]] inline bool is_operator_name(std::string_view name) {
  return name.size() <= kMaxOperatorOctets && is_utf8(name) &&
         std::ranges::none_of(name, is_control);
}

}  // namespace weir::network
