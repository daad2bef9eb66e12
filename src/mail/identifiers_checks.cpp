#include "mail/identifiers_checks.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/ascii.h"
#include "crypto/crypto.h"

namespace weir::mail {
namespace {

constexpr std::string_view kBase58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view kBech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

constexpr std::array<std::int8_t, 128> values_of(std::string_view alphabet) {
  std::array<std::int8_t, 128> out{};
  out.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    out[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  return out;
}
constexpr auto kBase58Values = values_of(kBase58);
constexpr auto kBech32Values = values_of(kBech32);

int value_in(const std::array<std::int8_t, 128>& values, char c) {
  return is_8bit(c) ? -1 : values[static_cast<unsigned char>(c)];
}

// Base58 as a big-endian number of out.size() octets; false if it does not fit.
template <std::size_t size>
bool base58_decode(std::string_view text, std::array<std::uint8_t, size>& out) {
  out.fill(0);
  for (const char c : text) {
    const int digit = value_in(kBase58Values, c);
    if (digit < 0) return false;
    unsigned carry = static_cast<unsigned>(digit);
    for (std::size_t i = size; i-- > 0;) {
      carry += 58U * out[i];
      out[i] = static_cast<std::uint8_t>(carry & 0xFF);
      carry >>= 8;
    }
    if (carry != 0) return false;
  }
  return true;
}

std::string_view octets(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

constexpr std::array<std::uint64_t, 24> kRounds = [] {
  // The round constants come from an LFSR (FIPS 202 3.2.5).
  std::array<std::uint64_t, 24> out{};
  unsigned lfsr = 1;
  for (auto& constant : out)
    for (unsigned j = 0; j < 7; ++j) {
      if ((lfsr & 1) != 0) constant |= std::uint64_t{1} << ((1U << j) - 1);
      lfsr = (lfsr << 1) ^ ((lfsr >> 7) * 0x171);
    }
  return out;
}();

void keccak_f(std::array<std::uint64_t, 25>& a) {
  for (const std::uint64_t constant : kRounds) {
    std::array<std::uint64_t, 5> c{};
    for (std::size_t x = 0; x < 5; ++x) c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (std::size_t x = 0; x < 5; ++x) {
      const std::uint64_t d = c[(x + 4) % 5] ^ std::rotl(c[(x + 1) % 5], 1);
      for (std::size_t y = 0; y < 25; y += 5) a[x + y] ^= d;
    }
    // Rho and pi: the lanes are moved along one cycle of 24, each turned by a triangular number.
    std::size_t x = 1;
    std::size_t y = 0;
    std::uint64_t lane = a[1];
    for (unsigned t = 0; t < 24; ++t) {
      const std::size_t next = (2 * x + 3 * y) % 5;
      x = y;
      y = next;
      const int turn = static_cast<int>((t + 1) * (t + 2) / 2 % 64);
      lane = std::exchange(a[x + 5 * y], std::rotl(lane, turn));
    }
    for (std::size_t row = 0; row < 25; row += 5) {
      std::array<std::uint64_t, 5> b{};
      std::copy_n(a.begin() + static_cast<std::ptrdiff_t>(row), 5, b.begin());
      for (std::size_t i = 0; i < 5; ++i) a[row + i] = b[i] ^ (~b[(i + 1) % 5] & b[(i + 2) % 5]);
    }
    a[0] ^= constant;
  }
}

std::uint32_t bech32_step(std::uint32_t checksum, std::uint32_t value) {
  constexpr std::array<std::uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                       0x3d4233dd, 0x2a1462b3};
  const std::uint32_t top = checksum >> 25;
  checksum = ((checksum & 0x1ffffff) << 5) ^ value;
  for (std::size_t i = 0; i < 5; ++i)
    if (((top >> i) & 1) != 0) checksum ^= kGenerator[i];
  return checksum;
}

}  // namespace

std::optional<std::uint8_t> base58check_version(std::string_view text) {
  if (text.size() < 26 || text.size() > 35) return std::nullopt;
  std::array<std::uint8_t, 25> out{};
  if (!base58_decode(text, out)) return std::nullopt;
  const std::string_view payload = octets(out.data(), 21);
  const Digest once = crypto::sha256(payload);
  const Digest twice = crypto::sha256(as_octets(once));
  if (!std::equal(out.begin() + 21, out.end(), twice.begin())) return std::nullopt;
  // A leading zero octet is written as one '1', no more and no less.
  const auto zeros = static_cast<std::size_t>(
      std::find_if(out.begin(), out.end(), [](std::uint8_t o) { return o != 0; }) - out.begin());
  if (std::min(text.find_first_not_of('1'), text.size()) != zeros) return std::nullopt;
  return out[0];
}

std::string segwit_prefix(std::string_view text) {
  if (text.size() < 14 || text.size() > 90) return {};
  const std::string lowered = lower(text);
  if (lowered != text &&
      std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
    return {};  // mixed case
  const std::size_t one = lowered.rfind('1');
  if (one == std::string::npos || one == 0 || one + 8 > lowered.size()) return {};
  std::uint32_t checksum = 1;
  for (std::size_t i = 0; i < one; ++i)
    checksum = bech32_step(checksum, static_cast<unsigned char>(lowered[i]) >> 5);
  checksum = bech32_step(checksum, 0);
  for (std::size_t i = 0; i < one; ++i)
    checksum = bech32_step(checksum, static_cast<unsigned char>(lowered[i]) & 31);
  for (std::size_t i = one + 1; i < lowered.size(); ++i) {
    const int value = value_in(kBech32Values, lowered[i]);
    if (value < 0) return {};
    checksum = bech32_step(checksum, static_cast<std::uint32_t>(value));
  }
  const int version = value_in(kBech32Values, lowered[one + 1]);
  if (version > 16) return {};
  return checksum == (version == 0 ? 1U : 0x2bc830a3U) ? lowered.substr(0, one) : std::string();
}

std::array<std::uint8_t, 32> keccak256(std::string_view text) {
  constexpr std::size_t kRate = 136;
  std::array<std::uint64_t, 25> state{};
  const auto absorb = [&](std::size_t at, std::uint8_t octet) {
    state[at / 8] ^= std::uint64_t{octet} << (8 * (at % 8));
  };
  std::size_t at = 0;
  for (const char c : text) {
    absorb(at++, static_cast<std::uint8_t>(c));
    if (at == kRate) {
      keccak_f(state);
      at = 0;
    }
  }
  absorb(at, 0x01);
  absorb(kRate - 1, 0x80);
  keccak_f(state);
  std::array<std::uint8_t, 32> out{};
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<std::uint8_t>(state[i / 8] >> (8 * (i % 8)));
  return out;
}

bool is_ethereum(std::string_view hex) {
  if (hex.size() != 40) return false;
  bool small = false;
  bool large = false;
  for (const char c : hex) {
    if (hex_value(c) < 0) return false;
    small |= c >= 'a';
    large |= c >= 'A' && c <= 'F';
  }
  if (!small || !large) return true;
  const auto digest = keccak256(lower(hex));
  for (std::size_t i = 0; i < 40; ++i) {
    if (is_digit(hex[i])) continue;
    const unsigned nibble = (digest[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xF;
    if ((nibble >= 8) != (hex[i] < 'a')) return false;
  }
  return true;
}

bool is_monero(std::string_view text) {
  // Blocks of 11 characters are 8 octets, the last one of 7 is 5: 69 octets; with a payment id, of
  // 106 characters, 77.
  if ((text.size() != 95 && text.size() != 106) || (text[0] != '4' && text[0] != '8')) return false;
  std::string out;
  while (!text.empty()) {
    const std::string_view block = text.substr(0, 11);
    const std::size_t size = block.size() == 11 ? 8 : block.size() == 7 ? 5 : 0;
    std::array<std::uint8_t, 8> number{};
    if (size == 0 || !base58_decode(block, number)) return false;
    for (std::size_t i = 0; i + size < 8; ++i)
      if (number[i] != 0) return false;
    out += octets(number.data() + 8 - size, size);
    text.remove_prefix(block.size());
  }
  const auto digest = keccak256(std::string_view(out).substr(0, out.size() - 4));
  return std::equal(out.end() - 4, out.end(), digest.begin(),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

std::size_t iban_length(std::string_view country) {
  // Sorted: country and length.
  static constexpr auto kLengths = std::to_array<std::string_view>(
      {"AD24", "AE23", "AL28", "AT20", "AZ28", "BA20", "BE16", "BG22", "BH22", "BI27", "BR29",
       "BY28", "CH21", "CR22", "CY28", "CZ24", "DE22", "DJ27", "DK18", "DO28", "EE20", "EG29",
       "ES24", "FI18", "FK18", "FO18", "FR27", "GB22", "GE22", "GI23", "GL18", "GR27", "GT28",
       "HR21", "HU28", "IE22", "IL23", "IQ23", "IS26", "IT27", "JO30", "KW30", "KZ20", "LB28",
       "LC32", "LI21", "LT20", "LU20", "LV21", "LY25", "MC27", "MD24", "ME22", "MK19", "MN20",
       "MR27", "MT31", "MU30", "NI28", "NL18", "NO15", "OM23", "PK24", "PL28", "PS29", "PT25",
       "QA29", "RO24", "RS22", "RU33", "SA24", "SC31", "SD18", "SE24", "SI19", "SK24", "SM27",
       "SO23", "ST25", "SV28", "TL23", "TN24", "TR26", "UA29", "VA22", "VG24", "XK20", "YE30"});
  const auto row =
      std::lower_bound(kLengths.begin(), kLengths.end(), country,
                       [](std::string_view a, std::string_view b) { return a.substr(0, 2) < b; });
  if (row == kLengths.end() || row->substr(0, 2) != country) return 0;
  return static_cast<std::size_t>((*row)[2] - '0') * 10 + static_cast<std::size_t>((*row)[3] - '0');
}

bool is_iban(std::string_view text) {
  if (text.size() < 15 || text.size() != iban_length(text.substr(0, 2))) return false;
  unsigned rest = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[(i + 4) % text.size()];
    if (is_digit(c))
      rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
    else if (c >= 'A' && c <= 'Z')
      rest = (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
    else
      return false;
  }
  return rest == 1;
}

bool passes_luhn(std::string_view digits) {
  unsigned sum = 0;
  bool twice = false;
  for (std::size_t i = digits.size(); i-- > 0; twice = !twice) {
    unsigned digit = static_cast<unsigned>(digits[i] - '0');
    if (twice && (digit *= 2) > 9) digit -= 9;
    sum += digit;
  }
  return sum % 10 == 0;
}

}  // namespace weir::mail
