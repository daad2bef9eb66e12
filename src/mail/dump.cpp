#include "mail/dump.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "text/normal.h"

namespace weir::mail {
namespace {

std::string fixed(double share) { return fmt::format("{:.3f}", share); }

void write(JsonWriter& out, const std::vector<text::Language>& languages) {
  out.begin_array();
  for (const auto& language : languages) {
    out.begin_object();
    out.key("tag").value(language.tag);
    out.key("share").raw(fixed(language.share));
    out.end_object();
  }
  out.end_array();
}

void write(JsonWriter& out, const std::optional<Address>& address) {
  if (address)
    out.value(address->to_string());
  else
    out.null();
}

void write(JsonWriter& out, const std::optional<UnixMillis>& time) {
  if (time)
    out.value(to_rfc3339(*time));
  else
    out.null();
}

template <class Text>
void write_names(JsonWriter& out, const std::vector<Text>& names) {
  out.begin_array();
  for (const auto& name : names) out.value(name);
  out.end_array();
}

void write(JsonWriter& out, const PartSummary& part) {
  out.begin_object();
  out.key("parent").value(part.parent);
  out.key("depth").value(part.depth);
  out.key("type").value(part.type);
  out.key("charset").value(part.charset);
  out.key("encoding").value(part.encoding);
  out.key("name").value(part.name);
  out.key("subject").value(part.subject);
  out.key("attachment").value(part.attachment);
  out.key("inside_encoding").value(part.inside_encoding);
  out.key("offset").value(part.body_offset);
  out.key("octets").value(part.size_octets);
  out.end_object();
}

void write(JsonWriter& out, const text::Undone& undone) {
  out.begin_object();
  out.key("ignorables").value(undone.ignorables);
  out.key("compatibility").value(undone.compatibility);
  out.key("lookalikes").value(undone.lookalikes);
  out.key("marks").value(undone.marks);
  out.key("separators").value(undone.separators);
  out.key("leet").value(undone.leet);
  out.key("han_variants").value(undone.han_variants);
  out.key("repeats").value(undone.repeats);
  out.end_object();
}

void write_html(JsonWriter& out, const TextPart& text) {
  out.key("title").value(text.title);
  out.key("counts").begin_object();
  out.key("forms").value(text.counts.forms);
  out.key("inputs").value(text.counts.inputs);
  out.key("password_inputs").value(text.counts.password_inputs);
  out.key("scripts").value(text.counts.scripts);
  out.key("images").value(text.counts.images);
  out.key("tiny_images").value(text.counts.tiny_images);
  out.key("frames").value(text.counts.frames);
  out.key("comments").value(text.counts.comments);
  out.key("comment_octets").value(text.counts.comment_octets);
  out.key("overrides").value(text.counts.overrides);
  out.end_object();
  out.key("hidden_by").begin_object();
  for (const auto& cause : text.hidden_by) out.key(cause.cause).value(cause.octets);
  out.end_object();
}

void write(JsonWriter& out, const TextPart& text) {
  out.begin_object();
  out.key("part").value(text.part);
  out.key("type").value(text.type);
  out.key("charset_declared").value(text.charset_declared);
  out.key("charset_used").value(text.charset_used);
  out.key("attachment").value(text.attachment);
  out.key("languages");
  write(out, text.languages);
  out.key("scripts").begin_array();
  for (const auto& script : text.scripts.shares) {
    out.begin_object();
    out.key("code").value(script.name());
    out.key("share").raw(fixed(script.share));
    out.end_object();
  }
  out.end_array();
  out.key("mixed_words").value(text.scripts.mixed_words);
  out.key("text").value(text.text);
  const auto normal = text::normalise(text.text);
  out.key("normal").value(normal.text);
  out.key("undone");
  write(out, normal.undone);
  if (text.type == "text/html") write_html(out, text);
  out.key("hidden").value(text.hidden);
  out.end_object();
}

void write(JsonWriter& out, const Link& link) {
  out.begin_object();
  out.key("url").value(link.url);
  out.key("host").value(link.host);
  out.key("domain").value(link.domain);
  out.key("icann_domain").value(link.icann_domain);
  out.key("shown").value(link.shown);
  out.key("origin").value(link_origin_name(link.origin));
  out.key("traits");
  write_names(out, link.traits.names());
  out.key("redirects_to").begin_array();
  for (const auto& target : link.redirects_to) {
    out.begin_object();
    out.key("url").value(target.url);
    out.key("host").value(target.host);
    out.key("domain").value(target.domain);
    out.end_object();
  }
  out.end_array().end_object();
}

void write(JsonWriter& out, const Identifier& identifier) {
  out.begin_object();
  out.key("kind").value(identifier_kind_name(identifier.kind));
  out.key("value").value(identifier.value);
  out.key("written").value(identifier.written);
  out.key("times").value(identifier.times);
  out.end_object();
}

void write(JsonWriter& out, const Attachment& file) {
  out.begin_object();
  out.key("part").value(file.part);
  out.key("name").value(file.name);
  out.key("type").value(file.type);
  out.key("octets").value(file.size_octets);
  out.end_object();
}

void write(JsonWriter& out, const DocumentSummary& document) {
  out.begin_object();
  out.key("part").value(document.part);
  out.key("kind").value(document.kind);
  out.key("title").value(document.title);
  out.key("pages").value(document.pages);
  out.key("names");
  write_names(out, document.names);
  out.key("signals");
  write_names(out, document.signals);
  out.end_object();
}

void write(JsonWriter& out, const Code& code) {
  out.begin_object();
  out.key("part").value(code.part);
  out.key("text").value(code.text);
  out.end_object();
}

void write(JsonWriter& out, const Problem& problem) {
  out.begin_object();
  out.key("what").value(problem.what);
  out.key("offset").value(problem.offset);
  out.key("detail").value(problem.detail);
  out.end_object();
}

void write(JsonWriter& out, const Hop& hop) {
  out.begin_object();
  out.key("trusted").value(hop.trusted);
  out.key("forged").value(hop.forged);
  out.key("doubts");
  write_names(out, hop.doubts);
  out.key("software").value(hop.software);
  out.key("address");
  write(out, hop.address);
  out.key("helo").value(hop.helo);
  out.key("rdns").value(hop.rdns);
  out.key("ident").value(hop.ident);
  out.key("by").value(hop.by);
  out.key("via").value(hop.via);
  out.key("with").value(hop.with);
  out.key("tls").value(hop.tls);
  out.key("authenticated").value(hop.authenticated);
  out.key("login").value(hop.login);
  out.key("id").value(hop.id);
  out.key("for").value(hop.recipient);
  out.key("envelope_from").value(hop.envelope_from);
  out.key("time");
  write(out, hop.time);
  out.key("offset").value(hop.offset);
  out.end_object();
}

void write(JsonWriter& out, const OriginClaim& claim) {
  out.begin_object();
  out.key("field").value(claim.field);
  out.key("address").value(claim.address.to_string());
  out.key("offset").value(claim.offset);
  out.end_object();
}

void write(JsonWriter& out, const Handling& handling) {
  out.begin_object();
  out.key("kind").value(handling.kind);
  out.key("detail").value(handling.detail);
  out.key("offset").value(handling.offset);
  out.end_object();
}

template <class T>
void write_all(JsonWriter& out, std::string_view name, const std::vector<T>& values) {
  out.key(name).begin_array();
  for (const auto& value : values) write(out, value);
  out.end_array();
}

void write(JsonWriter& out, const Trace& trace) {
  out.begin_object();
  out.key("source");
  write(out, trace.source);
  out.key("boundary");
  if (trace.boundary)
    out.value(*trace.boundary);
  else
    out.null();
  out.key("boundary_reason").value(trace.boundary_reason);
  out.key("boundary_detail").value(trace.boundary_detail);
  out.key("received_at");
  write(out, trace.received_at);
  write_all(out, "hops", trace.hops);
  write_all(out, "origin_claims", trace.origin_claims);
  write_all(out, "handling", trace.handling);
  out.end_object();
}

// Characters that a terminal acts on, or that take no place on it, instead of being shown.
bool acts_on_terminal(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;
  if (c < 0xA0) return false;
  return c == 0x00AD || c == 0x034F || c == 0x061C || c == 0x115F || c == 0x1160 || c == 0x180E ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0x3164 || c == 0xFEFF || c == 0xFFA0 ||
         (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

std::string escaped(char32_t c) {
  return fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(c));
}

std::string shown(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const auto c = next_code_point(text, at);
    if (acts_on_terminal(c))
      out += escaped(c);
    else
      out += text.substr(begin, at - begin);
  }
  return out;
}

// How many columns of a terminal a character takes.
std::size_t columns_of(char32_t c) {
  if (c < 0x300) return 1;
  const auto category = u_charType(static_cast<UChar32>(c));
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK) return 0;
  const auto width = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

constexpr std::size_t kBlockColumns = 90;  // of text, behind six for the bar
constexpr std::size_t kTabColumns = 8;
constexpr std::string_view kBar = "    | ";
constexpr std::string_view kBarAgain = "    : ";  // the same line of the message goes on

// One line behind a bar, broken where a terminal would break it: what goes on at the left edge
// could be taken for a line of ours.
void append_line(std::string& out, std::string_view line) {
  out += kBar;
  std::size_t column = 0;
  std::size_t blank = std::string::npos;  // in `out`, behind the last blank of this line
  std::size_t column_of_blank = 0;
  for (std::size_t at = 0; at < line.size();) {
    const auto begin = at;
    const auto c = next_code_point(line, at);
    std::string piece;
    std::size_t width = 0;
    if (c == '\t') {
      width = kTabColumns - column % kTabColumns;
      piece.assign(width, ' ');
    } else if (acts_on_terminal(c)) {
      piece = escaped(c);
      width = piece.size();
    } else {
      piece = line.substr(begin, at - begin);
      width = columns_of(c);
    }
    if (column + width > kBlockColumns && column > 0) {
      const bool at_blank = blank != std::string::npos;
      out.insert(at_blank ? blank : out.size(), '\n' + std::string(kBarAgain));
      column = at_blank ? column - column_of_blank : 0;
      blank = std::string::npos;
    }
    out += piece;
    column += width;
    if (c == ' ' || c == '\t') {
      blank = out.size();
      column_of_blank = column;
    }
  }
  out += '\n';
}

// Each line behind a bar: nothing in the text can be taken for a line of ours.
void append_block(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    append_line(out, line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string languages_text(const std::vector<text::Language>& languages) {
  std::string out;
  for (const auto& language : languages)
    out +=
        fmt::format("{}{} {:.0f} %", out.empty() ? "" : ", ", language.tag, language.share * 100);
  return out;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) out += fmt::format("{:<12}{}\n", name, shown(value));
}

// What a mail client shows of the header beside subject and sender, if it is there.
struct Heading {
  std::string_view name, title;
};
constexpr auto kHeading = std::to_array<Heading>(
    {{"reply-to", "Reply-To"}, {"to", "To"}, {"cc", "Cc"}, {"date", "Date"}});

void append_parts(std::string& out, const Reading& reading) {
  out += "\nParts\n";
  for (std::size_t i = 0; i < reading.parts.size(); ++i) {
    const auto& part = reading.parts[i];
    out += fmt::format("  {:>3}  {:{}}{}", i, "", part.depth * 2, shown(part.type));
    if (!part.charset.empty()) out += "  " + shown(part.charset);
    if (part.encoding != "7bit") out += "  " + shown(part.encoding);
    if (!part.name.empty()) out += "  \"" + shown(part.name) + '"';
    if (part.attachment) out += "  attachment";
    out += fmt::format("  {} octets {} {}", part.size_octets,
                       part.inside_encoding ? "inside what begins at" : "at", part.body_offset);
    if (!part.subject.empty()) out += "  Subject: " + shown(part.subject);
    out += '\n';
  }
}

// What the normal form undoes, where it is not ordinary.
void append_undone(std::string& out, const text::Undone& undone) {
  std::string found;
  const auto add = [&found](std::string_view name, std::uint32_t count) {
    if (count > 0) found += fmt::format("  {} {}", name, count);
  };
  add("ignorables", undone.ignorables);
  add("compatibility", undone.compatibility);
  add("lookalikes", undone.lookalikes);
  add("marks", undone.marks);
  add("separators", undone.separators);
  add("leet", undone.leet);
  if (!found.empty()) out += "  disguises" + found + '\n';
}

void append_texts(std::string& out, const Reading& reading) {
  for (const auto& text : reading.texts) {
    out += fmt::format("\nText of part {}: {}, {}", text.part, shown(text.type), text.charset_used);
    if (!text.charset_declared.empty() && text.charset_declared != text.charset_used)
      out += fmt::format(" (declared {})", shown(text.charset_declared));
    if (!text.languages.empty()) out += ", " + languages_text(text.languages);
    out += '\n';
    append_block(out, text.text);
    append_undone(out, text::normalise(text.text).undone);
    if (text.hidden.empty()) continue;
    out += "  not seen by the reader";
    for (const auto& cause : text.hidden_by)
      out += fmt::format("  {} {}", cause.cause, cause.octets);
    out += '\n';
    append_block(out, text.hidden);
  }
}

std::string hop_text(const Hop& hop) {
  std::string out = hop.address ? hop.address->to_string() : "no address";
  if (!hop.helo.empty()) out += ", calls itself " + shown(hop.helo);
  if (!hop.rdns.empty()) out += ", named " + shown(hop.rdns);
  if (!hop.by.empty()) out += ", to " + shown(hop.by);
  if (!hop.with.empty()) out += " with " + shown(hop.with);
  if (!hop.tls.empty()) out += " over " + shown(hop.tls);
  if (!hop.id.empty()) out += " id " + shown(hop.id);
  if (!hop.recipient.empty()) out += " for " + shown(hop.recipient);
  if (!hop.login.empty()) out += ", logged in as " + shown(hop.login);
  if (hop.time) out += ", " + to_rfc3339(*hop.time);
  if (!hop.software.empty()) out += fmt::format("  ({})", hop.software);
  return out;
}

// "forged", then the names.
std::string doubts_text(const Hop& hop) {
  std::string out = hop.forged ? "forged: " : "";
  for (const auto doubt : hop.doubts) {
    if (!out.empty() && !out.ends_with(' ')) out += ", ";
    out += doubt;
  }
  return out;
}

void append_trace(std::string& out, const Trace& trace) {
  out += fmt::format("\nTrace: source {}\n", trace.source ? trace.source->to_string() : "unknown");
  if (!trace.boundary_detail.empty()) out += "  " + shown(trace.boundary_detail) + '\n';
  for (std::size_t i = 0; i < trace.hops.size(); ++i) {
    const auto& hop = trace.hops[i];
    const auto* standing = trace.boundary == i ? "source " : hop.trusted ? "trusted" : "claim  ";
    out += fmt::format("  {:>3}  {}  {}\n", i, standing, hop_text(hop));
    if (const auto doubts = doubts_text(hop); !doubts.empty())
      out += fmt::format("       {:7}  ! {}\n", "", doubts);
  }
  for (const auto& claim : trace.origin_claims)
    out += fmt::format("  {} claims {}\n", shown(claim.field), claim.address.to_string());
  for (const auto& handling : trace.handling)
    out += fmt::format("  {}: {}\n", handling.kind, shown(handling.detail));
}

void append_links(std::string& out, const Reading& reading) {
  if (reading.links.empty()) return;
  out += fmt::format("\nLinks: {}\n", reading.links.size());
  for (const auto& link : reading.links) {
    std::string notes;
    const auto note = [&notes](std::string_view text) {
      notes += (notes.empty() ? "" : ", ") + std::string(text);
    };
    if (!link.domain.empty()) note(shown(link.domain));
    for (const auto trait : link.traits.names()) note(trait);
    if (link.origin != LinkOrigin::text && link.origin != LinkOrigin::html)
      note(fmt::format("from {}", link_origin_name(link.origin)));
    if (!link.shown.empty()) note("shown as \"" + shown(link.shown) + '"');
    out += "  " + shown(link.url) + '\n';
    if (!notes.empty()) out += "      " + notes + '\n';
    for (const auto& target : link.redirects_to)
      out += "      leads to " + shown(target.url) + '\n';
  }
}

void append_identifiers(std::string& out, const Reading& reading) {
  if (reading.identifiers.empty()) return;
  out += "\nAccounts and numbers\n";
  for (const auto& identifier : reading.identifiers) {
    out +=
        fmt::format("  {:<10}{}", identifier_kind_name(identifier.kind), shown(identifier.value));
    if (identifier.written != identifier.value) out += "  written " + shown(identifier.written);
    if (identifier.times > 1) out += fmt::format("  {} times", identifier.times);
    out += '\n';
  }
}

void append_files(std::string& out, const Reading& reading) {
  for (const auto& document : reading.documents) {
    out += fmt::format("\nInside part {}: {}", document.part, document.kind);
    if (!document.title.empty()) out += " \"" + shown(document.title) + '"';
    if (document.pages > 0) out += fmt::format(", {} pages or entries", document.pages);
    for (const auto& signal : document.signals) out += ", " + signal;
    out += '\n';
    for (const auto& name : document.names) out += "  \"" + shown(name) + "\"\n";
  }
  for (const auto& code : reading.codes)
    out += fmt::format("\nQR code in part {}\n  {}\n", code.part, shown(code.text));
}

void append_attachments(std::string& out, const Reading& reading) {
  if (reading.attachments.empty()) return;
  out += "\nAttachments\n";
  for (const auto& file : reading.attachments)
    out += fmt::format("  {:>3}  \"{}\"  {}  {} octets\n", file.part, shown(file.name),
                       shown(file.type), file.size_octets);
}

void append_problems(std::string& out, const Reading& reading) {
  if (reading.problems.empty()) return;
  out += "\nProblems\n";
  for (const auto& problem : reading.problems) {
    out += fmt::format("  {} at {}", problem.what, problem.offset);
    if (!problem.detail.empty()) out += ": " + shown(problem.detail);
    out += '\n';
  }
}

}  // namespace

void write_reading(JsonWriter& out, const Reading& reading) {
  out.key("v").value(1);
  out.key("octets").value(reading.size_octets);
  out.key("message_id").value(reading.message_id);
  out.key("subject").value(reading.subject);
  out.key("from").value(reading.from);
  out.key("from_domain").value(reading.from_domain);
  out.key("languages");
  write(out, reading.languages);
  out.key("fields").begin_array();
  for (const auto& field : reading.fields) {
    out.begin_object();
    out.key("name").value(field.name);
    out.key("value").value(field.value);
    out.end_object();
  }
  out.end_array();
  write_all(out, "parts", reading.parts);
  write_all(out, "texts", reading.texts);
  write_all(out, "links", reading.links);
  write_all(out, "identifiers", reading.identifiers);
  write_all(out, "attachments", reading.attachments);
  write_all(out, "documents", reading.documents);
  write_all(out, "codes", reading.codes);
  out.key("trace");
  write(out, reading.trace);
  write_all(out, "problems", reading.problems);
}

std::string to_json(const Reading& reading) {
  JsonWriter out;
  out.begin_object();
  write_reading(out, reading);
  out.end_object();
  return out.take();
}

std::string to_text(const Reading& reading) {
  std::string out;
  append_field(out, "Subject", reading.subject);
  append_field(out, "From", reading.from);
  for (const auto& [name, title] : kHeading)
    for (const auto& field : reading.fields)
      if (field.name == name) append_field(out, title, field.value);
  append_field(out, "Message-ID", reading.message_id);
  append_field(out, "Languages", languages_text(reading.languages));
  out += fmt::format("{:<12}{} octets\n", "Size", reading.size_octets);
  append_trace(out, reading.trace);
  append_parts(out, reading);
  append_texts(out, reading);
  append_links(out, reading);
  append_identifiers(out, reading);
  append_attachments(out, reading);
  append_files(out, reading);
  append_problems(out, reading);
  return out;
}

}  // namespace weir::mail
