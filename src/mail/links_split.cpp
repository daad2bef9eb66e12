#include "mail/links_split.h"

#include <algorithm>

namespace weir::mail {

Authority split_authority(std::string_view url, std::size_t begin) {
  Authority out;
  out.end = std::min(url.find_first_of("/?#\\", begin), url.size());
  out.host = url.substr(begin, out.end - begin);
  if (const std::size_t at = out.host.rfind('@'); at != std::string_view::npos) {
    out.userinfo = out.host.substr(0, at);
    out.has_userinfo = true;
    out.host.remove_prefix(at + 1);
  }
  const std::size_t close = out.host.starts_with('[') ? out.host.find(']') : 0;
  if (close == std::string_view::npos) return out;
  if (const std::size_t colon = out.host.find(':', close); colon != std::string_view::npos) {
    out.port = out.host.substr(colon + 1);
    out.host = out.host.substr(0, colon);
  }
  return out;
}

std::size_t count_slashes(std::string_view url, std::size_t at) {
  std::size_t count = 0;
  while (at + count < url.size() && (url[at + count] == '/' || url[at + count] == '\\')) ++count;
  return count;
}

}  // namespace weir::mail
