#include "node/check.h"

#include <algorithm>

#include "base/json_writer.h"
#include "mail/reading.h"

namespace weir::node {
namespace {

bool is_domain_name(std::string_view text) {
  if (text.empty() || text.size() > 253 || text.find('.') == std::string_view::npos) return false;
  std::size_t label = 0;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '.') {
      if (label == 0) return false;
      label = 0;
    } else if (u >= 0x80 || c == '-' || c == '_' || (c >= '0' && c <= '9') ||
               (c >= 'a' && c <= 'z')) {
      if (++label > 63) return false;
    } else {
      return false;
    }
  }
  return label > 0;
}

// The listing in force that covers the whole subject, the narrowest first.
const ledger::Standing* covering(const ledger::Standings& standings, const Prefix& subject,
                                 UnixMillis now) {
  for (int length = subject.length(); length >= 0; --length) {
    const auto* standing = standings.find(Prefix(subject.address(), length));
    if (standing != nullptr && standing->until > now) return standing;
  }
  return nullptr;
}

std::size_t count_inside(const ledger::Standings& standings, const Prefix& prefix, UnixMillis now) {
  const auto& listed = standings.listed();
  std::size_t count = 0;
  for (auto it = listed.lower_bound(Prefix(prefix.address(), 0));
       it != listed.end() && it->first.address() <= prefix.last(); ++it)
    if (prefix.contains(it->first) && it->second.until > now) ++count;
  return count;
}

std::string network_line(const network::Network& network) {
  auto line = fmt::format("AS{} {}", network.asn, network.operator_name);
  if (!network.country.empty()) line += fmt::format(" ({})", network.country);
  return line;
}

}  // namespace

Tongue choose_tongue(std::string_view wanted) {
  // The first language named that exists here; quality values are rarely out of order.
  while (!wanted.empty()) {
    const auto comma = wanted.find(',');
    auto tag = wanted.substr(0, comma);
    while (tag.starts_with(' ')) tag.remove_prefix(1);
    if (tag.starts_with("zh")) return Tongue::chinese;
    if (tag.starts_with("en")) return Tongue::english;
    if (comma == std::string_view::npos) break;
    wanted.remove_prefix(comma + 1);
  }
  return Tongue::english;
}

Result<Checked> check(std::string_view text, const reputation::History& history,
                      const ledger::Standings& standings, const network::Table& networks,
                      UnixMillis now) {
  Checked checked;
  checked.at = now;
  const auto prefix = Prefix::parse(text);
  if (!prefix) {
    std::string name(text);
    for (auto& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (name.ends_with('.')) name.pop_back();
    // "192.0.2.1/33" and "1.2.3" are mistakes in an address, not names.
    const bool numeric = name.find_first_not_of("0123456789./:") == std::string::npos;
    if (numeric || !is_domain_name(name))
      return fail(Errc::invalid,
                  fmt::format("'{}' is no address, prefix or domain name; for example 192.0.2.1, "
                              "192.0.2.0/24, 2001:db8::1 or mail.example",
                              text.substr(0, 100)));
    checked.subject = name;
    checked.is_domain = true;
    return checked;
  }
  checked.subject = prefix->to_string();
  const bool one_source = prefix->is_single_address();
  const auto source = one_source ? reputation::subject_of(prefix->address()) : *prefix;
  if (const auto* standing = covering(standings, *prefix, now)) checked.listing = *standing;
  if (!one_source) checked.listed_inside = count_inside(standings, *prefix, now);
  checked.times_listed = standings.times_listed(source);
  constexpr auto kFirstMoment = UnixMillis{};
  checked.counts = history.counts_inside(source, kFirstMoment, now);
  // A prefix that spans several networks has none of its own.
  const auto first = networks.find(prefix->address());
  const auto last = networks.find(prefix->last());
  if (first && last && first->asn == last->asn) checked.network = *first;
  return checked;
}

std::string to_json(const Checked& checked) {
  JsonWriter out;
  out.begin_object();
  out.key("subject").value(checked.subject);
  out.key("listed").value(checked.listing.has_value());
  const auto& listing = checked.listing;
  const auto text_or_null = [&](std::string_view key, bool known, const std::string& value) {
    out.key(key);
    if (known)
      out.value(value);
    else
      out.null();
  };
  text_or_null("code", listing.has_value(), listing ? listing->code : "");
  text_or_null("reason", listing.has_value(), listing ? listing->reason : "");
  text_or_null("since", listing.has_value(), listing ? to_rfc3339(listing->since) : "");
  text_or_null("until", listing.has_value(), listing ? to_rfc3339(listing->until) : "");
  text_or_null("listing", listing.has_value(), listing ? listing->subject.to_string() : "");
  out.key("listed_inside").value(checked.listed_inside);
  out.key("times_listed").value(checked.times_listed);
  out.key("evidence").begin_object();
  out.key("learnt_spam").value(checked.counts.learnt_spam);
  out.key("learnt_ham").value(checked.counts.learnt_ham);
  out.key("reports").value(checked.counts.reports);
  out.key("verdict_spam").value(checked.counts.verdict_spam);
  out.key("verdict_ham").value(checked.counts.verdict_ham);
  out.end_object();
  out.key("network").begin_object();
  out.key("asn");
  if (checked.network.asn != 0)
    out.value(checked.network.asn);
  else
    out.null();
  text_or_null("operator", !checked.network.operator_name.empty(),
               std::string(checked.network.operator_name));
  text_or_null("country", !checked.network.country.empty(), std::string(checked.network.country));
  out.end_object();
  out.key("case");
  if (listing) {
    out.begin_object();
    out.key("entry").value(listing->entry);
    out.key("rule").value(listing->rule);
    out.key("evidence_digest").value(to_hex(as_octets(listing->evidence)));
    out.key("collateral_ppm").value(listing->collateral_ppm);
    out.key("remedy").value(remedy(checked, Tongue::english));
    out.end_object();
  } else {
    out.null();
  }
  out.key("at").value(to_rfc3339(checked.at));
  out.end_object();
  return out.take();
}

std::string reason(const ledger::Standing& standing, Tongue tongue) {
  if (tongue == Tongue::english) return standing.reason;
  const auto& counts = standing.counts;
  return fmt::format(
      "近期有 {} 条垃圾邮件证据（投诉 {}，用户标记 {}，自动判定 {}），正常邮件 {} 封",
      counts.learnt_spam + counts.reports + counts.verdict_spam, counts.reports, counts.learnt_spam,
      counts.verdict_spam, counts.learnt_ham + counts.verdict_ham);
}

std::string readable_time(UnixMillis time) {
  auto text = to_rfc3339(time).substr(0, 16);
  text[10] = ' ';
  return text + " UTC";
}

std::string remedy(const Checked& checked, Tongue tongue) {
  if (!checked.listing) return {};
  const auto until = readable_time(checked.listing->until);
  if (tongue == Tongue::chinese)
    return fmt::format(
        "请停止从该地址发出垃圾邮件：检查被盗账号、被入侵的主机和开放中继。之后无需申请：如无新的证"
        "据，"
        "本条目将于 {} 自动解除；此后再犯，期限加倍。",
        until);
  return fmt::format(
      "Stop the spam at its source: look for stolen accounts, hijacked machines and open relays. "
      "Nothing else is asked: without new evidence the listing ends by itself at {}. If it starts "
      "again, the next listing lasts twice as long.",
      until);
}

std::string headline(const Checked& checked, Tongue tongue) {
  const bool zh = tongue == Tongue::chinese;
  if (checked.is_domain)
    return zh ? fmt::format("{}：未列入（目前只列地址，不列域名）", checked.subject)
              : fmt::format("{} is not listed (this list holds addresses, not domains)",
                            checked.subject);
  if (checked.listing && checked.listing->subject.to_string() != checked.subject)
    return zh ? fmt::format("{}：已列入（属于 {}）", checked.subject,
                            checked.listing->subject.to_string())
              : fmt::format("{} is listed, as part of {}", checked.subject,
                            checked.listing->subject.to_string());
  if (checked.listing)
    return zh ? fmt::format("{}：已列入", checked.subject)
              : fmt::format("{} is listed", checked.subject);
  if (checked.listed_inside > 0)
    return zh ? fmt::format("{}：本身未列入，其中 {} 个地址已列入", checked.subject,
                            checked.listed_inside)
              : fmt::format("{} itself is not listed; {} inside it {}", checked.subject,
                            checked.listed_inside, checked.listed_inside == 1 ? "is" : "are");
  return zh ? fmt::format("{}：未列入", checked.subject)
            : fmt::format("{} is not listed", checked.subject);
}

std::string to_lines(const Checked& checked, Tongue tongue) {
  const bool zh = tongue == Tongue::chinese;
  auto out = headline(checked, tongue) + "\n";
  const auto line = [&](std::string_view en, std::string_view cn, const std::string& value) {
    if (value.empty()) return;
    if (zh)
      out += fmt::format("  {}　{}\n", cn, value);
    else
      out += fmt::format("  {:<9}{}\n", en, value);
  };
  if (const auto& listing = checked.listing) {
    line("why", "原因", reason(*listing, tongue));
    line("code", "代码", listing->code);
    line("since", "自　", to_rfc3339(listing->since));
    line("until", "至　", to_rfc3339(listing->until));
    line("rule", "规则", fmt::format("{} (ledger entry {})", listing->rule, listing->entry));
  }
  const auto& counts = checked.counts;
  if (!checked.is_domain)
    line("evidence", "证据",
         zh ? fmt::format("投诉 {}，用户标记垃圾 {}，用户标记正常 {}，判定垃圾 {}，判定正常 {}",
                          counts.reports, counts.learnt_spam, counts.learnt_ham,
                          counts.verdict_spam, counts.verdict_ham)
            : fmt::format("{} reported, {} marked spam, {} marked good, {} judged spam, {} judged "
                          "good",
                          counts.reports, counts.learnt_spam, counts.learnt_ham,
                          counts.verdict_spam, counts.verdict_ham));
  if (checked.network.asn != 0) line("network", "网络", network_line(checked.network));
  line("to do", "办法", remedy(checked, tongue));
  return out;
}

}  // namespace weir::node
