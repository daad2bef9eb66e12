// auth/dmarc.h - does what SPF and DKIM vouch for belong to the author that a reader sees, and what
// does that author's domain ask for if not? (RFC 7489)
//
// Input:   the header, the results of SPF and DKIM, a number for pct=, the answers so far.
// Output:  the one or two records still needed, or a result. none: the domain asks for nothing
//          (no record, several records, no policy in it); pass; fail; temperror: the record, or a
//          check that could have passed, could not be asked for; permerror: no author, or several
//          (a second From field, addresses of several domains).
// Domains: the organisational domain is what the Public Suffix List says
//          (mail::registrable_domain).
// Threads: pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "auth/answers.h"
#include "auth/dkim.h"
#include "auth/header.h"
#include "auth/outcome.h"
#include "auth/spf.h"

namespace weir::auth {

enum class DmarcPolicy : std::uint8_t { none, quarantine, reject };
[[nodiscard]] std::string_view to_string(DmarcPolicy policy);

enum class Alignment : std::uint8_t { relaxed, strict };

struct DmarcRecord {
  DmarcPolicy policy = DmarcPolicy::none;       // p=
  std::optional<DmarcPolicy> subdomain_policy;  // sp=
  Alignment dkim = Alignment::relaxed;          // adkim=
  Alignment spf = Alignment::relaxed;           // aspf=
  int percent = 100;                            // pct=
};

// "v=DMARC1" as the first tag, exactly so.
[[nodiscard]] bool is_dmarc_record(std::string_view text);
// nullopt: no policy can be read from it (6.6.3). Other tags that cannot be read have their
// defaults.
[[nodiscard]] std::optional<DmarcRecord> parse_dmarc_record(std::string_view text);

struct DmarcInput {
  const Header& header;
  const SpfResult& spf;
  const DkimResults& dkim;
  int sample = 0;  // 0 to 99, drawn by the caller: the policy applies if it is below pct=
};

struct DmarcResult {
  Outcome outcome = Outcome::none;
  std::string domain;     // of the author
  std::string record_of;  // whose record it is: the domain or its organisational domain
  std::string reason;     // for a person
  DmarcPolicy published = DmarcPolicy::none;  // p= or sp=
  DmarcPolicy asked = DmarcPolicy::none;      // what is asked for this message; none unless fail
  bool by_spf = false;
  bool by_dkim = false;
};

[[nodiscard]] Step<DmarcResult> check_dmarc(const DmarcInput& input, const Answers& answers);

}  // namespace weir::auth
