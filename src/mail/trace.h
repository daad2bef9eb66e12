// mail/trace.h - the chain of hosts from the Received lines, cut where the first line that we
// cannot trust begins.
//
// The top line was written by the operator's own host: its `from` address is a fact. If that
// address is itself trusted (trusted prefixes of the operator), the next line is read as well. The
// source is the first address, from the top, that is not trusted; every line below the one that
// named it is a claim. No such address: no source (a locally submitted mail).
//
// Output:  hops top first, each with doubts; why the trust ends; what other fields claim about the
//          origin, kept apart: no claim and no doubt ever moves the source.
// Names:   software, doubts, boundary_reason and Handling::kind are stable words, static storage;
//          all of them are in docs/reading/trace.md.
// Errors:  none. Cost: O(octets of the header), bounded by Limits::hops. Pure.
// Source:  RFC 5321 4.4, RFC 3848, shared practice of the programs named in received.cpp.
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
  std::string recipient;     // `for`, without angle brackets; the first one
  std::string via;
  std::string envelope_from;   // where the form has it; "<>" for the empty path
  bool authenticated = false;  // the client had logged in, says the line
  std::string login;           // as whom, where that is written
  std::string ident;           // RFC 1413 answer, or the local user of a submission
  std::string tls;             // "TLSv1.3"; "TLS" if the version is not written; empty: not noted
  std::string_view software;   // the program whose form this is; empty if not known
  bool forged = false;         // a claim (not trusted) that is most likely not true
  std::vector<std::string_view> doubts;
};

// An address that a field names as the origin: of the web browser, of the client of an earlier
// host.
struct OriginClaim {
  std::string field;  // lower case: "x-originating-ip", "received-spf", "received" (web mail)
  Address address;
  std::uint64_t offset = 0;  // of the field in the message
};

// How the message says it came here: "mailing_list", "forwarded", "resent", "fetched".
struct Handling {
  std::string_view kind;
  std::string detail;  // the list's id, the address forwarded to, the mailbox's server
  std::uint64_t offset = 0;
};

struct Trace {
  std::vector<Hop> hops;
  std::optional<std::size_t> boundary;  // index of the hop that names the source
  std::optional<Address> source;
  std::optional<UnixMillis> received_at;  // time of the boundary hop, or of the top hop
  std::string_view boundary_reason;       // why the trust ends where it does
  std::string boundary_detail;            // the same for a person
  std::vector<OriginClaim> origin_claims;
  std::vector<Handling> handling;
};

// The value of one Received field. Sets the doubts that the line alone gives.
[[nodiscard]] Hop parse_received(std::string_view raw_value);
[[nodiscard]] Trace read_trace(const Message& message, std::span<const Prefix> trusted,
                               const Limits& limits = {});
// RFC 5322 3.3 date-time with its obsolete and its many other forms; nullopt if it cannot be read.
[[nodiscard]] std::optional<UnixMillis> parse_date(std::string_view text);

}  // namespace weir::mail
