#include "evidence/arf.h"

#include <algorithm>

#include "base/ascii.h"
#include "mail/message.h"
#include "mail/parameters.h"
#include "mail/trace.h"

namespace weir::evidence {
namespace {

using mail::Message;
using mail::Part;

constexpr std::size_t kNone = SIZE_MAX;
constexpr std::size_t kMaxFieldOctets = 1'000;  // of a field that is kept

bool is_multipart(const Part& part) { return part.type.starts_with("multipart/"); }

bool is_copy(const Part& part) {
  return part.type == "message/rfc822" || part.type == "message/global" ||
         part.type == "text/rfc822-headers" || part.type == "message/rfc822-headers" ||
         part.type == "message/global-headers";
}

// True for the parts of the message itself, false for those of a message inside it. In document
// order, so parents come first.
std::vector<bool> own_parts(const Message& message) {
  std::vector<bool> own(message.parts.size(), false);
  own[0] = true;
  for (std::size_t i = 1; i < own.size(); ++i) {
    const auto parent = message.parts[i].parent;
    own[i] = parent < i && own[parent] && is_multipart(message.parts[parent]);
  }
  return own;
}

template <class Test>
std::size_t find_own(const Message& message, const std::vector<bool>& own, const Test& test) {
  for (std::size_t i = 1; i < own.size(); ++i)
    if (own[i] && test(message.parts[i], i)) return i;
  return kNone;
}

std::string content(const Part& part, const mail::Limits& limits) {
  if (part.encoding != "base64" && part.encoding != "quoted-printable")
    return std::string(part.body);
  std::string problem;
  return mail::decode_transfer(part.body, part.encoding, limits.decoded_octets, problem);
}

bool says_feedback_report(const Part& root) {
  if (root.type != "multipart/report") return false;
  for (const auto& field : root.fields) {
    if (!iequals(field.name, "content-type")) continue;
    const auto value = mail::parse_parameterized(field.value);
    const auto* type = value.find("report-type");
    return type != nullptr && iequals(trim(type->value), "feedback-report");
  }
  return false;
}

// The field named so, unfolded, or an empty string. The first one counts.
std::string field(const Message& fields, std::string_view name) {
  const auto* found = fields.first(name);
  if (found == nullptr) return {};
  std::string out;
  for (const char c : found->value.substr(0, kMaxFieldOctets))
    if (c != '\r' && c != '\n') out.push_back(c);
  return std::string(trim(out));
}

std::optional<Address> address_in(std::string_view text) {
  const auto end_of_word = [](char c) {
    return is_space(c) || c == ',' || c == ';' || c == '(' || c == '[' || c == ']' || c == '<' ||
           c == '>' || c == '"';
  };
  // The first word that is an address, brackets and "IPv6:" taken off; comments like "(client)" are
  // not.
  for (std::size_t at = 0; at < text.size();) {
    if (end_of_word(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !end_of_word(text[end])) ++end;
    auto word = text.substr(at, end - at);
    if (istarts_with(word, "ipv6:")) word.remove_prefix(5);
    if (const auto address = Address::parse(word)) return *address;
    at = end;
  }
  return std::nullopt;
}

// Microsoft's Junk Mail Reporting Program: a mail with the message attached and nothing said of it,
// but for fields that its own hosts put on top of the copy, and the address in the subject.
bool is_jmrp(const Message& message, std::size_t copy) {
  if (copy == kNone) return false;
  for (std::size_t i = copy + 1; i < message.parts.size(); ++i) {
    if (message.parts[i].parent != copy) continue;
    const auto& fields = message.parts[i].fields;
    return std::any_of(fields.begin(), fields.end(), [](const mail::Field& f) {
      return iequals(f.name, "x-hmxmroriginalrecipient");
    });
  }
  return false;
}

void read_fields(ArfReport& report, const Message& fields) {
  auto type = lower(field(fields, "feedback-type"));
  type.erase(std::min(type.find_first_of(" \t;("), type.size()));
  if (!type.empty()) report.feedback_type = type;
  report.user_agent = field(fields, "user-agent");
  report.source_ip = address_in(field(fields, "source-ip"));
  for (const auto* name : {"arrival-date", "received-date"})
    if (!report.arrival_date) report.arrival_date = mail::parse_date(field(fields, name));
}

}  // namespace

std::optional<ArfReport> read_report(std::string_view octets, const mail::ReadOptions& options) {
  const auto message = mail::parse(octets, options.limits);
  if (message.parts.empty() || !is_multipart(message.parts[0])) return std::nullopt;
  const auto own = own_parts(message);
  const auto feedback = find_own(message, own, [](const Part& part, std::size_t) {
    return part.type == "message/feedback-report";
  });
  auto copy = find_own(message, own, [&](const Part& part, std::size_t i) {
    return is_copy(part) && (feedback == kNone || i > feedback);
  });
  const bool jmrp = feedback == kNone && is_jmrp(message, copy);
  const bool said = feedback != kNone || says_feedback_report(message.parts[0]);
  if (!jmrp && !said) return std::nullopt;
  if (copy == kNone)  // in front of the feedback part, or as plain text behind it
    copy = find_own(message, own, [](const Part& part, std::size_t) { return is_copy(part); });
  if (copy == kNone && feedback != kNone)
    copy = find_own(message, own, [&](const Part& part, std::size_t i) {
      return i > feedback && part.type.starts_with("text/");
    });
  if (feedback == kNone && copy == kNone) return std::nullopt;

  ArfReport report;
  report.feedback_type = "abuse";
  if (feedback != kNone) {
    const auto text = content(message.parts[feedback], options.limits);
    const auto begin = std::min(text.find_first_not_of("\r\n"), text.size());
    read_fields(report, mail::parse(std::string_view(text).substr(begin), options.limits));
  }
  if (copy != kNone) report.original = content(message.parts[copy], options.limits);
  if (jmrp) report.source_ip = address_in(field(message, "subject"));
  if (!report.source_ip && !report.original.empty())
    report.source_ip = mail::read_trace(mail::parse(report.original, options.limits),
                                        options.trusted_networks, options.limits)
                           .source;
  report.reporter_domain = mail::read(octets, options).from_domain;
  return report;
}

}  // namespace weir::evidence
