#include "node/scan.h"

#include "base/json_writer.h"
#include "base/utf8.h"

namespace weir::node {
namespace {

// One decimal more than a person reads; the same text on every machine.
std::string fixed(double number, int digits) { return fmt::format("{:.{}f}", number, digits); }

void write_source(JsonWriter& out, const Scanned& scanned) {
  out.begin_object();
  out.key("ip");
  if (const auto& source = scanned.observed.reading.trace.source)
    out.value(source->to_string());
  else
    out.null();
  out.key("asn");
  if (scanned.network.asn != 0)
    out.value(scanned.network.asn);
  else
    out.null();
  out.key("operator");
  if (!scanned.network.operator_name.empty())
    out.value(scanned.network.operator_name);
  else
    out.null();
  out.key("country");
  if (!scanned.network.country.empty())
    out.value(scanned.network.country);
  else
    out.null();
  out.end_object();
}

}  // namespace

Scanned scan(std::string path, std::string_view octets, const judge::Model& model,
             const Config& config, const mail::ReadOptions& options,
             const network::Table& networks) {
  Scanned scanned;
  scanned.path = std::move(path);
  scanned.observed = observe(octets, options);
  scanned.verdict = model.judge(scanned.observed.reading);
  scanned.action = action_for(scanned.verdict.spam_probability, config);
  if (const auto& source = scanned.observed.reading.trace.source)
    if (const auto network = networks.find(*source)) scanned.network = *network;
  return scanned;
}

std::string to_json(const Scanned& scanned, std::string_view evidence_id) {
  const auto& reading = scanned.observed.reading;
  JsonWriter out;
  out.begin_object();
  out.key("path").value(scanned.path);
  out.key("spam_probability").raw(fixed(scanned.verdict.spam_probability, 6));
  out.key("action").value(to_string(scanned.action));
  out.key("reasons").begin_array();
  for (const auto& reason : scanned.verdict.reasons) {
    out.begin_object();
    out.key("what").value(reason.what);
    out.key("weight").raw(fixed(reason.weight, 4));
    out.key("text").value(reason.text);
    out.end_object();
  }
  out.end_array();
  out.key("reasons_rest").raw(fixed(scanned.verdict.reasons_rest, 4));
  out.key("languages").begin_array();
  for (const auto& language : reading.languages) out.value(language.tag);
  out.end_array();
  out.key("source");
  write_source(out, scanned);
  out.key("subject").value(reading.subject);
  out.key("from_domain").value(reading.from_domain);
  out.key("links").begin_array();
  for (const auto& link : reading.links) {
    out.begin_object();
    out.key("url").value(link.url);
    out.key("domain").value(link.domain);
    out.end_object();
  }
  out.end_array();
  out.key("problems").begin_array();
  for (const auto& problem : reading.problems) {
    out.begin_object();
    out.key("what").value(problem.what);
    out.key("offset").value(problem.offset);
    out.key("detail").value(problem.detail);
    out.end_object();
  }
  out.end_array();
  if (!evidence_id.empty()) out.key("evidence_id").value(evidence_id);
  out.end_object();
  return out.take();
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_code_point(text, at);
    append_utf8(out, c < 0x20 || (c >= 0x7f && c < 0xa0) ? U' ' : c);
  }
  return out;
}

std::string to_line(const Scanned& scanned) {
  const auto& source = scanned.observed.reading.trace.source;
  auto line = fmt::format("{}  {:<10}  {:<15}  {}", fixed(scanned.verdict.spam_probability, 3),
                          to_string(scanned.action), source ? source->to_string() : "-",
                          printable(scanned.path));
  constexpr std::size_t kShown = 3;
  for (std::size_t i = 0; i < scanned.verdict.reasons.size() && i < kShown; ++i) {
    const auto& reason = scanned.verdict.reasons[i];
    line += fmt::format("{}{} {:+.1f} \"{}\"", i == 0 ? "  " : ", ", reason.what, reason.weight,
                        printable(utf8_prefix(reason.text, 60)));
  }
  return line;
}

}  // namespace weir::node
