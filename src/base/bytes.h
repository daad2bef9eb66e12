// base/bytes.h - octets as text (hex, base64) and small binary fields in and out of a string.
//
// Octets travel as std::string_view / std::string: any value, NUL included; no encoding implied.
// ByteWriter/ByteReader: what snapshots are made of. Integers are little-endian, varints LEB128 (<=
// 10 octets). ByteReader never reads past its input: after the first failure every read returns
// zero/empty and ok() is false, so a parser checks once at the end of a group.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace weir {

using Digest = std::array<std::uint8_t, 32>;  // SHA-256

[[nodiscard]] inline std::string_view as_octets(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

[[nodiscard]] std::string to_hex(std::string_view octets);
[[nodiscard]] Result<std::string> parse_hex(std::string_view text);
[[nodiscard]] Result<Digest> parse_digest(std::string_view hex);

[[nodiscard]] std::string to_base64(std::string_view octets);  // RFC 4648 4, padded
// Strict: no blanks, right padding, no set bits in the padding.
[[nodiscard]] Result<std::string> parse_base64(std::string_view text);

class ByteWriter {
 public:
  void u8(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void u16(std::uint16_t value) { fixed(value, 2); }
  void u32(std::uint32_t value) { fixed(value, 4); }
  void u64(std::uint64_t value) { fixed(value, 8); }
  void varint(std::uint64_t value);
  void octets(std::string_view value) { out_.append(value); }
  void sized(std::string_view value);  // varint length, then the octets
  [[nodiscard]] const std::string& str() const { return out_; }
  [[nodiscard]] std::string take() { return std::exchange(out_, {}); }

 private:
  void fixed(std::uint64_t value, int octets);
  std::string out_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view input) : input_(input) {}
  std::uint8_t u8() { return static_cast<std::uint8_t>(fixed(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(fixed(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(fixed(4)); }
  std::uint64_t u64() { return fixed(8); }
  std::uint64_t varint();
  std::string_view octets(std::uint64_t count);
  std::string_view sized();
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return ok_ && at_ == input_.size(); }
  [[nodiscard]] std::size_t offset() const { return at_; }
  [[nodiscard]] std::size_t left() const { return input_.size() - at_; }

 private:
  std::uint64_t fixed(std::size_t octets);
  std::string_view input_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace weir
