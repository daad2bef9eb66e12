#include "mail/host.h"

#include <libpsl.h>
#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/address.h"
#include "mail/ascii.h"
#include "mail/reading.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxHost = 1'024;  // before decoding; a name has at most 253 octets after it

// The list compiled into libpsl; distributions that leave it out install the file instead.
const psl_ctx_t* suffix_list() {
  static const psl_ctx_t* const list =
      psl_builtin() != nullptr ? psl_builtin() : psl_latest(nullptr);
  return list;
}

const UIDNA* uts46() {
  static const std::unique_ptr<UIDNA, decltype(&uidna_close)> idna = [] {
    UErrorCode error = U_ZERO_ERROR;
    UIDNA* made = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &error);
    return std::unique_ptr<UIDNA, decltype(&uidna_close)>(U_SUCCESS(error) ? made : nullptr,
                                                          &uidna_close);
  }();
  return idna.get();
}

std::string to_ascii(std::string_view utf8) {
  const UIDNA* idna = uts46();
  if (idna == nullptr) return {};
  std::array<char, 512> buffer{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t length = uidna_nameToASCII_UTF8(
      idna, utf8.data(), static_cast<std::int32_t>(utf8.size()), buffer.data(),
      static_cast<std::int32_t>(buffer.size()), &info, &error);
  // Errors of single labels (a hyphen in a wrong place) leave a name that can be looked up; U+FFFD
  // marks one that cannot.
  if (U_FAILURE(error) || length <= 0 || static_cast<std::size_t>(length) > buffer.size())
    return {};
  return lower({buffer.data(), static_cast<std::size_t>(length)});
}

// One number of an IPv4 host: decimal, 0x hex, leading-zero octal (WHATWG "IPv4 number parser").
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
  unsigned base = 10;
  if (text.size() >= 2 && text[0] == '0' && to_lower(text[1]) == 'x') {
    base = 16;
    text.remove_prefix(2);
  } else if (text.size() >= 2 && text[0] == '0') {
    base = 8;
    text.remove_prefix(1);
  }
  std::uint64_t value = 0;
  for (const char c : text) {
    const int digit = hex_value(c);
    if (digit < 0 || static_cast<unsigned>(digit) >= base) return std::nullopt;
    value = value * base + static_cast<unsigned>(digit);
    if (value > 0xFFFFFFFFU) return std::nullopt;
  }
  return value;
}

// Looks like numbers to a browser: then it is an address or nothing.
bool ends_in_number(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('.') + 1);
  if (last.empty()) return false;
  return std::all_of(last.begin(), last.end(), is_digit) ||
         (istarts_with(last, "0x") && ipv4_number(last));
}

std::optional<Address> ipv4_host(std::string_view name) {
  std::array<std::uint64_t, 4> part{};
  std::size_t count = 0;
  while (true) {
    const std::size_t dot = std::min(name.find('.'), name.size());
    const auto value = dot == 0 || count == 4 ? std::nullopt : ipv4_number(name.substr(0, dot));
    if (!value) return std::nullopt;
    part[count++] = *value;
    if (dot == name.size()) break;
    name = name.substr(dot + 1);
  }
  std::uint64_t number = part[count - 1];
  if (number >= (std::uint64_t{1} << (8 * (5 - count)))) return std::nullopt;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    if (part[i] > 255) return std::nullopt;
    number += part[i] << (8 * (3 - i));
  }
  return Address::v4(static_cast<std::uint32_t>(number));
}

// Percent-decoding, foreign dots to '.', empty labels at the end dropped.
std::string plain_name(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
        hex_value(text[i + 2]) >= 0) {
      decoded.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
      i += 2;
    } else {
      decoded.push_back(text[i]);
    }
  }
  std::string out;
  out.reserve(decoded.size());
  for (std::size_t i = 0; i < decoded.size(); ++i) {
    if (const std::size_t dot = dot_length(decoded, i); dot > 0) {
      out.push_back('.');
      i += dot - 1;
    } else if (decoded.compare(i, 2, "\xC2\xAD") == 0) {
      ++i;  // soft hyphen: invisible
    } else {
      out.push_back(to_lower(decoded[i]));
    }
  }
  while (out.ends_with('.')) out.pop_back();
  return out;
}

bool is_name(std::string_view name) {
  if (name.empty() || name.size() > 253 || name.front() == '.' ||
      name.find("..") != std::string_view::npos)
    return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; });
}

}  // namespace

std::size_t dot_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '.') return 1;
  const std::string_view three = text.substr(at, 3);
  return three == "\u3002" || three == "\uFF0E" || three == "\uFF61" ? 3 : 0;
}

std::optional<Host> canonical_host(std::string_view utf8) {
  if (utf8.empty() || utf8.size() > kMaxHost) return std::nullopt;
  if (utf8.front() == '[') {
    const std::size_t close = utf8.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    const auto address = Address::parse(utf8.substr(1, close - 1));
    if (!address) return std::nullopt;
    return Host{address->to_string(), true};
  }
  std::string name = plain_name(utf8);
  if (has_8bit(name)) name = to_ascii(name);
  if (!is_name(name)) return std::nullopt;
  if (ends_in_number(name)) {
    const auto address = ipv4_host(name);
    if (!address) return std::nullopt;
    return Host{address->to_string(), true};
  }
  return Host{std::move(name), false};
}

std::string registrable_of(const std::string& canonical_name, Suffixes suffixes) {
  const psl_ctx_t* list = suffix_list();
  if (list == nullptr || canonical_name.find('.') == std::string::npos) return {};
  const char* found = psl_registrable_domain(list, canonical_name.c_str());
  if (found == nullptr) return {};
  std::string domain = found;
  if (suffixes == Suffixes::listed_only) {
    const std::string suffix = domain.substr(domain.find('.') + 1);
    if (psl_is_public_suffix2(list, suffix.c_str(), PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) == 0)
      return {};
  }
  return domain;
}

std::string registrable_domain(std::string_view host) {
  const auto canonical = canonical_host(host);
  if (!canonical || canonical->literal) return {};
  return registrable_of(canonical->name, Suffixes::any);
}

}  // namespace weir::mail
