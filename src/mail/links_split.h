// mail/links_split.h - the authority of an absolute URL, as browsers cut it. For links only. Pure,
// O(octets).
#pragma once

#include <cstddef>
#include <string_view>

namespace weir::mail {

struct Authority {
  std::string_view userinfo;  // without '@'
  std::string_view host;      // as written; with its brackets, if it has them
  std::string_view port;
  bool has_userinfo = false;
  std::size_t end = 0;  // in the URL: where path, query or fragment begin
};
// url[begin] is the first octet behind the slashes.
[[nodiscard]] Authority split_authority(std::string_view url, std::size_t begin);

// How many slashes or backslashes stand at url[at].
[[nodiscard]] std::size_t count_slashes(std::string_view url, std::size_t at);

}  // namespace weir::mail
