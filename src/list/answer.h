// list/answer.h - one DNS query in, one DNS response out: a pure function over an index snapshot (RFC 1035, 5782, 6891, 8020, 2308, 8482).
//
// Input:  the octets of one query as received. Output: the octets to send back, or empty if it must not be answered (a response, or too
//         short to have an id). Never larger than max_octets for UDP: then TC is set and the answer is empty.
// Zone:   serves bl.<zone>: A, AAAA (mapped ::ffff:127.0.0.2), TXT for listed names, the RFC 5782 test entries, SOA and NS at the apex, NODATA at empty
//         non-terminals, NXDOMAIN with SOA otherwise, REFUSED outside. Owner names keep the case of the query.
// TTL:    min(zone.ttl, seconds left of the listing). Threads: pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "list/index.h"

namespace weir::list {

struct Zone {
  std::string name = "bl.weir.test";        // lower case, no final dot
  std::string name_server = "ns.weir.test";
  std::string mailbox = "hostmaster.weir.test";
  std::uint32_t ttl_s = 300;
  std::uint32_t negative_ttl_s = 60;
  std::uint32_t serial = 1;
  std::string link = "http://127.0.0.1:8300/check/";  // TXT ends with link + subject
};

enum class Transport { udp, tcp };

struct Answered {
  std::string response;
  enum class Kind { ignored, malformed, refused, listed, not_listed, nodata, apex, other } kind = Kind::ignored;  // for metrics
};

[[nodiscard]] Answered answer(const Zone& zone, const Index& index, std::string_view query, Transport transport, UnixMillis now);

}  // namespace weir::list
