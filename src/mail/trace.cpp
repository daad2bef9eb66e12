// How far Received lines may be believed. Line 0 was written by our own host. A line tells who the
// client of its writer was; if that client is ours too (trusted prefix, or the loopback of the same
// host), the next line was written by ours as well. The first client that is not ours is the
// source, and everything below is what the source says. A line that tells of fetching from a
// mailbox names the mailbox's server, which is ours as far as its lines go.
//
// Lines without an address: a hand-over inside one host ("(qmail 1 invoked from network)", "by mx
// with LMTP id ...") passes the trust on; a local submission ("from userid 0", "with local",
// "invoked by uid 33"), and a client that was seen but whose address was not written down, end it
// without a source. So a forged line below is never taken for a fact.
#include "mail/trace.h"

#include <algorithm>

#include "mail/ascii.h"

namespace weir::mail {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_loopback(const Address& address) {
  if (address.is_v4()) return (address.v4_number() >> 24) == 127;
  const auto& octets = address.octets();
  return octets[15] == 1 &&
         std::all_of(octets.begin(), octets.end() - 1, [](std::uint8_t o) { return o == 0; });
}

bool is_ours(const Address& address, std::span<const Prefix> trusted) {
  return is_loopback(address) || std::any_of(trusted.begin(), trusted.end(),
                                             [&](const Prefix& p) { return p.contains(address); });
}

// A line without an address that was written while the message moved inside the host.
bool is_internal_handover(const Hop& hop, std::string_view raw) {
  if (contains(raw, "invoked from network") || contains(raw, "invoked by alias") ||
      contains(raw, "invoked for bounce"))
    return true;
  if (contains(raw, "invoked by uid") || contains(raw, "from userid") ||
      istarts_with(trim(raw), "(from ") || iequals(hop.with, "local"))
    return false;
  return hop.helo.empty() || iequals(hop.helo, "localhost");
}

// The operator's own host fetched the message from a mailbox of his: nobody sends mail by these
// protocols, and the address is that of the mailbox's server, whose lines follow.
bool is_fetched(const Hop& hop) {
  return istarts_with(hop.with, "POP") || istarts_with(hop.with, "IMAP");
}

}  // namespace

Trace read_trace(const Message& message, std::span<const Prefix> trusted, const Limits& limits) {
  Trace trace;
  if (message.parts.empty()) return trace;
  bool believed = true;
  for (const Field& field : message.parts.front().fields) {
    if (!iequals(field.name, "received")) continue;
    if (trace.hops.size() >= limits.hops) break;
    Hop hop = parse_received(field.value);
    hop.offset = field.offset;
    hop.trusted = believed;
    if (believed && hop.address && !is_ours(*hop.address, trusted) && !is_fetched(hop)) {
      trace.boundary = trace.hops.size();
      trace.source = hop.address;
      trace.received_at = hop.time;
      believed = false;
    } else if (believed && !hop.address) {
      believed = is_internal_handover(hop, field.value);
    }
    trace.hops.push_back(std::move(hop));
  }
  if (!trace.received_at && !trace.hops.empty()) trace.received_at = trace.hops.front().time;
  return trace;
}

}  // namespace weir::mail
