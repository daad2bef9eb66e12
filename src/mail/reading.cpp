#include "mail/reading.h"

#include <algorithm>

#include "base/utf8.h"
#include "mail/ascii.h"
#include "mail/header_words.h"
#include "mail/links.h"
#include "mail/problems.h"
#include "mail/transfer.h"
#include "text/charset.h"
#include "text/html.h"

namespace weir::mail {
namespace {

// Languages are judged on the beginning; a detector reads no more (text/language.h).
constexpr std::size_t kLanguageOctets = 16'384;

// The domain behind the last '@' of a From field that stands outside of comments and quoted names;
// a display name may hold another address, and that is a lie told to the reader, not the address.
std::string domain_of_from(std::string_view raw) {
  std::size_t depth = 0;
  bool quoted = false;
  std::size_t begin = std::string_view::npos;  // behind the last '@'
  std::size_t end = 0;
  std::size_t bracket_begin = std::string_view::npos;  // the same inside <...>, which wins
  std::size_t bracket_end = 0;
  bool bracket = false;
  bool in_domain = false;
  for (std::size_t i = 0; i <= raw.size(); ++i) {
    const char c = i < raw.size() ? raw[i] : ',';
    if (c == '\\' && (quoted || depth > 0)) {
      ++i;
      continue;
    }
    if (quoted) {
      quoted = c != '"';
      continue;
    }
    const bool ends =
        is_space(c) || c == '>' || c == ',' || c == ';' || c == '(' || c == '"' || c == '<';
    if (in_domain && ends && !(is_space(c) && i == begin)) {
      end = i;
      in_domain = false;
      if (bracket) {
        bracket_begin = begin;
        bracket_end = end;
      }
    }
    if (c == '(')
      ++depth;
    else if (c == ')' && depth > 0)
      --depth;
    else if (depth > 0)
      continue;
    else if (c == '"')
      quoted = true;
    else if (c == '<')
      bracket = true;
    else if (c == '>')
      bracket = false;
    else if (c == '@') {
      begin = i + 1;
      in_domain = true;
    }
  }
  if (bracket_begin != std::string_view::npos) {
    begin = bracket_begin;
    end = bracket_end;
  }
  if (begin == std::string_view::npos || end <= begin) return {};
  return registrable_domain(trim(raw.substr(begin, end - begin)));
}

std::string inside_angles(std::string_view value) {
  value = trim(value);
  const std::size_t open = value.find('<');
  if (open == std::string_view::npos) return std::string(value);
  const std::size_t close = std::min(value.find('>', open), value.size());
  return std::string(value.substr(open + 1, close - open - 1));
}

enum class Kind { none, plain, html };

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

class Reader {
 public:
  Reader(std::string_view octets, const ReadOptions& options)
      : options_(options), message_(parse(octets, options.limits)), links_(options.limits.links) {
    reading_.size_octets = octets.size();
    reading_.problems = std::move(message_.problems);
  }

  Reading run() {
    find_fallback_charset();
    read_fields();
    read_parts();
    reading_.links = links_.take();
    if (links_.cut()) problem("too_many_links", 0);
    reading_.trace = read_trace(message_, options_.trusted_networks, options_.limits);
    const auto is_received = [](const DecodedField& f) { return f.name == "received"; };
    if (static_cast<std::size_t>(std::count_if(reading_.fields.begin(), reading_.fields.end(),
                                               is_received)) > options_.limits.hops)
      problem("too_many_hops", 0);
    std::string sample = reading_.visible_text();
    sample.resize(utf8_prefix(sample, kLanguageOctets).size());
    reading_.languages = text::detect_languages(sample);
    return std::move(reading_);
  }

 private:
  void problem(std::string_view what, std::uint64_t offset, std::string_view detail = {}) {
    add_problem(reading_.problems, what, offset, detail);
  }

  // Raw 8-bit header text is most likely in the charset of the body.
  void find_fallback_charset() {
    for (const Part& part : message_.parts)
      if (!part.charset.empty() && fallback_.empty()) fallback_ = part.charset;
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
    for (std::size_t i = 0; i < message_.parts.size(); ++i) {
      const Part& part = message_.parts[i];
      reading_.parts.push_back({part.type, to_valid_utf8(part.charset), part.encoding, part.name,
                                part.body_offset, part.body.size(), part.depth, part.parent,
                                part.attachment});
      if (part.attachment)
        reading_.attachments.push_back({i, part.name, part.type, part.body.size()});
      const Kind kind = kind_of(part, has_children[i]);
      if (kind != Kind::none) read_text(i, kind);
    }
  }

  void read_text(std::size_t index, Kind kind) {
    const Part& part = message_.parts[index];
    std::string storage;
    std::string broken;
    const std::size_t left = options_.limits.decoded_octets - decoded_;
    // A multipart is never encoded itself, whatever its header says.
    const std::string_view encoding =
        part.type.starts_with("multipart/") ? std::string_view("8bit") : part.encoding;
    const std::string_view octets =
        decode_transfer_view(part.body, encoding, left, storage, broken);
    if (!broken.empty()) problem(broken, part.body_offset, part.encoding);
    decoded_ += std::min(left, octets.size());
    if (octets.empty()) return;

    TextPart text;
    text.part = index;
    text.type = kind == Kind::html               ? "text/html"
                : part.type.starts_with("text/") ? part.type
                                                 : "text/plain";
    text.attachment = part.attachment;
    text.charset_declared = to_valid_utf8(part.charset);
    std::string_view label = part.charset;
    if (label.empty() && kind == Kind::html) label = text::meta_charset(octets);
    if (!label.empty() && text::canonical_charset(label).empty())
      problem("charset_unknown", part.body_offset, label.substr(0, 64));
    auto decoded = text::to_utf8(octets, label);
    text.charset_used = decoded.used;
    if (decoded.label_was_wrong)
      problem("charset_wrong", part.body_offset,
              to_valid_utf8(label.substr(0, 64)) + " declared, " + decoded.used + " used");
    if (decoded.replaced > 0)
      problem("undecodable", part.body_offset,
              std::to_string(decoded.replaced) + " times in " + decoded.used);
    if (kind == Kind::html) {
      text::HtmlLimits limits;
      limits.links = options_.limits.links;
      auto html = text::html_to_text(decoded.text, limits);
      if (html.links_cut) problem("too_many_links", part.body_offset);
      links_.add_html(html.links);
      text.text = std::move(html.text);
      text.hidden = std::move(html.hidden);
    } else {
      text.text = std::move(decoded.text);
    }
    links_.add_text(text.text);
    reading_.texts.push_back(std::move(text));
  }

  const ReadOptions& options_;
  Message message_;
  LinkCollector links_;
  Reading reading_;
  std::string_view fallback_;
  std::size_t decoded_ = 0;
};

}  // namespace

Reading read(std::string_view octets, const ReadOptions& options) {
  return Reader(octets, options).run();
}

std::string Reading::visible_text() const {
  const bool only_attached =
      std::all_of(texts.begin(), texts.end(), [](const TextPart& t) { return t.attachment; });
  std::string out = subject;
  for (const TextPart& text : texts) {
    if (text.attachment && !only_attached) continue;
    if (!out.empty() && out.back() != '\n') out.push_back('\n');
    out += text.text;
  }
  return out;
}

}  // namespace weir::mail
