// mail/links_redirect.h - where a link leads on to, as far as its own text says.
//
// Found: another absolute URL in path, query or fragment, percent-encoded up to twice, or in base64
//   or hexadecimal; a host as the value of a parameter that names a target; the own encodings of
//   Proofpoint URL Defense (v1 to v3), AMP caches and page translators. Opaque ones (shorteners,
//   signed tokens) say nothing.
// Cost:  O(octets of the URL) for each of at most kRedirectsMax targets. Pure but for the cache.
#pragma once

#include <string_view>
#include <vector>

#include "mail/host.h"
#include "mail/reading.h"

namespace weir::mail {

inline constexpr std::size_t kRedirectsMax = 4;

// host: canonical; rest: the URL behind host and port; domain: of the host. Targets of the same
// domain as the link before them are passed over, but followed.
[[nodiscard]] std::vector<LinkTarget> find_redirects(std::string_view host, std::string_view domain,
                                                     std::string_view rest, DomainCache& cache);

}  // namespace weir::mail
