// list/answer.h - one DNS query in, one DNS response out: a pure function over an index snapshot
// (RFC 1035, 5782, 6891, 8020, 2308, 8482).
//
// Input:  the octets of one query as received. Output: the octets to send back, or empty if it must
// not be answered (a response, or too
//         short to have an id). Never larger than max_octets(query, transport): then TC is set and
//         the answer is empty.
// Zone:   serves zone.name: A, AAAA (the A value as ::ffff:a.b.c.d), TXT for listed names, the RFC
// 5782 test entries, SOA and NS at the apex, NODATA at empty
//         non-terminals, NXDOMAIN with SOA otherwise, REFUSED outside. Owner names keep the case of
//         the query.
// Names:  d.c.b.a (decimal, no leading zeros) for IPv4, 32 nibbles for IPv6; ::ffff:a.b.c.d asks
// for a.b.c.d. Four one-digit labels can be an IPv4
//         address and the upper part of an IPv6 one: such a name exists if either does.
// Test:   127.0.0.2 and ::ffff:7f00:2 are always listed, 127.0.0.1 and ::ffff:7f00:1 never,
// whatever the index holds. ANY:    a single A at a listed name, the SOA at the apex (RFC
// 8482 4.1). AXFR, IXFR and other transactions: REFUSED. Size:   UDP 512 without EDNS; with it what
// the client takes, between 512 and 1232. TCP 65,535. TTL:    min(zone.ttl, seconds left of the
// listing). Threads: pure. Cost: Index::find, one allocation for the response.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "list/index.h"

namespace weir::list {

struct Zone {
  std::string name = "bl.weir.test";  // lower case, no final dot
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
  enum class Kind {
    ignored,
    malformed,
    refused,
    listed,
    not_listed,
    nodata,
    apex,
    other
  } kind = Kind::ignored;  // for metrics
};

// A zone whose names are no domain names is answered with SERVFAIL; check_zone() says why
// beforehand (Errc::invalid).
[[nodiscard]] Status check_zone(const Zone& zone);

[[nodiscard]] Answered answer(const Zone& zone, const Index& index, std::string_view query,
                              Transport transport, UnixMillis now);

// What TXT says: "REASON; listed until TIME; LINK", ASCII, at most 255 octets; a long reason is
// cut, a link too long to fit is left out.
[[nodiscard]] std::string txt_of(const Zone& zone, const Listing& listing);

}  // namespace weir::list
