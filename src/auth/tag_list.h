// auth/tag_list.h - "v=1; a=rsa-sha256; ..." (RFC 6376 3.2): signatures, keys, DMARC records.
//
// Views into the input. Errc::invalid: no '=', a bad name, a name twice, an octet that no value may
// have. Cost: O(octets); at most kMaxTags tags.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace weir::auth {

inline constexpr std::size_t kMaxTags = 64;

struct Tag {
  std::string_view name;
  std::string_view value;  // blanks and folding at both ends removed, inside kept
  std::size_t begin = 0;   // of all that stands between '=' and ';'
  std::size_t end = 0;
};

class TagList {
 public:
  [[nodiscard]] static Result<TagList> parse(std::string_view text);
  [[nodiscard]] const std::vector<Tag>& tags() const { return tags_; }
  [[nodiscard]] const Tag* find(std::string_view name) const;  // names are case-sensitive
  // The value, or nullopt.
  [[nodiscard]] std::optional<std::string_view> value(std::string_view name) const;

 private:
  std::vector<Tag> tags_;
};

[[nodiscard]] std::string without_blanks(std::string_view value);
// Digits only, at most 12 of them (t=, x=); l= has up to 76, but no body that long exists.
[[nodiscard]] std::optional<std::uint64_t> parse_number(std::string_view digits);
// "from : to:subject" at each ':', blanks removed, in lower case.
[[nodiscard]] std::vector<std::string> split_colons(std::string_view value);

}  // namespace weir::auth
