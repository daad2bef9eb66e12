// mail/trace_doubts.h - what speaks against the hops of a trace. Inside mail only.
//
// Input: a trace whose hops, trust and boundary are complete. Adds to Hop::doubts and sets
// Hop::forged on hops that are not trusted. Never changes the source, the boundary or the trust.
#pragma once

#include "mail/trace.h"

namespace weir::mail {

void find_doubts(Trace& trace, std::span<const Prefix> trusted);

// 127/8, ::1.
[[nodiscard]] bool is_loopback(const Address& address);
// Not reachable over the Internet but usual inside a network: RFC 1918, RFC 6598, link-local, ULA,
// loopback.
[[nodiscard]] bool is_private(const Address& address);

}  // namespace weir::mail
