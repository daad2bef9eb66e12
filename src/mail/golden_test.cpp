// Each testdata/NAME.eml is read and written down as NAME.expect, for people to review.
// WEIR_UPDATE_GOLDEN=1 writes the files anew.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "mail/reading.h"

namespace weir::mail {
namespace {

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Text as an indented block: its line ends stay visible, nothing else in the dump starts with '|'.
std::string block(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    for (char& c : line)
      if (c == '\r') c = '~';
    out += fmt::format("  |{}\n", line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string dump(std::string_view raw) {
  const Message message = parse(raw);
  ReadOptions options;
  options.trusted_networks = {*Prefix::parse("10.0.0.0/8")};
  const Reading r = read(raw, options);
  std::string out;
  for (std::size_t i = 0; i < message.parts.size(); ++i) {
    const Part& p = message.parts[i];
    out += fmt::format("part {} depth {} parent {}: {} [{}, {}) encoding {}", i, p.depth, p.parent,
                       p.type, p.body_offset, p.body_offset + p.body.size(), p.encoding);
    if (!p.charset.empty()) out += fmt::format(" charset {}", p.charset);
    if (!p.name.empty()) out += fmt::format(" name '{}'", p.name);
    if (p.attachment) out += " attachment";
    out += '\n';
  }
  for (const auto& f : r.fields)
    if (f.name != "received") out += fmt::format("field {}: {}\n", f.name, f.value);
  out += fmt::format("message-id '{}' from-domain '{}' octets {}\n", r.message_id, r.from_domain,
                     r.size_octets);
  for (const auto& t : r.texts) {
    out += fmt::format("text {} declared '{}' used '{}'{}\n", t.type, t.charset_declared,
                       t.charset_used, t.attachment ? " attachment" : "");
    out += block(t.text);
    if (!t.hidden.empty()) out += " hidden\n" + block(t.hidden);
    for (const auto& h : t.hidden_by) out += fmt::format(" hidden by {} {}\n", h.cause, h.octets);
  }
  for (const auto& l : r.links) {
    out += fmt::format("link {} host '{}' domain '{}' shown '{}' from {}", l.url, l.host, l.domain,
                       l.shown, link_origin_name(l.origin));
    if (!l.traits.empty()) out += fmt::format(" [{}]", fmt::join(l.traits.names(), " "));
    for (const auto& t : l.redirects_to) out += fmt::format(" to {}", t.url);
    out += '\n';
  }
  for (const auto& i : r.identifiers)
    out += fmt::format("{} '{}' written '{}' times {}\n", identifier_kind_name(i.kind), i.value,
                       i.written, i.times);
  for (const auto& a : r.attachments)
    out += fmt::format("attachment '{}' {} {}\n", a.name, a.type, a.size_octets);
  for (const auto& d : r.documents)
    out +=
        fmt::format("document part {} {} '{}' pages {} names [{}] signals [{}]\n", d.part, d.kind,
                    d.title, d.pages, fmt::join(d.names, ", "), fmt::join(d.signals, ", "));
  for (const auto& c : r.codes) out += fmt::format("code part {} '{}'\n", c.part, c.text);
  for (const auto& l : r.languages) out += fmt::format("language {} {:.1f}\n", l.tag, l.share);
  for (const auto& h : r.trace.hops)
    out += fmt::format(
        "hop by '{}' helo '{}' rdns '{}' address {} with '{}' id '{}' time {} software '{}'{}{} "
        "doubts [{}]\n",
        h.by, h.helo, h.rdns, h.address ? h.address->to_string() : "-", h.with, h.id,
        h.time ? to_rfc3339(*h.time) : "-", h.software, h.trusted ? " trusted" : "",
        h.forged ? " forged" : "", fmt::join(h.doubts, " "));
  out += fmt::format(
      "source {} received {} boundary {}\n", r.trace.source ? r.trace.source->to_string() : "-",
      r.trace.received_at ? to_rfc3339(*r.trace.received_at) : "-", r.trace.boundary_reason);
  for (const auto& c : r.trace.origin_claims)
    out += fmt::format("origin {} {}\n", c.field, c.address.to_string());
  for (const auto& h : r.trace.handling) out += fmt::format("handling {} {}\n", h.kind, h.detail);
  for (const auto& p : r.problems)
    out += fmt::format("problem {} @{} {}\n", p.what, p.offset, p.detail);
  return out;
}

TEST(Golden, EveryMessageIsReadAsWrittenDown) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(WEIR_TESTDATA)) {
    if (entry.path().extension() != ".eml") continue;
    ++count;
    auto expect = entry.path();
    expect.replace_extension(".expect");
    const std::string got = dump(slurp(entry.path()));
    if (std::getenv("WEIR_UPDATE_GOLDEN") != nullptr)
      std::ofstream(expect, std::ios::binary) << got;
    EXPECT_EQ(got, slurp(expect)) << entry.path().filename();
  }
  EXPECT_GE(count, 38);
}

}  // namespace
}  // namespace weir::mail
