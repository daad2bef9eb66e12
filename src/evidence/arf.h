// evidence/arf.h - abuse reports in ARF (RFC 5965) inside a mail.
//
// read_report(): nullopt if the message is no ARF report at all (then it is itself the message
// complained of). A report without Source-IP takes it from the trace of the message inside.
// not-spam reports are told apart (feedback_type). Taken as well: reports whose report-type is
// missing, whose feedback part is encoded or whose fields are missing or in brackets, and
//            Microsoft's form without a feedback part. A report that lies inside another message is
//            that message's content.
// Cost:      O(octets), bounded by options.limits. Source: RFC 5965, RFC 6430, RFC 6591.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"
#include "base/time.h"
#include "mail/reading.h"

namespace weir::evidence {

struct ArfReport {
  std::string feedback_type;  // lower case; unknown types are treated as abuse (RFC 5965 3.5)
  std::string user_agent;
  std::optional<Address> source_ip;        // Source-IP, also in brackets
  std::optional<UnixMillis> arrival_date;  // Arrival-Date or Received-Date
  std::string original;  // the message complained of, raw, or its header only; empty if missing
  std::string reporter_domain;  // registrable domain of the report's From; empty if none
};

[[nodiscard]] std::optional<ArfReport> read_report(std::string_view octets,
                                                   const mail::ReadOptions& options);

}  // namespace weir::evidence
