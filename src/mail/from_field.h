// mail/from_field.h - whose domain a From field names (RFC 5322 3.6.2).
//
// The registrable domain of the last address; one inside angle brackets wins over one outside. An
// address inside a comment or a quoted display name is a lie told to the reader, not the address.
// Input: the raw value. Empty if there is none. O(octets), pure.
#pragma once

#include <string>
#include <string_view>

namespace weir::mail {

[[nodiscard]] std::string domain_of_from(std::string_view raw_value);

}  // namespace weir::mail
