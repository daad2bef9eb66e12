#include "mail/reading.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/files.h"
#include "mail/from_field.h"
#include "mail/header_words.h"
#include "mail/inline_files.h"
#include "mail/links.h"
#include "mail/problems.h"
#include "mail/transfer.h"
#include "text/charset.h"

namespace weir::mail {
namespace {

// Languages are judged on the beginning; a detector reads no more (text/language.h).
constexpr std::size_t kLanguageOctets = 16'384;
constexpr std::size_t kCharsetOctets = 1'024;  // of a text, to tell the charset of the header by

std::string inside_angles(std::string_view value) {
  value = trim(value);
  const std::size_t open = value.find('<');
  if (open == std::string_view::npos) return std::string(value);
  const std::size_t close = std::min(value.find('>', open), value.size());
  return std::string(value.substr(open + 1, close - open - 1));
}

enum class Kind { none, plain, html };

// A page sent without a type: programs of every age show it as a page.
bool looks_like_html(std::string_view octets) {
  octets = trim(octets.substr(0, 512));
  for (const std::string_view begin : {"<html", "<!doctype html", "<head", "<body"})
    if (istarts_with(octets, begin)) return true;
  return false;
}

Kind kind_of(const Part& part, bool has_children) {
  if (part.type == "text/html" || part.type == "application/xhtml+xml") return Kind::html;
  if (part.type.starts_with("text/")) return Kind::plain;
  // A multipart without a delimiter is shown as text.
  if (part.type.starts_with("multipart/") && !has_children) return Kind::plain;
  // A page sent as an unnamed kind of file opens in the browser all the same.
  if (part.type == "application/octet-stream") {
    const std::string name = lower(part.name);
    for (const std::string_view end : {".html", ".htm", ".shtml", ".xhtml"})
      if (name.ends_with(end)) return Kind::html;
  }
  return Kind::none;
}

// Programs show it as it is, whatever its octets begin like: a text that starts as a PDF is a text.
bool is_shown_as_text(const Part& part) {
  return !part.attachment && (part.type == "text/plain" || part.type == "text/html");
}

// Without the piece of a line at the end, where a character may be cut in two.
std::string_view whole_lines(std::string_view octets) {
  constexpr std::size_t kLine = 1'000;
  const std::size_t end = octets.rfind('\n');
  return end == std::string_view::npos || octets.size() - end > kLine ? octets
                                                                      : octets.substr(0, end + 1);
}

class Reader {
 public:
  Reader(std::string_view octets, const ReadOptions& options)
      : options_(options),
        message_(parse(octets, options.limits)),
        links_(options.limits.links),
        files_(options.files, reading_, links_) {
    reading_.size_octets = octets.size();
    reading_.problems = std::move(message_.problems);
  }

  Reading run() {
    find_fallback_charset();
    read_fields();
    read_parts();
    reading_.links = links_.take();
    if (links_.cut()) problem("too_many_links", 0);
    find_identifiers();
    reading_.trace = read_trace(message_, options_.trusted_networks, options_.limits);
    const auto is_received = [](const DecodedField& f) { return f.name == "received"; };
    if (static_cast<std::size_t>(std::count_if(reading_.fields.begin(), reading_.fields.end(),
                                               is_received)) > options_.limits.hops)
      problem("too_many_hops", 0);
    tell_languages();
    return std::move(reading_);
  }

 private:
  void problem(std::string_view what, std::uint64_t offset, std::string_view detail = {}) {
    add_problem(reading_.problems, what, offset, detail);
  }

  // Each text is read once: for itself, and into the sums for what is seen.
  void tell_languages() {
    const bool only_attached = reading_.only_attached();
    std::optional<text::LanguageSums> seen;
    for (TextPart& text : reading_.texts) {
      const auto sample = utf8_prefix(text.text, kLanguageOctets);
      text::LanguageSums sums(sample);
      text.languages = sums.languages();
      text.scripts = text::scripts_of(sample);
      if (text.attachment && !only_attached) continue;
      if (seen)
        seen->add(sums);
      else
        seen.emplace(std::move(sums));
    }
    text::LanguageSums subject(reading_.subject);
    if (seen) seen->add(subject);
    reading_.languages = seen ? seen->languages() : subject.languages();
  }

  void find_identifiers() {
    IdentifierCollector identifiers;
    identifiers.add_text(reading_.subject);
    for (const PartSummary& part : reading_.parts) identifiers.add_text(part.subject);
    for (const TextPart& text : reading_.texts) identifiers.add_text(text.text);
    for (const Code& code : reading_.codes) identifiers.add_text(code.text);
    // What stands before '@' in a URL is bait, not an account.
    for (const Link& link : reading_.links)
      if (!link.traits.has(LinkTrait::userinfo)) identifiers.add_text(link.url);
    reading_.identifiers = identifiers.take();
    if (identifiers.cut()) problem("too_many_identifiers", 0);
  }

  // Raw 8-bit header text is most likely in the charset of the body: in the one that its octets
  // tell, since labels lie, or else in the declared one.
  void find_fallback_charset() {
    for (const Part& part : message_.parts)
      if (!part.charset.empty() && fallback_.empty()) fallback_ = part.charset;
    const auto& fields = message_.parts.front().fields;
    if (std::none_of(fields.begin(), fields.end(),
                     [](const Field& field) { return has_8bit(field.value); }))
      return;
    for (const Part& part : message_.parts) {
      if (!part.type.starts_with("text/")) continue;
      std::string storage, broken;
      const auto octets = decode_transfer_view(part.body.substr(0, kCharsetOctets), part.encoding,
                                               kCharsetOctets, storage, broken);
      if (!has_8bit(octets)) continue;
      text::Decoded decoded;
      (void)text::to_utf8_view(octets, part.charset, decoded);
      fallback_ = decoded.used;
      return;
    }
  }

  void read_fields() {
    bool from_seen = false;
    const auto& fields = message_.parts.front().fields;
    reading_.fields.reserve(fields.size());
    for (const Field& field : fields) {
      HeaderText value = decode_header_text(field.value, fallback_);
      DecodedField out{lower(field.name), std::move(value.text)};
      if (value.charset_wrong) problem("charset_wrong", field.offset, out.name);
      if (value.replaced > 0) problem("undecodable", field.offset, out.name);
      if (value.word_broken) problem("encoded_word_broken", field.offset, out.name);
      if (value.raw_8bit) problem("raw_8bit_header", field.offset, out.name);
      if (out.name == "subject")
        take_once(reading_.subject, out, field);
      else if (out.name == "message-id")
        take_once(reading_.message_id, out, field);
      else if (out.name == "from") {
        if (!from_seen) reading_.from_domain = domain_of_from(field.value);
        from_seen = true;
        take_once(reading_.from, out, field);
      }
      links_.add_header(out.name, out.value);
      reading_.fields.push_back(std::move(out));
    }
    reading_.message_id = inside_angles(reading_.message_id);
  }

  void take_once(std::string& into, const DecodedField& field, const Field& raw) {
    if (into.empty())
      into = field.value;
    else
      problem("field_repeated", raw.offset, field.name);
  }

  void read_parts() {
    std::vector<bool> has_children(message_.parts.size(), false);
    for (std::size_t i = 1; i < message_.parts.size(); ++i)
      has_children[message_.parts[i].parent] = true;
    reading_.parts.reserve(message_.parts.size());
    reading_.texts.reserve(message_.parts.size());
    for (std::size_t i = 0; i < message_.parts.size(); ++i) {
      const Part& part = message_.parts[i];
      reading_.parts.push_back({part.type, to_valid_utf8(part.charset), part.encoding, part.name,
                                i == 0 ? std::string() : subject_of(part), offset_of(part),
                                part.body.size(), part.depth, part.parent, part.attachment,
                                part.buffer != 0});
      if (part.attachment)
        reading_.attachments.push_back({i, part.name, part.type, part.body.size()});
      if (!has_children[i] && files_.read_part(i, part) && !is_shown_as_text(part)) continue;
      const Kind kind = kind_of(part, has_children[i]);
      if (kind != Kind::none) read_text(i, kind);
    }
  }

  // Of an embedded message.
  [[nodiscard]] std::string subject_of(const Part& part) const {
    for (const Field& field : part.fields)
      if (iequals(field.name, "subject")) return decode_header_text(field.value, fallback_).text;
    return {};
  }

  [[nodiscard]] std::uint64_t offset_of(const Part& part) const {
    const Part* at = &part;
    while (at->buffer != 0 && at != &message_.parts.front()) at = &message_.parts[at->parent];
    return at->buffer != 0 ? 0 : at->body_offset;
  }

  void read_text(std::size_t index, Kind kind) {
    const Part& part = message_.parts[index];
    const std::uint64_t offset = reading_.parts[index].body_offset;
    std::string storage;
    std::string broken;
    const std::size_t left =
        std::min(options_.limits.decoded_octets - decoded_, options_.limits.part_decoded_octets);
    // A multipart is never encoded itself, whatever its header says.
    const std::string_view encoding =
        part.type.starts_with("multipart/") ? std::string_view("8bit") : part.encoding;
    std::string_view decoded = decode_transfer_view(part.body, encoding, left, storage, broken);
    if (!broken.empty()) problem(broken, offset, part.encoding);
    decoded_ += std::min(left, decoded.size());
    if (broken == "decoded_too_large") decoded = whole_lines(decoded);
    const auto inline_files = read_inline_files(index, decoded);
    const std::string_view octets = inline_files.files.empty() ? decoded : inline_files.text;
    if (octets.empty()) return;
    if (kind == Kind::plain && untyped(part) && looks_like_html(octets)) {
      problem("type_guessed", offset, "text/html");
      kind = Kind::html;
    }

    TextPart text;
    text.part = index;
    text.type = kind == Kind::html               ? "text/html"
                : part.type.starts_with("text/") ? part.type
                                                 : "text/plain";
    text.attachment = part.attachment;
    text.charset_declared = to_valid_utf8(part.charset);
    std::string_view label = is_transcoded(part) ? std::string_view("utf-8") : part.charset;
    if (label.empty() && kind == Kind::html) label = text::meta_charset(octets);
    if (!label.empty() && text::canonical_charset(label).empty())
      problem("charset_unknown", offset, label.substr(0, 64));
    text::Decoded charset;
    const std::string_view utf8 = text::to_utf8_view(octets, label, charset);
    text.charset_used = std::move(charset.used);
    if (charset.label_was_wrong)
      problem("charset_wrong", offset,
              to_valid_utf8(label.substr(0, 64)) + " declared, " + text.charset_used + " used");
    if (!charset.also_used.empty())
      problem("charset_mixed", offset, charset.also_used + " in some lines");
    if (charset.encoded_twice) problem("encoded_twice", offset);
    if (charset.replaced > 0)
      problem("undecodable", offset,
              std::to_string(charset.replaced) + " times in " + text.charset_used);
    if (kind == Kind::html)
      read_html(text, utf8, offset);
    else
      text.text = charset.text.empty() ? std::string(utf8) : std::move(charset.text);
    links_.add_text(text.text);
    reading_.texts.push_back(std::move(text));
  }

  void read_html(TextPart& text, std::string_view utf8, std::uint64_t offset) {
    text::HtmlLimits limits;
    limits.links = options_.limits.links;
    auto html = text::html_to_text(utf8, limits);
    if (html.links_cut) problem("too_many_links", offset);
    links_.add_html(html.links);
    text.text = std::move(html.text);
    text.hidden = std::move(html.hidden);
    text.title = std::move(html.title);
    text.hidden_by = std::move(html.hidden_by);
    text.counts = html.counts;
  }

  // uuencode and yEnc inside the text: files, told as attachments.
  InlineFiles read_inline_files(std::size_t index, std::string_view octets) {
    auto found = find_inline_files(octets, options_.limits.inline_files);
    const auto offset = reading_.parts[index].body_offset;
    if (found.cut) problem("too_many_inline_files", offset);
    for (const InlineFile& file : found.files) {
      reading_.attachments.push_back({index, file.name, "", file.encoded.size()});
      std::string broken;
      const auto left = options_.limits.decoded_octets - decoded_;
      const auto inside = decode_inline_file(file, left, broken);
      decoded_ += std::min(left, inside.size());
      if (!broken.empty()) problem(broken, offset, file.name);
      (void)files_.read_octets(index, "", file.name, inside);
    }
    return found;
  }

  // The whole message came in UTF-16 and is UTF-8 now, whatever its labels say.
  [[nodiscard]] bool is_transcoded(const Part& part) const {
    const auto whole = message_.parts.front().buffer;
    return whole != 0 && part.buffer == whole &&
           transfer_encoding(part.encoding) == TransferEncoding::identity;
  }

  // No field says what the part is; "html" alone is no type either.
  static bool untyped(const Part& part) {
    return std::none_of(part.fields.begin(), part.fields.end(), [](const Field& f) {
      return iequals(f.name, "content-type") && f.value.find('/') != std::string_view::npos;
    });
  }

  const ReadOptions& options_;
  Message message_;
  LinkCollector links_;
  Reading reading_;
  FileReader files_;  // adds to both
  std::string fallback_;
  std::size_t decoded_ = 0;
};

}  // namespace

Reading read(std::string_view octets, const ReadOptions& options) {
  return Reader(octets, options).run();
}

bool Reading::only_attached() const {
  return std::all_of(texts.begin(), texts.end(),
                     [](const TextPart& t) { return t.attachment || trim(t.text).empty(); });
}

std::string Reading::visible_text() const {
  const bool files_too = only_attached();
  const auto counts = [&](const TextPart& t) { return !t.attachment || files_too; };
  std::size_t octets = subject.size();
  for (const TextPart& text : texts)
    if (counts(text)) octets += 1 + text.text.size();
  std::string out;
  out.reserve(octets);
  out += subject;
  for (const TextPart& text : texts) {
    if (!counts(text)) continue;
    if (!out.empty() && out.back() != '\n') out.push_back('\n');
    out += text.text;
  }
  return out;
}

}  // namespace weir::mail
