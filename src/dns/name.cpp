#include "dns/name.h"

#include <fmt/format.h>

#include <cstring>

namespace weir::dns {
namespace {

constexpr std::uint8_t kPointer = 0xc0;  // the two high bits of a length octet
// A name has at most 127 labels, so more jumps than that only serve to cost time.
constexpr int kMaxJumps = 127;

std::uint8_t octet(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_escaped(std::string& out, char c) {
  const auto value = static_cast<std::uint8_t>(c);
  if (value <= 0x20 || value >= 0x7f) {
    fmt::format_to(std::back_inserter(out), "\\{:03}", value);
    return;
  }
  if (std::string_view(".\\\"();@$").find(c) != std::string_view::npos) out.push_back('\\');
  out.push_back(c);
}

// The octet that the escape after a backslash at text[at - 1] means; moves `at` behind it.
std::optional<char> read_escape(std::string_view text, std::size_t& at) {
  if (at >= text.size()) return std::nullopt;
  if (!is_digit(text[at])) return text[at++];
  if (text.size() - at < 3 || !is_digit(text[at + 1]) || !is_digit(text[at + 2]))
    return std::nullopt;
  const int value = (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
  if (value > 255) return std::nullopt;
  at += 3;
  return static_cast<char>(static_cast<std::uint8_t>(value));
}

}  // namespace

Name& Name::operator=(const Name& other) {
  if (this != &other) {
    std::memcpy(wire_.data(), other.wire_.data(), other.size_);
    size_ = other.size_;
  }
  return *this;
}

bool Name::append(std::string_view label) {
  if (label.empty() || label.size() > kMaxLabelOctets) return false;
  if (size_ + 1 + label.size() > kMaxNameOctets) return false;
  const std::size_t at = size_ - std::size_t{1};
  wire_[at] = static_cast<char>(label.size());
  std::memcpy(&wire_[at + 1], label.data(), label.size());
  size_ = static_cast<std::uint8_t>(size_ + 1 + label.size());
  wire_[size_ - std::size_t{1}] = 0;
  return true;
}

Result<Name> Name::parse(std::string_view text) {
  Name name;
  if (text == ".") return name;
  const auto bad = [&](std::string_view why, std::size_t at) {
    return fail(Errc::invalid,
                fmt::format("'{}' is not a domain name: {}", text.substr(0, 80), why), at);
  };
  if (text.empty()) return bad("it is empty", 0);
  std::array<char, kMaxLabelOctets> label{};
  std::size_t size = 0;
  for (std::size_t at = 0; at < text.size();) {
    char c = text[at++];
    if (c == '.') {
      if (size == 0) return bad("a label is empty", at - 1);
      if (!name.append({label.data(), size})) return bad("it is longer than 255 octets", at);
      size = 0;
      continue;
    }
    if (c == '\\') {
      const auto escaped = read_escape(text, at);
      if (!escaped) return bad("an escape is not \\DDD or \\X", at);
      c = *escaped;
    }
    if (size == label.size()) return bad("a label is longer than 63 octets", at - 1);
    label[size++] = c;
  }
  if (size > 0 && !name.append({label.data(), size}))
    return bad("it is longer than 255 octets", text.size());
  return name;
}

bool Name::read_into(Name& name, std::string_view message, std::size_t& at) {
  name.size_ = 1;
  name.wire_[0] = 0;
  std::size_t from = at;
  std::size_t bound = at;  // a pointer must lead before this, and each one moves it down
  int jumps = 0;
  while (true) {
    if (from >= message.size()) return false;
    const std::uint8_t length = octet(message, from);
    if (length == 0) {
      if (jumps == 0) at = from + 1;
      return true;
    }
    if ((length & kPointer) == kPointer) {
      if (message.size() - from < 2) return false;
      const std::size_t target = (std::size_t{length & 0x3fU} << 8) | octet(message, from + 1);
      if (target >= bound || jumps == kMaxJumps) return false;
      if (jumps++ == 0) at = from + 2;
      from = bound = target;
      continue;
    }
    if (length > kMaxLabelOctets || message.size() - from - 1 < length) return false;
    if (!name.append(message.substr(from + 1, length))) return false;
    from += std::size_t{1} + length;
  }
}

Result<Name> Name::read(std::string_view message, std::size_t& at) {
  const std::size_t start = at;
  Name name;
  if (!read_into(name, message, at))
    return fail(Errc::invalid, "the octets are not a domain name", start);
  return name;
}

std::string Name::to_string() const {
  if (is_root()) return ".";
  std::string out;
  for (std::size_t at = 0; wire_[at] != 0;) {
    const auto length = static_cast<std::uint8_t>(wire_[at]);
    if (at > 0) out.push_back('.');
    for (std::size_t i = at + 1; i <= at + length; ++i) append_escaped(out, wire_[i]);
    at += std::size_t{1} + length;
  }
  return out;
}

std::optional<std::string_view> Name::below(const Name& ancestor) const {
  if (ancestor.size_ > size_) return std::nullopt;
  const std::size_t own = static_cast<std::size_t>(size_) - ancestor.size_;
  // The ancestor must begin at a label's border, not inside a label whose octets look like it.
  std::size_t at = 0;
  while (at < own) at += std::size_t{1} + static_cast<std::uint8_t>(wire_[at]);
  if (at != own) return std::nullopt;
  // Length octets are below 'A', so that comparing them like letters changes nothing.
  if (!equal_ignoring_case(wire().substr(own), ancestor.wire())) return std::nullopt;
  return wire().substr(0, own);
}

bool operator==(const Name& a, const Name& b) { return equal_ignoring_case(a.wire(), b.wire()); }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

bool skip_name(std::string_view message, std::size_t& at) {
  while (at < message.size()) {
    const std::uint8_t length = octet(message, at);
    if (length == 0) {
      ++at;
      return true;
    }
    if ((length & kPointer) == kPointer) {
      at += 2;
      return at <= message.size();
    }
    if (length > kMaxLabelOctets) return false;
    at += std::size_t{1} + length;
  }
  return false;
}

}  // namespace weir::dns
