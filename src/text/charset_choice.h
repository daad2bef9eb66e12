// text/charset_choice.h - which charset octets are in, when they do not say it themselves. For
// text/ only.
#pragma once

#include <array>
#include <string_view>

#include "text/charset_table.h"

namespace weir::text {

// The octets to judge by: runs of octets beyond ASCII with their neighbours. What is left out is
// ASCII, which means the same in all candidates.
class CharsetSample {
 public:
  enum class Extent : std::uint8_t { beginning, whole };  // 384 octets; 4 KB of everywhere
  CharsetSample(std::string_view octets, Extent extent);
  [[nodiscard]] std::string_view view() const { return {octets_.data(), size_}; }
  [[nodiscard]] std::size_t high() const { return high_; }

 private:
  static constexpr std::size_t kMost = 4096;
  void take(std::string_view octets, std::size_t most);
  std::array<char, kMost> octets_;
  std::size_t size_ = 0;
  std::size_t high_ = 0;
};

// Whether the sample reads well in the charset, without damage.
[[nodiscard]] bool is_convincing(std::string_view sample, const Charset& charset);

// The 8-bit charset under which the octets are most probable; `declared` (or nullptr), which may be
// of any kind, has a head start.
[[nodiscard]] const Charset& most_probable(std::string_view octets, const Charset* declared);

}  // namespace weir::text
