#include "base/bytes.h"

#include <algorithm>

namespace weir {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return -1;
}

}  // namespace

std::string to_hex(std::string_view octets) {
  std::string out;
  out.reserve(octets.size() * 2);
  for (const char c : octets) {
    const auto value = static_cast<unsigned char>(c);
    out.push_back(kHexDigits[value >> 4]);
    out.push_back(kHexDigits[value & 15]);
  }
  return out;
}

Result<std::string> parse_hex(std::string_view text) {
  if (text.size() % 2 != 0) return fail(Errc::invalid, "hex needs an even number of digits");
  std::string out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return fail(Errc::invalid, "not a hex digit", i);
    out.push_back(static_cast<char>(high * 16 + low));
  }
  return out;
}

Result<Digest> parse_digest(std::string_view hex) {
  Digest digest{};
  if (hex.size() != digest.size() * 2)
    return fail(Errc::invalid, "a SHA-256 digest has 64 hex digits");
  WEIR_TRY(const auto octets, parse_hex(hex));
  std::copy(octets.begin(), octets.end(), digest.begin());
  return digest;
}

std::string to_base64(std::string_view octets) {
  std::string out;
  out.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    std::uint32_t group = 0;
    const auto count = std::min<std::size_t>(3, octets.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      group = (group << 8) | (k < count ? static_cast<unsigned char>(octets[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out.push_back(k <= count ? kBase64[(group >> (18 - 6 * k)) & 63] : '=');
  }
  return out;
}

Result<std::string> parse_base64(std::string_view text) {
  if (text.size() % 4 != 0) return fail(Errc::invalid, "base64 comes in groups of four");
  std::string out;
  out.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    const bool last = i + 4 == text.size();
    std::size_t padding = 0;
    if (last && text[i + 3] == '=') padding = text[i + 2] == '=' ? 2 : 1;
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const int value = k >= 4 - padding ? 0 : base64_value(text[i + k]);
      if (value < 0) return fail(Errc::invalid, "not a base64 digit", i + k);
      group = (group << 6) | static_cast<std::uint32_t>(value);
    }
    if ((padding == 1 && (group & 0xff) != 0) || (padding == 2 && (group & 0xffff) != 0))
      return fail(Errc::invalid, "set bits in base64 padding", i);
    out.push_back(static_cast<char>(group >> 16));
    if (padding < 2) out.push_back(static_cast<char>(group >> 8));
    if (padding < 1) out.push_back(static_cast<char>(group));
  }
  return out;
}

void ByteWriter::varint(std::uint64_t value) {
  while (value >= 0x80) {
    u8(static_cast<std::uint8_t>(value | 0x80));
    value >>= 7;
  }
  u8(static_cast<std::uint8_t>(value));
}

void ByteWriter::sized(std::string_view value) {
  varint(value.size());
  octets(value);
}

void ByteWriter::fixed(std::uint64_t value, int octets) {
  for (int i = 0; i < octets; ++i) u8(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint64_t ByteReader::varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const std::uint64_t octet = u8();
    if (!ok_) return 0;
    if (shift == 63 && octet > 1) break;  // more than 64 bits
    value |= (octet & 0x7f) << shift;
    if ((octet & 0x80) == 0) return value;
  }
  ok_ = false;
  return 0;
}

std::string_view ByteReader::octets(std::uint64_t count) {
  if (!ok_ || count > left()) {
    ok_ = false;
    return {};
  }
  const auto value = input_.substr(at_, static_cast<std::size_t>(count));
  at_ += value.size();
  return value;
}

std::string_view ByteReader::sized() { return octets(varint()); }

std::uint64_t ByteReader::fixed(std::size_t octet_count) {
  const auto value = octets(octet_count);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < value.size(); ++i)
    number |= std::uint64_t{static_cast<unsigned char>(value[i])} << (8 * i);
  return number;
}

}  // namespace weir
