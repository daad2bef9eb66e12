// mail/identifiers_checks.h - the checksums by which an identifier is told from any other token.
//
// Input: ASCII, of any length (longer than any right one is refused at once). Pure, O(octets).
// Source: Bitcoin base58check; BIP 173 and 350 (bech32, bech32m); EIP-55; CryptoNote base58; ISO
// 13616 (IBAN, lengths of its registry); ISO/IEC 7812 (Luhn). Keccak is that of FIPS 202 with the
// padding from before the standard.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace weir::mail {

// The version octet of a base58check string with 20 octets behind it, or nullopt.
[[nodiscard]] std::optional<std::uint8_t> base58check_version(std::string_view text);
// A segregated witness address: its human-readable part in lower case ("bc", "ltc"), or empty.
[[nodiscard]] std::string segwit_prefix(std::string_view text);
[[nodiscard]] std::array<std::uint8_t, 32> keccak256(std::string_view octets);
// 40 hexadecimal digits: all of one case, or of the case that EIP-55 says.
[[nodiscard]] bool is_ethereum(std::string_view hex);
[[nodiscard]] bool is_monero(std::string_view text);
// The length of an IBAN of that country, 0 if it has none. `country`: two upper-case letters.
[[nodiscard]] std::size_t iban_length(std::string_view country);
[[nodiscard]] bool is_iban(std::string_view text);  // upper case, without blanks
[[nodiscard]] bool passes_luhn(std::string_view digits);

}  // namespace weir::mail
