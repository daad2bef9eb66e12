// auth/author.h - the domains that a From field names (RFC 5322 3.6.2), whole, for DMARC.
//
// mail/from_field.h answers another question: the one registrable domain that a reader sees.
// Input: the raw value. An address in angle brackets wins over the words before it; what stands in
// comments and quoted strings is no address. Output: canonical A-labels, each once, in order, at
// most kMaxAuthors. O(octets). Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weir::auth {

inline constexpr std::size_t kMaxAuthors = 20;

[[nodiscard]] std::vector<std::string> author_domains(std::string_view raw_value);

}  // namespace weir::auth
