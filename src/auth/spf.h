// auth/spf.h - may this address send for this domain? check_host() of RFC 7208.
//
// Input:   the client's address, HELO, MAIL FROM, and answers so far (answers.h has the loop).
// Output:  the questions still needed, or a result with a reason for a person. Each call evaluates
//          again from the top: a record is microseconds, and nothing is kept between calls.
// Bounds:  RFC 7208 4.6.4: 10 terms that ask, 2 void lookups, 10 names of an MX, 10 of a PTR; so at
//          most kMaxSpfQuestions questions, in at most as many rounds.
// Threads: pure. Time: handed in, for %{t} only.
// Source:  RFC 7208. What it leaves open: a void lookup is counted once a term (its text says
//          "terms"), so that the addresses of an MX's hosts do not count; %{p} counts as a term.
#pragma once

#include <string>

#include "auth/answers.h"
#include "auth/outcome.h"
#include "base/address.h"
#include "base/time.h"

namespace weir::auth {

inline constexpr int kMaxSpfTerms = 10;
inline constexpr int kMaxSpfVoids = 2;
inline constexpr std::size_t kMaxSpfNames = 10;  // of one MX or PTR
// The record; ten terms, the worst of which ask for a list of ten names; the explanation, which may
// want the client's name.
inline constexpr std::size_t kMaxSpfQuestions = 1 + 10 * (1 + kMaxSpfNames) + 2 + kMaxSpfNames;

enum class SpfIdentity : std::uint8_t { mail_from, helo };

struct SpfInput {
  Address client;
  std::string helo;
  std::string mail_from;  // without angle brackets; empty: the null sender
  std::string receiver;   // our own name, for %{r}
  UnixMillis now;
};

struct SpfResult {
  Outcome outcome = Outcome::none;
  SpfIdentity identity = SpfIdentity::mail_from;
  std::string sender;       // "local@domain" as checked
  std::string domain;       // the domain checked
  std::string mechanism;    // the term that matched, as written; empty: none did
  std::string record_of;    // the domain in whose record it stands, after redirects
  std::string reason;       // for a person
  std::string explanation;  // exp= of the domain, on fail only: words of a stranger
  int terms = 0;            // that asked the DNS
  int voids = 0;
};

// MAIL FROM, or postmaster@HELO for the null sender (2.4).
[[nodiscard]] Step<SpfResult> check_spf(const SpfInput& input, const Answers& answers);
// postmaster@HELO (2.3).
[[nodiscard]] Step<SpfResult> check_spf_helo(const SpfInput& input, const Answers& answers);

}  // namespace weir::auth
