// mail/host_uts46.h - host names between Unicode and A-labels (UTS 46, non-transitional).
//
// Both give an empty string if the name cannot be written so. O(octets), thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace weir::mail {

[[nodiscard]] std::string to_ascii_name(std::string_view utf8);     // lower case
[[nodiscard]] std::string to_unicode_name(std::string_view ascii);  // UTF-8

}  // namespace weir::mail
