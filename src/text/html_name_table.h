// text/html_name_table.h - a fixed set of names, found without comparing with each of them. For
// text/ only.
//
// A perfect hash over at most 16 octets of a name (its first and last eight) and its length; the
// compiler searches the factor that keeps all names apart. ASCII case does not count.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace weir::text {

[[nodiscard]] constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

[[nodiscard]] constexpr bool equals_ignoring_case(std::string_view a,
                                                  std::string_view lower_case_b) {
  if (a.size() != lower_case_b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (ascii_lower(a[i]) != lower_case_b[i]) return false;
  return true;
}

template <std::size_t kSize>
class NameTable {
  static_assert(kSize < 255);

 public:
  consteval explicit NameTable(const std::array<std::string_view, kSize>& names) : names_(names) {
    std::array<std::uint32_t, kSlots> taken_in{};
    for (std::uint32_t round = 1;; ++round) {
      factor_ = factor_ * 0x5851F42D4C957F2DU + 0x14057B7EF767814FU;
      factor_ |= 1;
      bool apart = true;
      for (const std::string_view name : names) {
        std::uint32_t& slot = taken_in[slot_of(name)];
        apart = apart && slot != round;
        if (!apart) break;
        slot = round;
      }
      if (apart) break;
    }
    for (std::size_t i = 0; i < kSize; ++i)
      slots_[slot_of(names[i])] = static_cast<std::uint8_t>(i + 1);
  }

  // The index of the name, -1 if there is none.
  [[nodiscard]] constexpr int find(std::string_view name) const {
    if (name.empty()) return -1;
    const int index = slots_[slot_of(name)] - 1;
    return index >= 0 && equals_ignoring_case(name, names_[static_cast<std::size_t>(index)]) ? index
                                                                                             : -1;
  }

 private:
  static constexpr int kBits = kSize <= 64 ? 10 : 11;
  static constexpr std::size_t kSlots = std::size_t{1} << kBits;

  template <class Word>
  static constexpr std::uint64_t read(const char* at) {
    Word word = 0;
    if (std::is_constant_evaluated() || std::endian::native != std::endian::little) {
      for (std::size_t i = 0; i < sizeof(Word); ++i)
        word |= static_cast<Word>(static_cast<Word>(static_cast<unsigned char>(at[i])) << (8 * i));
    } else {
      std::memcpy(&word, at, sizeof word);
    }
    return word;
  }

  [[nodiscard]] constexpr std::size_t slot_of(std::string_view name) const {
    constexpr std::uint64_t kLower = 0x2020202020202020U;
    const char* at = name.data();
    const std::size_t size = name.size();
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    if (size >= 8) {
      head = read<std::uint64_t>(at);
      tail = read<std::uint64_t>(at + size - 8);
    } else if (size >= 4) {
      head = read<std::uint32_t>(at);
      tail = read<std::uint32_t>(at + size - 4);
    } else {
      head = read<std::uint8_t>(at) | read<std::uint8_t>(at + size / 2) << 8 |
             read<std::uint8_t>(at + size - 1) << 16;
    }
    const std::uint64_t mixed =
        (head | kLower) * 0x9E3779B97F4A7C15U ^ ((tail | kLower) + size) * 0xC2B2AE3D27D4EB4FU;
    return ((mixed ^ mixed >> 32) * factor_) >> (64 - kBits);
  }

  std::array<std::string_view, kSize> names_{};
  std::array<std::uint8_t, kSlots> slots_{};
  std::uint64_t factor_ = 0x9E3779B97F4A7C15U;
};

}  // namespace weir::text
