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
//
// Every host puts its line on top, so a line that stands below From, Date or Subject was there when
// the message was submitted: it is never one of ours, whoever the client above it was. (Fields
// called X-... may stand between lines of ours: filters put them there.)
#include "mail/trace.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/received_words.h"
#include "mail/trace_doubts.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxClaims = 16;
constexpr std::size_t kClaimOctets = 2'048;  // read of one field
constexpr std::size_t kDetailOctets = 200;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
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
  // The sender alone is told by a scanner on the same host, or by a host that hides its client.
  if (istarts_with(trim(raw), "from ") && hop.helo.empty())
    return istarts_with(hop.with, "qmail-scanner");
  return hop.helo.empty() || iequals(hop.helo, "localhost");
}

// The operator's own host fetched the message from a mailbox of his: nobody sends mail by these
// protocols, and the address is that of the mailbox's server, whose lines follow.
bool is_fetched(const Hop& hop) {
  return istarts_with(hop.with, "POP") || istarts_with(hop.with, "IMAP");
}

// A browser's or a program's address in a line of a web mail host.
bool is_web_mail(const Hop& hop) {
  if (hop.software == "microsoft365" || hop.software == "exchange") return false;  // host to host
  return istarts_with(hop.with, "HTTP") || istarts_with(hop.via, "HTTP") ||
         istarts_with(hop.by, "ajax-webmail");
}

struct ClaimField {
  std::string_view name;
  std::string_view key;  // the address stands behind it; empty: the first address counts
};
// Fields in which hosts name the client that they saw. All of them can be forged.
constexpr auto kClaimFields = std::to_array<ClaimField>({
    {"x-originating-ip", {}},
    {"x-originatingip", {}},
    {"x-original-ip", {}},
    {"x-sender-ip", {}},
    {"x-source-ip", {}},
    {"x-sourceip", {}},
    {"x-client-ip", {}},
    {"x-clientip", {}},
    {"x-real-ip", {}},
    {"x-remote-ip", {}},
    {"x-smtpd-ip", {}},
    {"x-mailer-ip", {}},
    {"x-user-ip", {}},
    {"x-naver-ip", {}},
    {"x-aol-ip", {}},
    {"x-mdremoteip", {}},
    {"x-yahoo-post-ip", {}},
    {"x-mailgun-sending-ip", {}},
    {"x-ms-exchange-organization-originalclientipaddress", {}},
    {"x-php-script", " for "},
    {"received-spf", "client-ip="},
    {"authentication-results", "sender IP is "},
    {"x-received", "from "},
});

// The first address in the text: maximal runs of the characters of addresses.
std::optional<Address> first_address(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto part = [](char c) { return hex_value(c) >= 0 || c == '.' || c == ':'; };
    if (!part(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && part(text[at])) ++at;
    std::string_view run = text.substr(begin, at - begin);
    while (!run.empty() && (run.back() == '.' || run.back() == ':')) run.remove_suffix(1);
    if (run.size() < 3 || run.size() > 45) continue;
    if (begin > 0 && is_alnum(text[begin - 1])) continue;  // "IPv6:" leaves ":..."; "face.b"
    if (run.starts_with(':') && !run.starts_with("::")) run.remove_prefix(1);
    if (const auto address = Address::parse(run)) return *address;
  }
  return std::nullopt;
}

std::string cut(std::string_view value) {
  return to_valid_utf8(utf8_prefix(trim(value), kDetailOctets));
}

class TraceReader {
 public:
  TraceReader(std::span<const Prefix> trusted, const Limits& limits)
      : trusted_(trusted), limits_(limits) {}

  Trace run(const std::vector<Field>& fields) {
    std::size_t lines = 0;
    for (const Field& field : fields) lines += is_received(field.name) ? 1 : 0;
    trace_.hops.reserve(std::min(lines, limits_.hops));
    for (const Field& field : fields) read(field);
    if (!trace_.received_at && !trace_.hops.empty()) trace_.received_at = trace_.hops.front().time;
    explain(lines > limits_.hops);
    find_doubts(trace_, trusted_);
    return std::move(trace_);
  }

 private:
  static bool is_received(std::string_view name) {
    return name.size() == 8 && iequals(name, "received");
  }

  void read(const Field& field) {
    switch (field.name.empty() ? '\0' : to_lower(field.name[0])) {
      case 'r':
        if (is_received(field.name)) return received(field);
        if (iequals(field.name, "received-spf")) claim(field);
        if (iequals(field.name, "resent-from")) handled("resent", field);
        return;
      case 'x':
        if (iequals(field.name, "x-forwarded-to") || iequals(field.name, "x-forwarded-for"))
          return handled("forwarded", field);
        return claim(field);
      case 'a': return claim(field);
      case 'l':
        if (iequals(field.name, "list-id")) handled("mailing_list", field);
        return;
      case 'f': originator_seen_ |= iequals(field.name, "from"); return;
      case 's': originator_seen_ |= iequals(field.name, "subject"); return;
      case 'd': originator_seen_ |= iequals(field.name, "date"); return;
      default: return;
    }
  }

  void received(const Field& field) {
    if (trace_.hops.size() >= limits_.hops) return;
    const bool below = originator_seen_ && received_seen_;
    if (!originator_seen_) received_seen_ = true;
    if (below && believed_) {
      believed_ = false;
      reason_ = "line_below_fields";
    }
    Hop& hop = trace_.hops.emplace_back();
    read_received(field.value, hop);
    hop.offset = field.offset;
    hop.trusted = believed_;
    if (below) hop.doubts.push_back("below_fields");
    if (believed_) follow(hop, field.value);
    if (hop.address && is_web_mail(hop)) add_claim("received", *hop.address, field.offset);
  }

  void follow(const Hop& hop, std::string_view raw) {
    if (!hop.address) {
      believed_ = is_internal_handover(hop, raw);
      if (!believed_) reason_ = hop.helo.empty() ? "local_submission" : "client_address_missing";
      return;
    }
    if (is_fetched(hop)) {
      trace_.handling.push_back({"fetched", hop.helo, hop.offset});
      return;
    }
    if (is_ours(*hop.address, trusted_)) return;
    trace_.boundary = trace_.hops.size() - 1;
    trace_.source = hop.address;
    trace_.received_at = hop.time;
    believed_ = false;
    reason_ = is_private(*hop.address) ? "client_private" : "client_not_trusted";
  }

  void claim(const Field& field) {
    for (const ClaimField& known : kClaimFields) {
      if (known.name.size() != field.name.size() || !iequals(known.name, field.name)) continue;
      std::string_view value = field.value.substr(0, kClaimOctets);
      if (!known.key.empty()) {
        const auto at = value.find(known.key);
        if (at == std::string_view::npos) return;
        value = value.substr(at + known.key.size());
      }
      if (const auto address = first_address(value)) add_claim(known.name, *address, field.offset);
      return;
    }
  }

  void add_claim(std::string_view name, const Address& address, std::uint64_t offset) {
    if (trace_.origin_claims.size() < kMaxClaims)
      trace_.origin_claims.push_back({std::string(name), address, offset});
  }

  void handled(std::string_view kind, const Field& field) {
    if (trace_.handling.size() < kMaxClaims)
      trace_.handling.push_back({kind, cut(field.value), field.offset});
  }

  void explain(bool cut_off) {
    auto& detail = trace_.boundary_detail;
    if (trace_.hops.empty()) {
      trace_.boundary_reason = "no_received";
      detail = "there is no Received line";
      return;
    }
    if (believed_) {
      trace_.boundary_reason = cut_off ? "too_many_hops" : "all_trusted";
      detail = cut_off
                   ? "the limit of Received lines was reached before an address that is not trusted"
                   : "no line tells of a client that is not trusted";
      return;
    }
    trace_.boundary_reason = reason_;
    const Hop& last = trace_.boundary ? trace_.hops[*trace_.boundary] : last_trusted();
    const std::string_view by = last.by.empty() ? std::string_view("the host") : last.by;
    if (trace_.boundary && last.address) {
      detail.reserve(160);
      detail.append(by).append(" says that its client was ").append(last.address->to_string());
      const std::string& name = last.rdns.empty() ? last.helo : last.rdns;
      if (!name.empty()) detail.append(" (").append(name).append(")");
      detail += reason_ == "client_private" ? ", a private address that is not in trusted_networks"
                                            : ", which is not in trusted_networks";
      detail += "; every line below is what that client says";
    } else if (reason_ == "local_submission") {
      detail.append(by).append(" took the message from a local user or program");
    } else if (reason_ == "client_address_missing") {
      detail.append(by).append(" does not say which address its client had");
    } else {
      detail =
          "the next line stands below fields of the message itself, so no host of ours wrote it";
    }
  }

  [[nodiscard]] const Hop& last_trusted() const {
    std::size_t i = 0;
    while (i + 1 < trace_.hops.size() && trace_.hops[i + 1].trusted) ++i;
    return trace_.hops[i];
  }

  std::span<const Prefix> trusted_;
  const Limits& limits_;
  Trace trace_;
  std::string_view reason_;
  bool believed_ = true;
  bool received_seen_ = false;    // above the fields of the message
  bool originator_seen_ = false;  // From, Date or Subject
};

}  // namespace

Trace read_trace(const Message& message, std::span<const Prefix> trusted, const Limits& limits) {
  if (message.parts.empty()) return TraceReader(trusted, limits).run({});
  return TraceReader(trusted, limits).run(message.parts.front().fields);
}

}  // namespace weir::mail
