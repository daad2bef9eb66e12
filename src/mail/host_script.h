// mail/host_script.h - whether a host name with letters beyond ASCII is made to deceive the eye.
//
// mixed_script: one label mixes writings that no language mixes (Latin and Cyrillic; Unicode
//   UTS 39 5.1 with the augmented sets of Chinese, Japanese and Korean).
// lookalike: every letter of one label is ASCII or has an ASCII letter as its picture, and the
//   top-level domain is ASCII.
// Input: a canonical name with at least one A-label. O(octets), pure.
#pragma once

#include <string>

namespace weir::mail {

struct HostScript {
  bool mixed_script = false;
  bool lookalike = false;
};
[[nodiscard]] HostScript host_script(const std::string& canonical_name);

}  // namespace weir::mail
