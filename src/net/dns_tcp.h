// net/dns_tcp.h - DNS over TCP: frames of a 16-bit length and a query, answered in order. Only net/
// includes this.
#pragma once

#include "net/dns_udp.h"

namespace weir::net {

class DnsTcp {
 public:
  virtual ~DnsTcp() = default;  // stops, waits
  [[nodiscard]] virtual const WorkerCounts& counts() const = 0;
};

[[nodiscard]] std::unique_ptr<DnsTcp> serve_dns_tcp(std::vector<Fd> listeners,
                                                    const DnsOptions& options,
                                                    const std::function<DnsState()>& state,
                                                    const Clock& clock);

// The complete frames at the front of `input` are answered onto `out`; returns the octets they
// took, or nullopt if one of them must not be answered, which ends the connection.
[[nodiscard]] std::optional<std::size_t> answer_frames(std::string_view input,
                                                       const DnsState& state, UnixMillis now,
                                                       WorkerCounts& counts, std::string& out);

}  // namespace weir::net
