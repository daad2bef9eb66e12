// dns/name.h - a domain name, as it stands on the wire.
//
// Name:    at most 255 octets with its length octets and the root, labels of 1 to 63 octets of any
// value; true by construction.
//          Compared without regard to ASCII case (RFC 4343), kept in the case it came in.
// read:    follows compression pointers that go backwards only, each one before the last, so that
// no message can make a loop
//          or cost more than its own length.
// Text:    RFC 1035 5.1: labels joined by dots, the final dot optional, \X and \DDD escapes; the
// root is ".". Threads: a value, share freely. Source:  RFC 1035 2.3.4, 3.1, 4.1.4, 5.1; RFC 4343.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace weir::dns {

inline constexpr std::size_t kMaxNameOctets = 255;
inline constexpr std::size_t kMaxLabelOctets = 63;

class Name {
 public:
  Name() : size_(1) { wire_[0] = 0; }  // the root
  Name(const Name& other) { *this = other; }
  Name& operator=(const Name& other);  // copies only the octets in use

  // Errc::invalid.
  [[nodiscard]] static Result<Name> parse(std::string_view text);
  // Reads the name at message[at] and moves `at` behind it; `at` is unspecified after an error.
  // Errc::invalid.
  [[nodiscard]] static Result<Name> read(std::string_view message, std::size_t& at);
  // The same without an Error to build, for the path of every query.
  [[nodiscard]] static bool read_into(Name& name, std::string_view message, std::size_t& at);

  // Uncompressed, the root's zero included. Valid while the Name lives.
  [[nodiscard]] std::string_view wire() const { return {wire_.data(), size_}; }
  [[nodiscard]] bool is_root() const { return size_ == 1; }
  [[nodiscard]] std::string to_string() const;

  // If this name is `ancestor` or below it: the octets of its own labels in front of the ancestor's
  // (empty for the ancestor itself), a sequence of length octet and label. Valid while the Name
  // lives.
  [[nodiscard]] std::optional<std::string_view> below(const Name& ancestor) const;

  friend bool operator==(const Name& a, const Name& b);

 private:
  bool append(std::string_view label);  // in front of the root; false: too long

  std::array<char, kMaxNameOctets> wire_;
  std::uint8_t size_;
};

// Equal without regard to ASCII case; a dot is like any other octet.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

// Moves `at` behind the name there without following pointers; false if it does not end inside the
// message.
[[nodiscard]] bool skip_name(std::string_view message, std::size_t& at);

}  // namespace weir::dns
