// mail/trace.h - the chain of hosts from the Received lines, cut where the first line that we
// cannot trust begins.
//
// The top line was written by the operator's own host: its `from` address is a fact. If that
// address is itself trusted (trusted prefixes of the operator), the next line is read as well. The
// source is the first address, from the top, that is not trusted; every line below the one that
// named it is a claim. No such address: no source (a locally submitted mail). Output: hops top
// first. Errors: none. Pure. Source: RFC 5321 4.4, shared practice of the MTAs named in trace.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/time.h"
#include "mail/message.h"

namespace weir::mail {

struct Hop {
  std::string by;    // host that wrote the line, as it calls itself
  std::string helo;  // what the client called itself
  std::string rdns;  // name that the writing host says the address has; empty if none or "unknown"
  std::optional<Address> address;  // the client's address
  std::string with;                // protocol
  std::string id;
  std::optional<UnixMillis> time;
  std::uint64_t offset = 0;  // of the field in the message
  bool trusted = false;      // written by a host of ours
};

struct Trace {
  std::vector<Hop> hops;
  std::optional<std::size_t> boundary;  // index of the hop that names the source
  std::optional<Address> source;
  std::optional<UnixMillis> received_at;  // time of the boundary hop, or of the top hop
};

[[nodiscard]] Hop parse_received(std::string_view raw_value);
[[nodiscard]] Trace read_trace(const Message& message, std::span<const Prefix> trusted,
                               const Limits& limits = {});
// RFC 5322 3.3 date-time with its obsolete forms; nullopt if it cannot be read.
[[nodiscard]] std::optional<UnixMillis> parse_date(std::string_view text);

}  // namespace weir::mail
