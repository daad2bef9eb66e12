// mail/message_header.h - what a header block says of the body under it (RFC 2045, RFC 2183).
//
// For message.cpp. Input: a Part whose fields are read. Output: its type, charset, encoding, name
// and attachment flag filled in, and how the body is to be taken apart. Never fails; what is
// unreadable is noted. Cost: O(header).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/message.h"

namespace weir::mail {

// Adds problems with offsets that mean something to the caller of parse().
struct ProblemNotes {
  std::vector<Problem>& problems;
  bool decoded = false;      // reading a decoded buffer: report `origin` for every offset
  std::uint64_t origin = 0;  // where the encoded part begins
  std::string_view full;     // the name that was refused last: there are enough of it
  void add(std::string_view what, std::uint64_t offset, std::string_view detail = {});
};

enum class Content {
  leaf,
  multipart,
  embedded,         // a message starts at the body
  encoded_message,  // a message starts when the transfer encoding is taken off
  signed_data,      // an entity inside a CMS object
};

struct Entity {
  Content content = Content::leaf;
  std::string boundary;  // of a multipart; empty if none is declared
};

// `rest` is what stands behind the header: of two Content-Type fields the one that fits it counts.
[[nodiscard]] Entity describe(Part& part, std::string_view default_type, std::string_view rest,
                              const Limits& limits, ProblemNotes& notes);

// base64, quoted-printable or uuencode: the body is not what it says until it is decoded.
[[nodiscard]] bool is_encoded(std::string_view encoding);

}  // namespace weir::mail
