// mail/message.h - one mail as spans into the caller's octets (RFC 5322, MIME).
//
// Input:    raw octets as received; CRLF, bare LF or bare CR; any content, NUL included. An mbox
//           "From " line or a leading ">From " at the top is skipped.
// Output:   Message: fields and parts as spans of the input; nothing copied but what is a message
//           inside an encoding: an encoded message/rfc822 or multipart, a signed CMS object, a
//           message in UTF-16. Those are decoded into Message::buffers, and the spans and
//           offsets of the parts found in there are relative to their buffer (Part::buffer).
// Errors:   none: a malformed mail is parsed as far as possible, and what is wrong is in problems.
// Lifetime: valid while the input octets live and do not move, and this Message lives; moving it is
//           allowed. Threads: immutable after parse().
// Bounds:   O(octets); every bound is in Limits; reaching one is a problem, the rest of the octets
//           stay in the part that was open.
// Source:   RFC 5322 2.2, RFC 2045 5, RFC 2046 5.1.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::mail {

struct Limits {
  std::size_t depth = 32;  // nested multiparts and messages
  std::size_t parts = 2'000;
  std::size_t fields = 2'000;              // per header block
  std::size_t all_fields = 20'000;         // in all header blocks of the message
  std::size_t field_octets = 65'536;       // a longer field is cut
  std::size_t header_octets = 4U << 20;    // in all header blocks; fields above it are left out
  std::size_t parameters = 64;             // per field
  std::size_t decoded_octets = 32U << 20;  // sum over all text parts; another such sum over
                                           // what is decoded to be parsed
  std::size_t part_decoded_octets = 16U << 20;  // of one part
  std::size_t inline_files = 100;               // uuencode and yEnc inside one text
  std::size_t links = 10'000;
  std::size_t hops = 200;
};

struct Problem {
  std::string what;  // stable name: "unclosed_boundary", "charset_wrong", "too_many_parts", ...
                     // (all: src/mail/README.md)
  std::uint64_t offset = 0;  // octets from the start of the message; inside a decoded buffer: where
                             // the encoded part begins
  std::string detail;        // for a person
};

struct Field {
  std::string_view name;   // as written
  std::string_view value;  // raw, folding included, without the last line end
  std::uint64_t offset = 0;
};

struct Part {
  std::vector<Field> fields;  // the part's own header block
  std::string_view body;  // raw, transfer encoding still on; for a multipart the octets between its
                          // first and last boundary
  std::uint64_t body_offset = 0;
  std::string type;         // lower case "text/html"; text/plain if missing or unreadable
  std::string charset;      // parameter as declared, or empty
  std::string encoding;     // lower case content-transfer-encoding; "7bit" if missing
  std::string name;         // filename or name parameter, decoded (RFC 2231, RFC 2047)
  bool attachment = false;  // Content-Disposition: attachment, or not a text type
  std::size_t depth = 0;    // 0 = the message itself
  std::size_t parent = 0;   // index in Message::parts; the root is its own parent
  std::size_t buffer = 0;   // what the spans and offsets are relative to: 0 = the caller's octets,
                            // n = Message::buffers[n - 1]
};

struct Message {
  std::vector<Part> parts;  // document order; parts[0] is the message itself
  std::vector<Problem> problems;
  std::vector<std::unique_ptr<const std::string>> buffers;  // decoded; bounded by decoded_octets
  // The first field of the message's header named so (ASCII case ignored), or nullptr.
  [[nodiscard]] const Field* first(std::string_view name) const;
};

[[nodiscard]] Message parse(std::string_view octets, const Limits& limits = {});

// Folding removed, RFC 2047 words decoded (neighbouring words of one charset are joined before
// decoding, so that a character split over two words survives), raw 8-bit octets decoded as
// text::to_utf8 does. Never fails.
[[nodiscard]] std::string decode_header(std::string_view raw_value);

// base64, quoted-printable, uuencode, yEnc, or the octets as they are. Never fails; sets problem to
// a name if the encoding was broken.
[[nodiscard]] std::string decode_transfer(std::string_view body, std::string_view encoding,
                                          std::size_t max_octets, std::string& problem);

}  // namespace weir::mail
