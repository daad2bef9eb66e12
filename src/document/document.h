// document/document.h - text, links and names out of files that come as parts of mail.
//
// Input:   the octets of one decoded part; any content. At most limits.input_octets are looked at.
// Output:  Document, which owns its strings: valid UTF-8, but for the octets of embedded files.
// Errors:  none: what is wrong is a problem, what is there is read.
// Bounds:  Limits. Time is O(octets read + octets inflated + steps); nesting is a stack of bounded
//          depth, never recursion on the input.
// Threads: pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::document {

enum class Kind : std::uint8_t {
  calendar,  // text/calendar: iCalendar (RFC 5545), vCalendar 1.0
  card,      // text/vcard: vCard 2.1, 3.0 (RFC 2426), 4.0 (RFC 6350)
  rtf,       // Rich Text Format 1.9, and HTML or text encapsulated in it (MS-OXRTFEX)
  pdf,       // ISO 32000
  tnef,      // winmail.dat (MS-OXTNEF)
  zip,       // a zip archive, and the office files that are made of one: names and links
};
[[nodiscard]] std::string_view name_of(Kind kind);  // "calendar", "card", ...

struct Limits {
  std::size_t input_octets = 16U << 20;     // the rest is not looked at
  std::size_t text_octets = 1U << 20;       // of text, and again of hidden text
  std::size_t inflated_octets = 8U << 20;   // all that comes out of compressed streams together
  std::size_t embedded_octets = 16U << 20;  // of embedded files together
  std::size_t objects = 100'000;            // objects of a PDF, entries of an archive, attributes
  std::size_t steps = 2'000'000;            // operators of PDF pages
  std::size_t links = 2'000;
  std::size_t names = 1'000;
  std::size_t pages = 1'000;
};

struct DocumentLink {
  std::string target;  // as written, blanks at the ends left out; at most 2,048 octets
  std::string shown;   // the text it stands under, if known; at most 256 octets
  friend bool operator==(const DocumentLink&, const DocumentLink&) = default;
};

// A file inside the document. TNEF only: the attachments of the message.
struct File {
  std::string name;
  std::string type;  // as declared, may be empty
  std::string octets;
};

struct Document {
  std::string kind;   // name_of()
  std::string title;  // what it calls itself: SUMMARY, FN, the title of a PDF, a subject
  std::string text;   // what a person sees, line by line
  std::string hidden;
  std::vector<DocumentLink> links;
  std::vector<std::string> names;  // of the files inside, also of those not taken out
  std::vector<File> embedded;
  std::vector<std::string> problems;  // what could not be read; stable names, each once
  std::vector<std::string> signals;   // what it would do when opened; stable names, each once
  std::size_t pages = 0;              // PDF: pages; calendar, card: entries; zip: files
  // What was used up of the limits of these names, for whoever reads several files.
  std::size_t inflated_octets = 0, steps = 0;
};

// What a part is, by its first octets (the first 1,024 are enough) where they tell, else by the
// declared type ("application/pdf"; case ignored, no parameters) and the file name.
[[nodiscard]] std::optional<Kind> kind_of(std::string_view type, std::string_view file_name,
                                          std::string_view first_octets);

// `charset`: the label declared for the part, or empty; counts for calendar and card only.
[[nodiscard]] Document read_document(Kind kind, std::string_view octets, const Limits& limits = {},
                                     std::string_view charset = {});

}  // namespace weir::document
