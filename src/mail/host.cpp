#include "mail/host.h"

#include <libpsl.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/address.h"
#include "base/ascii.h"
#include "mail/host_script.h"
#include "mail/host_uts46.h"
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
std::string plain_name(std::string_view text, bool& percent) {
  std::string decoded;
  if (text.find('%') != std::string_view::npos) {
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
          hex_value(text[i + 2]) >= 0) {
        decoded.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
        i += 2;
        percent = true;
      } else {
        decoded.push_back(text[i]);
      }
    }
    text = decoded;
  }
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const std::size_t dot = dot_length(text, i); dot > 0) {
      out.push_back('.');
      i += dot - 1;
    } else if (text[i] == '\xC2' && text.substr(i, 2) == "\xC2\xAD") {
      ++i;  // soft hyphen: invisible
    } else {
      out.push_back(to_lower(text[i]));
    }
  }
  while (out.ends_with('.')) out.pop_back();
  return out;
}

bool has_a_label(std::string_view name) {
  return name.starts_with("xn--") || name.find(".xn--") != std::string_view::npos;
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
  if (text[at] != '\xE3' && text[at] != '\xEF') return 0;
  const std::string_view three = text.substr(at, 3);
  return three == "\u3002" || three == "\uFF0E" || three == "\uFF61" ? 3 : 0;
}

std::optional<Host> canonical_host(std::string_view utf8) {
  if (utf8.empty() || utf8.size() > kMaxHost) return std::nullopt;
  Host host;
  if (utf8.front() == '[') {
    const std::size_t close = utf8.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    const auto address = Address::parse(utf8.substr(1, close - 1));
    if (!address) return std::nullopt;
    host.name = address->to_string();
    host.literal = true;
    return host;
  }
  host.name = plain_name(utf8, host.percent);
  if (has_8bit(host.name)) {
    host.name = to_ascii_name(host.name);
    while (host.name.ends_with('.')) host.name.pop_back();
  }
  if (!is_name(host.name)) return std::nullopt;
  if (ends_in_number(host.name)) {
    const auto address = ipv4_host(host.name);
    if (!address) return std::nullopt;
    std::string literal = address->to_string();
    host.odd_form = literal != host.name;
    host.name = std::move(literal);
    host.literal = true;
  } else if (has_a_label(host.name)) {
    host.idn = true;
    const HostScript script = host_script(host.name);
    host.mixed_script = script.mixed_script;
    host.lookalike = script.lookalike;
  }
  return host;
}

std::string registrable_of(const std::string& canonical_name, Suffixes suffixes) {
  Domains found = domains_of(canonical_name);
  if (suffixes == Suffixes::listed_only && !found.listed) return {};
  return std::move(found.domain);
}

Domains domains_of(const std::string& canonical_name) {
  Domains out;
  const psl_ctx_t* list = suffix_list();
  if (list == nullptr || canonical_name.find('.') == std::string::npos) return out;
  const char* found = psl_registrable_domain(list, canonical_name.c_str());
  if (found == nullptr) return out;
  out.domain = found;
  const char* suffix = std::strchr(found, '.') + 1;  // a registrable domain has two labels or more
  out.listed = psl_is_public_suffix2(list, suffix, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) != 0;
  if (psl_is_public_suffix2(list, suffix, PSL_TYPE_ICANN) != 0) {
    out.icann = out.domain;
    return out;
  }
  for (const char* name = found; suffix != nullptr;) {
    if (psl_is_public_suffix2(list, suffix, PSL_TYPE_ICANN) != 0) {
      out.icann = name;
      break;
    }
    name = suffix;
    const char* dot = std::strchr(suffix, '.');
    suffix = dot == nullptr ? nullptr : dot + 1;
  }
  return out;
}

const Domains& DomainCache::of(const std::string& canonical_name) {
  if (const auto known = names_.find(canonical_name); known != names_.end()) return known->second;
  if (names_.size() >= kEntriesMax) names_.clear();
  return names_.emplace(canonical_name, domains_of(canonical_name)).first->second;
}

bool DomainCache::is_top_level(std::string_view label) {
  if (label.empty() || label.size() > 63) return false;
  std::array<char, 64> name{};
  std::size_t slot = label.size();
  for (std::size_t i = 0; i < label.size(); ++i) {
    name[i] = label[i];
    slot = slot * 31 + static_cast<unsigned char>(label[i]);
  }
  TopLevel& entry = top_levels_[slot % top_levels_.size()];
  if (entry.size == label.size() && std::string_view(entry.label.data(), entry.size) == label)
    return entry.listed;
  const psl_ctx_t* list = suffix_list();
  const bool listed =
      list != nullptr &&
      psl_is_public_suffix2(list, name.data(), PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) != 0;
  if (label.size() <= entry.label.size()) {
    std::copy(label.begin(), label.end(), entry.label.begin());
    entry.size = static_cast<std::uint8_t>(label.size());
    entry.listed = listed;
  }
  return listed;
}

std::string registrable_domain(std::string_view host) {
  const auto canonical = canonical_host(host);
  if (!canonical || canonical->literal) return {};
  return registrable_of(canonical->name, Suffixes::any);
}

}  // namespace weir::mail
