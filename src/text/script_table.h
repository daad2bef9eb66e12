// text/script_table.h - the Script property as a two-stage table, for loops over whole texts.
// For text/ only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "text/script.h"

namespace weir::text {

class ScriptTable {
 public:
  [[nodiscard]] static const ScriptTable& get();

  [[nodiscard]] ScriptNumber operator[](char32_t c) const {
    if (c > 0x10FFFF) return 0;
    return blocks_[block_of_[c >> kBits]][c & (kBlock - 1)];
  }
  // The few scripts that are named one by one.
  [[nodiscard]] Script named(ScriptNumber number) const { return named_[number]; }
  [[nodiscard]] Script script(char32_t c) const { return named_[(*this)[c]]; }

 private:
  static constexpr unsigned kBits = 7;
  static constexpr std::size_t kBlock = 1U << kBits;
  ScriptTable();

  std::array<std::uint16_t, 0x110000 / kBlock> block_of_{};
  std::vector<std::array<ScriptNumber, kBlock>> blocks_;
  std::array<Script, 256> named_{};
};

// next_code_point() with the well-formed sequences of three octets inline: most letters of East
// Asian texts.
[[nodiscard]] inline char32_t next_letter(std::string_view text, std::size_t& at) {
  const auto octet = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i]));
  };
  if (text.size() - at >= 3) {
    const std::uint32_t lead = octet(0), second = octet(1), third = octet(2);
    if (lead > 0xE0 && lead < 0xF0 && lead != 0xED && (second & 0xC0) == 0x80 &&
        (third & 0xC0) == 0x80) {
      at += 3;
      return (lead & 0xF) << 12 | (second & 0x3F) << 6 | (third & 0x3F);
    }
  }
  return next_code_point(text, at);
}

}  // namespace weir::text
