// mail/reading.h - READ: everything that later steps want to know of one message, decoded.
//
// Input:  raw octets as received, the operator's trusted prefixes. Any octets: nothing fails,
// problems are listed. Output: Reading owns its strings (UTF-8). Cost: O(octets), bounded by
// Limits. Pure, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "document/document.h"
#include "mail/identifiers.h"
#include "mail/link_traits.h"
#include "mail/message.h"
#include "mail/trace.h"
#include "text/html.h"
#include "text/language.h"
#include "text/script.h"

namespace weir::mail {

struct DecodedField {
  std::string name;   // lower case
  std::string value;  // decode_header()
};

// What stands where in the message: a Part without its octets.
struct PartSummary {
  std::string type, charset, encoding, name;  // as in Part
  std::string subject;                        // of an embedded message
  // In the octets of the message; of a part inside an encoding: where the encoded part begins.
  std::uint64_t body_offset = 0;
  std::uint64_t size_octets = 0;  // encoded
  std::size_t depth = 0, parent = 0;
  bool attachment = false;
  bool inside_encoding = false;  // a part of what had to be decoded first
};

struct TextPart {
  std::size_t part = 0;  // index in Reading::parts
  std::string type;      // text/plain, text/html, or that of a document
  std::string charset_declared;
  std::string charset_used;  // empty for a document: its own rules say
  std::string text;          // what a person sees
  std::string hidden;        // there, but not seen
  bool attachment = false;   // sent as a file: read, but not part of what is seen at once
  std::vector<text::Language> languages;  // of `text`
  text::ScriptsOfText scripts;            // of the beginning of `text`
  // HTML only:
  std::string title;
  std::vector<text::HiddenBy> hidden_by;
  text::HtmlCounts counts;
};

// Where a link leads on to, as far as its own text says.
struct LinkTarget {
  std::string url;     // decoded, at most 2,048 octets; only the host if no more is written
  std::string host;    // as Link::host
  std::string domain;  // as Link::domain
};

struct Link {
  std::string url;     // as found, at most 2,048 octets
  std::string host;    // lower case, without userinfo and port; empty for mailto: and the like
  std::string domain;  // registrable domain by the Public Suffix List, names that a provider gives
                       // to its customers counted as domains; the host itself for IP literals
  std::string shown;   // text shown for it, if it came from HTML
  std::string icann_domain{};  // registrable domain by the registries' suffixes alone: the
                               // provider's, if the trait `hosted` is set
  LinkTraits traits{};
  LinkOrigin origin = LinkOrigin::text;    // where it was seen first
  std::vector<LinkTarget> redirects_to{};  // outermost first, at most kRedirectsMax of links.h
};

struct Attachment {
  std::size_t part = 0;  // index in Reading::parts; several for files written into a text or packed
  std::string name;
  std::string type;
  std::uint64_t size_octets = 0;  // encoded; of packed files decoded
};

// A file whose inside was read (document/document.h).
struct DocumentSummary {
  std::size_t part = 0;
  std::string kind, title;
  std::vector<std::string> names;    // of the files inside
  std::vector<std::string> signals;  // what it would do when opened
  std::size_t pages = 0;
};

// A QR code in a picture.
struct Code {
  std::size_t part = 0;
  std::string text;
};

struct Reading {
  std::string message_id;  // without the angle brackets
  std::string subject;
  std::string from;                     // the From field, decoded
  std::string from_domain;              // registrable domain of its (last) address
  std::vector<DecodedField> fields;     // the message's header, in order
  std::vector<PartSummary> parts;       // as in Message
  std::vector<TextPart> texts;          // in document order
  std::vector<Link> links;              // no repeats of one url
  std::vector<Identifier> identifiers;  // in visible texts, codes and the urls of links
  std::vector<Attachment> attachments;
  std::vector<DocumentSummary> documents;
  std::vector<Code> codes;
  std::vector<text::Language> languages;  // of subject and visible text
  Trace trace;
  std::vector<Problem> problems;
  std::uint64_t size_octets = 0;

  // Subject and all visible text, in order, separated by line ends. Texts sent as files count only
  // if no other says anything.
  [[nodiscard]] std::string visible_text() const;
  [[nodiscard]] bool only_attached() const;  // no text that is not sent as a file says anything
};

// For all files of a message together.
struct FileLimits {
  std::size_t octets = 32U << 20;   // decoded and looked at
  std::size_t images = 20;          // looked through for QR codes; 0: none
  std::size_t pixels = 25'000'000;  // of these images
  document::Limits document;        // of each
  // Of all documents together, beside the limits of each.
  std::size_t inflated_octets = 32U << 20;
  std::size_t steps = 8'000'000;
  std::size_t text_octets = 8U << 20;
};

struct ReadOptions {
  std::vector<Prefix> trusted_networks;
  Limits limits;
  FileLimits files;
};

[[nodiscard]] Reading read(std::string_view octets, const ReadOptions& options);

// "www.a.b.co.jp" -> "b.co.jp"; empty if the host is itself a public suffix or not a name. Needs no
// network; libpsl's built-in list.
[[nodiscard]] std::string registrable_domain(std::string_view host);

}  // namespace weir::mail
